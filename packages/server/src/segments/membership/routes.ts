import {
  archiveRequest,
  choiceSave,
  doneReply,
  listRequest,
  pageReply,
  personSegmentReply,
  recomputedSegmentReply,
  segmentChoiceReply,
  segmentGrowthReply,
  segmentGrowthRequest,
  segmentHistoryReply,
  segmentHistoryRequest,
  segmentReply,
  segmentSettings,
  segmentSizesReply,
  sizesRequest,
} from '@kindred/model'
import { z } from 'zod'
import type { Api } from '../../http/api.ts'
import type { Parts } from '../../parts.ts'
import { queryErrors } from '../../store/clickhouse/query-error.ts'
import { archiveSegment, keepSegment, unarchiveSegment } from '../settings.ts'
import { recomputedSizes } from './as-of.ts'
import { chooseMember, listChoices, personSegments, unchooseMember } from './choices.ts'
import { segmentGrowth } from './growth.ts'
import { segmentHistory } from './history.ts'
import { membershipJobs } from './jobs.ts'

const one = z.object({ id: z.coerce.number().int().positive() })
const onePerson = one.extend({ person: z.coerce.number().int().positive() })

/** The record of memberships, choices by hand, and how segments are kept. */
export function membershipRoutes(app: Api, parts: Parts): void {
  app.addHook('onClose', () => membershipJobs(parts).close())
  recordRoutes(app, parts)
  choiceRoutes(app, parts)
  keepingRoutes(app, parts)
}

function recordRoutes(app: Api, parts: Parts): void {
  app.post(
    '/segments/:id/recompute',
    {
      schema: { params: one },
      config: {
        scope: 'write',
        summary: 'Compute the members of a segment now',
        description: 'Writes who entered and left since the last time into the record of memberships, with the cause of each change.',
        reply: recomputedSegmentReply,
        errors: ['segment/not-found', 'segment/archived', ...queryErrors],
      },
    },
    (request) => membershipJobs(parts).recompute(request.project, request.params.id, 'asked'),
  )
  app.get(
    '/segments/growth',
    {
      schema: { querystring: segmentGrowthRequest },
      config: {
        scope: 'read',
        summary: 'Which segments grew and shrank',
        description: 'The size of each segment now and so many days ago, and how many entered and left it today, by its record. Archived ones are left out.',
        reply: segmentGrowthReply,
      },
    },
    async (request) => ({ results: await segmentGrowth(parts, request.project, request.query) }),
  )
  app.get(
    '/segments/:id/history',
    {
      schema: { params: one, querystring: segmentHistoryRequest },
      config: {
        scope: 'read',
        summary: 'How a segment grew and shrank',
        description:
          'Its size day by day, and each entry and leave, newest first; of one `cause` (`rule`, `data`, `time`, `hand`, `merge`, `deletion`) or one `person`. Rows of erased people are erased with them; the sizes of the past stay.',
        reply: segmentHistoryReply,
        errors: ['segment/not-found'],
      },
    },
    (request) => segmentHistory(parts, request.project, { id: request.params.id, ...request.query }),
  )
  app.get(
    '/segments/:id/sizes',
    {
      schema: { params: one, querystring: sizesRequest },
      config: {
        scope: 'read',
        summary: 'How large a segment would have been',
        description: 'The rule of today, asked at moments of the past of the events until then and of people as they were then.',
        reply: segmentSizesReply,
        errors: ['segment/not-found', 'segment/no-history', ...queryErrors],
      },
    },
    (request) => recomputedSizes(parts, request.project, { id: request.params.id, ...request.query }),
  )
}

function choiceRoutes(app: Api, parts: Parts): void {
  app.get(
    '/segments/:id/choices',
    {
      schema: { params: one, querystring: listRequest },
      config: { scope: 'read', summary: 'Who was put in or left out by hand', reply: pageReply(segmentChoiceReply), errors: ['segment/not-found'] },
    },
    (request) => listChoices(parts, request.project, { id: request.params.id, ...request.query }),
  )
  app.put(
    '/segments/:id/people/:person',
    {
      schema: { params: onePerson, body: choiceSave },
      config: {
        scope: 'write',
        summary: 'Put somebody into a segment, or leave them out',
        description:
          'Whatever the rule says, and through every recomputation, until it is taken back. In a segment of accounts, `person` is the number of an account.',
        reply: segmentChoiceReply,
        errors: ['segment/not-found', 'segment/archived', 'person/not-found', 'account/not-found'],
      },
    },
    (request) => {
      const { id, person } = request.params
      return chooseMember(parts, request.project, { id, member: person, ...request.body, author: { id: request.user?.id ?? 0 } })
    },
  )
  app.delete(
    '/segments/:id/people/:person',
    {
      schema: { params: onePerson },
      config: {
        scope: 'write',
        summary: 'Take a choice by hand back',
        description: 'The rule decides about them again.',
        reply: doneReply,
        errors: ['segment/not-found', 'segment/archived', 'person/not-found', 'account/not-found'],
      },
    },
    async (request) => {
      await unchooseMember(parts, request.project, { id: request.params.id, member: request.params.person })
      return { ok: true }
    },
  )
  app.get(
    '/people/:id/segments',
    {
      schema: { params: one },
      config: {
        scope: 'read',
        summary: 'The segments of a person',
        description: 'All segments of people that are not archived, each with whether the person is recorded as a member, and since when.',
        reply: z.strictObject({ results: z.array(personSegmentReply) }),
        errors: ['person/not-found'],
      },
    },
    async (request) => ({ results: await personSegments(parts, request.project, request.params.id) }),
  )
}

function keepingRoutes(app: Api, parts: Parts): void {
  app.patch(
    '/segments/:id/settings',
    {
      schema: { params: one, body: segmentSettings },
      config: {
        scope: 'write',
        summary: 'Change how a segment is kept and found',
        description: 'Folder, tags, owner, schedule, and whether a failed test refuses a change. The rule and its version stay.',
        reply: segmentReply,
        errors: ['segment/not-found', 'user/not-found'],
      },
    },
    (request) => keepSegment(parts, request.project, { id: request.params.id, ...request.body }),
  )
  app.post(
    '/segments/:id/archive',
    {
      schema: { params: one, body: archiveRequest },
      config: {
        scope: 'write',
        summary: 'Put a segment into the archive',
        description: 'It leaves the lists and is not computed any more; it can still be read. One in use only with `force`: what uses it goes on by its rule.',
        reply: segmentReply,
        errors: ['segment/not-found', 'segment/in-use'],
      },
    },
    (request) => archiveSegment(parts, request.project, { id: request.params.id, ...request.body }),
  )
  app.post(
    '/segments/:id/unarchive',
    { schema: { params: one }, config: { scope: 'write', summary: 'Take a segment out of the archive', reply: segmentReply, errors: ['segment/not-found'] } },
    (request) => unarchiveSegment(parts, request.project, request.params.id),
  )
}
