import {
  commentRequest,
  compareRequest,
  comparisonReply,
  doneReply,
  listRequest,
  overlapReply,
  overlapRequest,
  pageReply,
  segmentationChange,
  segmentationReply,
  segmentationReportReply,
  segmentationRowReply,
  segmentationSave,
  shareReply,
  shareRequest,
  signOffRequest,
} from '@kindred/model'
import { z } from 'zod'
import type { Api } from '../http/api.ts'
import { untilGone } from '../http/until-gone.ts'
import type { Parts } from '../parts.ts'
import { queryErrors } from '../store/clickhouse/query-error.ts'
import { compareSegments } from './compare.ts'
import { createLink, removeLinks } from './links.ts'
import { overlapOf } from './overlap.ts'
import { segmentationReport } from './report.ts'
import { addComment, changeSegmentation, createSegmentation, deleteSegmentation, getSegmentation, listSegmentations, signOff } from './segmentations.ts'

const one = z.object({ id: z.coerce.number().int().positive() })
const notFound = ['segmentation/not-found'] as const
const counting = [...notFound, 'segment/not-found', 'segment/invalid', 'property/sensitive', ...queryErrors] as const

/** Segmentations of one project, registered below `/api/v1/projects/:p`. */
export function segmentationRoutes(app: Api, parts: Parts): void {
  savedRoutes(app, parts)
  agreementRoutes(app, parts)
  app.post(
    '/segments/overlap',
    {
      schema: { body: overlapRequest },
      config: {
        scope: 'read',
        summary: 'How segments overlap',
        description: 'Of people or of accounts, not of both. The 200 most frequent combinations are listed; `combinations` says how many there are.',
        reply: overlapReply,
        errors: ['segment/not-found', 'segment/invalid'],
      },
    },
    (request, reply) => overlapOf(untilGone(parts, reply), request.project, [...new Set(request.body.segments)]),
  )
  app.post(
    '/segments/compare',
    {
      schema: { body: compareRequest },
      config: {
        scope: 'read',
        summary: 'What sets two segments apart',
        description:
          'Values of properties, events of the last 90 days, numbers and traits, by the size of the effect. Without `b`: from everybody else. Of accounts the events are those that carry them; the second must hold accounts of the same type.',
        reply: comparisonReply,
        errors: ['segment/not-found', 'segment/invalid', ...queryErrors],
      },
    },
    (request, reply) => compareSegments(untilGone(parts, reply), request.project, request.body),
  )
}

function savedRoutes(app: Api, parts: Parts): void {
  app.get(
    '/segmentations',
    { schema: { querystring: listRequest }, config: { scope: 'read', summary: 'Segmentations', reply: pageReply(segmentationRowReply) } },
    (request) => listSegmentations(parts, request.project, request.query),
  )
  app.post(
    '/segmentations',
    { schema: { body: segmentationSave }, config: { scope: 'write', summary: 'Begin a segmentation', reply: segmentationReply } },
    (request) => createSegmentation(parts, request.project, request.body),
  )
  app.get(
    '/segmentations/:id',
    { schema: { params: one }, config: { scope: 'read', summary: 'One segmentation', reply: segmentationReply, errors: notFound } },
    (request) => getSegmentation(parts, request.project.id, request.params.id),
  )
  app.put(
    '/segmentations/:id',
    {
      schema: { params: one, body: segmentationChange },
      config: {
        scope: 'write',
        summary: 'Change a segmentation',
        description:
          'Signatures are of the version that stood there; a change of objective, scope, variables, groups or target, or of the rule of a segment in it, asks for new ones. With the `updatedAt` that was changed, a save over somebody else’s change is refused.',
        reply: segmentationReply,
        errors: [...notFound, 'segmentation/changed'],
      },
    },
    (request) => changeSegmentation(parts, request.project, { id: request.params.id, change: request.body }),
  )
  app.delete(
    '/segmentations/:id',
    { schema: { params: one }, config: { scope: 'write', summary: 'Delete a segmentation', reply: doneReply, errors: notFound } },
    async (request) => {
      await deleteSegmentation(parts, request.project, request.params.id)
      return { ok: true }
    },
  )
  app.get(
    '/segmentations/:id/report',
    {
      schema: { params: one },
      config: {
        scope: 'read',
        summary: 'A segmentation counted',
        description: 'Sizes, coverage, overlap, the share known of each variable, and warnings.',
        reply: segmentationReportReply,
        errors: counting,
      },
    },
    async (request, reply) => segmentationReport(untilGone(parts, reply), request.project, await getSegmentation(parts, request.project.id, request.params.id)),
  )
}

/** What stakeholders say, and the links that let them. */
function agreementRoutes(app: Api, parts: Parts): void {
  app.post(
    '/segmentations/:id/comments',
    {
      schema: { params: one, body: commentRequest },
      config: { scope: 'write', summary: 'Comment on a segmentation', reply: segmentationReply, errors: notFound },
    },
    (request) => addComment(parts, request.project.id, { id: request.params.id, author: request.user?.name ?? 'An API key', text: request.body.text }),
  )
  app.post(
    '/segmentations/:id/sign-offs',
    {
      schema: { params: one, body: signOffRequest },
      config: {
        scope: 'write',
        summary: 'Sign a segmentation off for a stakeholder',
        reply: segmentationReply,
        errors: [...notFound, 'segmentation/not-stakeholder'],
      },
    },
    (request) => signOff(parts, request.project.id, { id: request.params.id, stakeholder: request.body.stakeholder }),
  )
  app.post(
    '/segmentations/:id/links',
    {
      schema: { params: one, body: shareRequest },
      config: {
        scope: 'write',
        summary: 'A link to the report',
        description: 'With `stakeholder`, whoever has the link may also comment and sign off as them.',
        reply: shareReply,
        errors: [...notFound, 'segmentation/not-stakeholder'],
      },
    },
    (request) => createLink(parts, request.project, { id: request.params.id, stakeholder: request.body.stakeholder }),
  )
  app.delete(
    '/segmentations/:id/links',
    { schema: { params: one }, config: { scope: 'write', summary: 'Close all links to the report', reply: doneReply, errors: notFound } },
    async (request) => {
      await removeLinks(parts, request.project, request.params.id)
      return { ok: true }
    },
  )
}
