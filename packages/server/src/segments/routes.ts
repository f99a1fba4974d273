import { membersSql, planSegment } from '@kindred/engine'
import {
  cohortConvertRequest,
  convertedCohortReply,
  definitionSizesRequest,
  doneReply,
  exportRequest,
  listRequest,
  membersRequest,
  pageReply,
  segmentChange,
  segmentFormsReply,
  segmentFreeze,
  segmentMembersReply,
  segmentPreviewReply,
  segmentPreviewRequest,
  segmentReadRequest,
  segmentReply,
  segmentSave,
  segmentSizesReply,
  segmentsRequest,
  segmentVersionReply,
} from '@kindred/model'
import { z } from 'zod'
import type { Api } from '../http/api.ts'
import { sendFile } from '../http/send-file.ts'
import { untilGone } from '../http/until-gone.ts'
import type { Parts } from '../parts.ts'
import { questionContext } from '../projects/question-context.ts'
import { queryErrors } from '../store/clickhouse/query-error.ts'
import { definitionErrors } from './definition-errors.ts'
import { explainRoutes } from './explain-routes.ts'
import { exportPeople } from './export.ts'
import { exportAccounts } from './export-accounts.ts'
import { definitionForms, readDefinition } from './forms.ts'
import { freezeMembers } from './freeze.ts'
import { listRoutes } from './lists/routes.ts'
import { segmentMembers } from './members.ts'
import { definitionSizes, membersAsOf } from './membership/as-of.ts'
import { noteUse } from './membership/note-use.ts'
import { membershipRoutes } from './membership/routes.ts'
import { portraitRoutes } from './portrait/routes.ts'
import { convertCohort } from './posthog/convert-cohort.ts'
import { previewSegment } from './preview.ts'
import { segmentRow } from './segment-row.ts'
import { changeSegment, createSegment, deleteSegment, getSegment, listSegments, segmentVersions } from './segments.ts'
import { wordsOf } from './words.ts'

const one = z.object({ id: z.coerce.number().int().positive() })
const definitionLimit = 2 * 1024 * 1024

const authorOf = (user: { id: number } | undefined) => ({ id: user?.id ?? 0 })

/** Segments of one project, registered below `/api/v1/projects/:p`. */
export function segmentRoutes(app: Api, parts: Parts): void {
  definitionRoutes(app, parts)
  savedRoutes(app, parts)
  memberRoutes(app, parts)
  membershipRoutes(app, parts)
  listRoutes(app, parts)
  explainRoutes(app, parts)
  portraitRoutes(app, parts)
}

/** Definitions that are not saved yet. */
function definitionRoutes(app: Api, parts: Parts): void {
  app.post(
    '/segments/preview',
    {
      schema: { body: segmentPreviewRequest },
      config: {
        scope: 'read',
        summary: 'Count a definition, condition by condition',
        description: 'With five of its people, or accounts, and why they are in.',
        reply: segmentPreviewReply,
        errors: definitionErrors,
      },
    },
    (request, reply) => previewSegment(untilGone(parts, reply), request.project, request.body),
  )
  app.post(
    '/segments/sizes',
    {
      schema: { body: definitionSizesRequest },
      config: {
        scope: 'read',
        summary: 'How large a definition would have been',
        description: 'At moments of the past, asked of the events until then and of people as they were then.',
        reply: segmentSizesReply,
        errors: [...definitionErrors, 'segment/no-history'],
      },
    },
    (request, reply) => definitionSizes(untilGone(parts, reply), request.project, request.body),
  )
  app.post(
    '/segments/read',
    {
      schema: { body: segmentReadRequest },
      config: {
        scope: 'read',
        summary: 'Read a definition written by hand',
        description: 'YAML or JSON text in; the definition in all its forms out.',
        reply: segmentFormsReply,
        errors: ['segment/invalid', 'segment/not-found', 'segment/too-large'],
      },
      bodyLimit: definitionLimit,
    },
    async (request) => {
      const definition = readDefinition(request.body.text, request.body.form)
      return definitionForms(definition, wordsOf(await questionContext(parts, request.project)))
    },
  )
  app.post(
    '/segments/convert',
    {
      schema: { body: cohortConvertRequest },
      config: {
        scope: 'read',
        summary: 'Convert a PostHog cohort',
        description:
          'A cohort as PostHog’s API gives it in; a definition that keeps the same people out, not saved, with a note on each thing that reads otherwise. `cohorts` says which segment holds the people of a cohort it names, `actions` which events an action is made of.',
        reply: convertedCohortReply,
        errors: ['cohort/invalid', 'cohort/unsupported'],
      },
      bodyLimit: definitionLimit,
    },
    async (request) => {
      const { cohort, ...names } = request.body
      const { definition, notes } = convertCohort(cohort, { ...names, timezone: request.project.timezone })
      return { ...definitionForms(definition, wordsOf(await questionContext(parts, request.project))), notes }
    },
  )
}

function savedRoutes(app: Api, parts: Parts): void {
  app.get(
    '/segments',
    {
      schema: { querystring: segmentsRequest },
      config: {
        scope: 'read',
        summary: 'Segments',
        description: 'Those changed last come first. Archived ones only with `archived=only` or `both`.',
        reply: pageReply(segmentReply),
      },
    },
    (request) => listSegments(parts, request.project, request.query),
  )
  app.post(
    '/segments',
    {
      schema: { body: segmentSave },
      config: {
        scope: 'write',
        summary: 'Make a segment',
        reply: segmentReply,
        errors: definitionErrors,
      },
    },
    (request) => createSegment(parts, request.project, { save: request.body, author: authorOf(request.user) }),
  )
  app.get(
    '/segments/:id',
    { schema: { params: one }, config: { scope: 'read', summary: 'One segment', reply: segmentReply, errors: ['segment/not-found'] } },
    async (request) => {
      await noteUse(parts, await segmentRow(parts, request.project, request.params.id))
      return getSegment(parts, request.project, request.params.id)
    },
  )
  app.put(
    '/segments/:id',
    {
      schema: { params: one, body: segmentChange },
      config: {
        scope: 'write',
        summary: 'Change a segment',
        description:
          'A changed definition becomes the next version. Its sample people are asked about first; `failedTests` tells what did not come out as expected.',
        reply: segmentReply,
        errors: [...definitionErrors, 'segment/changed', 'segment/archived', 'segment/tests-failed'],
      },
    },
    (request) => changeSegment(parts, request.project, { id: request.params.id, save: request.body, author: authorOf(request.user) }),
  )
  app.delete(
    '/segments/:id',
    { schema: { params: one }, config: { scope: 'write', summary: 'Delete a segment', reply: doneReply, errors: ['segment/not-found', 'segment/in-use'] } },
    async (request) => {
      await deleteSegment(parts, request.project, request.params.id)
      return { ok: true }
    },
  )
  app.get(
    '/segments/:id/versions',
    {
      schema: { params: one, querystring: listRequest },
      config: {
        scope: 'read',
        summary: 'The versions of a segment',
        description: 'Newest first, with what changed.',
        reply: pageReply(segmentVersionReply),
        errors: ['segment/not-found'],
      },
    },
    (request) => segmentVersions(parts, request.project, { id: request.params.id, ...request.query }),
  )
}

function memberRoutes(app: Api, parts: Parts): void {
  app.get(
    '/segments/:id/members',
    {
      schema: { params: one, querystring: membersRequest },
      config: {
        scope: 'read',
        summary: 'The members of a segment',
        description:
          'As they are now, by id: people, or with `unit` `account` the accounts. With `as=recorded&at=…` those who were recorded as members at that moment, with `as=recomputed&at=…` those whom the rule of today would have kept then.',
        reply: segmentMembersReply,
        errors: ['segment/not-found', 'segment/no-history', ...queryErrors],
      },
    },
    async (request, reply) => {
      const { as, at, ...now } = request.query
      const { id } = request.params
      await noteUse(parts, await segmentRow(parts, request.project, id))
      const asked = untilGone(parts, reply)
      return as === undefined ? segmentMembers(asked, request.project, { id, ...now }) : membersAsOf(asked, request.project, { id, ...now, as, at })
    },
  )
  app.post(
    '/segments/:id/freeze',
    {
      schema: { params: one, body: segmentFreeze },
      config: {
        scope: 'write',
        summary: 'Keep the members of a segment as a list',
        description: 'People, or accounts, as they are now; the list does not change with the rule.',
        reply: segmentReply,
        errors: ['segment/not-found', ...queryErrors],
      },
    },
    (request) => freezeMembers(parts, request.project, { id: request.params.id, name: request.body.name, author: authorOf(request.user) }),
  )
  app.get(
    '/segments/:id/export',
    {
      schema: { params: one, querystring: exportRequest },
      config: {
        scope: 'people:export',
        summary: 'All members of a segment, as a file',
        description:
          '`columns`: `id`, `distinct_id`, `email`, `created_at`, `last_seen` or any person property, separated by commas; of accounts `id`, `type`, `key`, `name`, `people`, `created_at`, `last_seen` or any property of theirs. With `format=json` a list in JSON, with `format=parquet` a Parquet file.',
        reply: 'text/csv',
        errors: ['segment/not-found'],
      },
    },
    async (request, reply) => {
      const { project, query } = request
      const segment = await segmentRow(parts, project, request.params.id)
      await noteUse(parts, segment)
      const asked = untilGone(parts, reply)
      const context = await questionContext(asked, project)
      const members = membersSql(planSegment(segment.id, context), context)
      const ofAccounts = segment.unit === 'account'
      const pieces = ofAccounts ? exportAccounts(asked, { accounts: members, context }, query) : exportPeople(asked, { people: members, context }, query)
      return sendFile(reply, pieces, { name: `segment-${segment.id}`, format: query.format })
    },
  )
}
