import {
  segmentFilesAppliedReply,
  segmentFilesApplyRequest,
  segmentFilesPlanReply,
  segmentFilesPlanRequest,
  segmentFilesReply,
  segmentFilesTestedReply,
  segmentFilesTestRequest,
} from '@kindred/model'
import { z } from 'zod'
import type { Api } from '../http/api.ts'
import type { Parts } from '../parts.ts'
import { applyFiles } from './apply.ts'
import { filesOf, heldSegments } from './held.ts'
import { planFiles } from './plan.ts'
import { fileJsonSchema } from './schema.ts'
import { testFiles } from './test-files.ts'

const bodyLimit = 20 * 1024 * 1024

/** Segments as files, registered below `/api/v1/projects/:p`. */
export function segmentFileRoutes(app: Api, parts: Parts): void {
  app.get(
    '/segments/files',
    {
      config: {
        scope: 'read',
        summary: 'Segments as files',
        description: 'One YAML file for each rule, named by its key. Frozen lists are no files; conditions may name them by key.',
        reply: segmentFilesReply,
      },
    },
    async (request) => ({ files: filesOf(await heldSegments(parts.catalog, request.project.id)) }),
  )
  app.get(
    '/segments/schema',
    {
      config: {
        scope: 'read',
        summary: 'The JSON Schema of a segment’s file',
        description: 'For editors: it completes and checks files as they are written.',
        reply: z.record(z.string(), z.unknown()),
      },
    },
    () => fileJsonSchema(),
  )
  app.post(
    '/segments/files/plan',
    {
      schema: { body: segmentFilesPlanRequest },
      config: {
        scope: 'read',
        summary: 'What files would change',
        description:
          'Each segment with what changes in words, its size now and then, and what was changed in Kindred since the file was pulled; every mistake with its file, line and path. Nothing is changed. `prune`: segments without a file would be deleted.',
        reply: segmentFilesPlanReply,
      },
      bodyLimit,
    },
    async (request) => {
      const { changes, mistakes } = await planFiles(parts, request.project, request.body)
      return { changes, mistakes }
    },
  )
  app.post(
    '/segments/files/test',
    {
      schema: { body: segmentFilesTestRequest },
      config: {
        scope: 'read',
        summary: 'Run the tests of files',
        description: 'Asks the rule in each file about the sample people in it, or, where it has none, about those kept here. Nothing is changed.',
        reply: segmentFilesTestedReply,
      },
      bodyLimit,
    },
    (request) => testFiles(parts, request.project, request.body.files),
  )
  app.post(
    '/segments/files/apply',
    {
      schema: { body: segmentFilesApplyRequest },
      config: {
        scope: 'write',
        summary: 'Make the segments what files say',
        description:
          'All of it or nothing. A segment keeps its number and its versions by its key, whatever its name and its file are called. `prune` deletes the segments without a file; `force` overwrites what was changed in Kindred since a file was pulled.',
        reply: segmentFilesAppliedReply,
        errors: ['segment-files/invalid', 'segment-files/drift', 'segment-files/changed'],
      },
      bodyLimit,
    },
    (request) => applyFiles(parts, request.project, { asked: request.body, author: { id: request.user?.id ?? 0 } }),
  )
}
