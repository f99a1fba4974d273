import {
  doneReply,
  exportRequest,
  insightAnswerReply,
  insightRun,
  insightSave,
  listRequest,
  pageReply,
  peoplePageReply,
  pointPeopleRequest,
  pointSegmentRequest,
  savedInsightReply,
  segmentReply,
} from '@kindred/model'
import { z } from 'zod'
import type { Api } from '../http/api.ts'
import { sendFile } from '../http/send-file.ts'
import { untilGone } from '../http/until-gone.ts'
import type { Parts } from '../parts.ts'
import { exportPeople } from '../segments/export.ts'
import { queryErrors } from '../store/clickhouse/query-error.ts'
import { peopleBehind, peoplePage } from './people.ts'
import { saveSegment } from './point-segment.ts'
import { runInsight } from './run.ts'
import { changeInsight, deleteInsight, findInsight, listInsights, saveInsight } from './saved.ts'

/** The file holds everyone: the page asked for does not cut it. */
const pointExport = pointPeopleRequest.omit({ limit: true, offset: true, cursor: true }).extend(exportRequest.shape).strict()
const insightPath = z.object({ id: z.coerce.number().int().positive() })

/** Questions, the people behind their numbers, and saved insights. Registered below `/api/v1/projects/:p`. */
export function insightRoutes(app: Api, parts: Parts): void {
  app.post(
    '/insights/run',
    {
      schema: { body: insightRun },
      config: {
        scope: 'read',
        summary: 'Answer a question',
        description: 'Give `watermark` and `at` of another answer to have figures that are exact to the same moment.',
        reply: insightAnswerReply,
        errors: ['insight/invalid', 'insight/formula', 'segment/not-found', 'trait/not-found', ...queryErrors, 'query/cancelled'],
      },
    },
    (request, reply) => runInsight(untilGone(parts, reply), { project: request.project, ...request.body }),
  )
  pointRoutes(app, parts)
  savedRoutes(app, parts)
}

function pointRoutes(app: Api, parts: Parts): void {
  app.post(
    '/insights/people',
    {
      schema: { body: pointPeopleRequest },
      config: {
        scope: 'read',
        summary: 'The people behind one number of an answer',
        description: '`total` is counted by the question itself. Give `watermark` and `at` of the answer, so that both are of the same moment. By id.',
        reply: peoplePageReply,
        errors: ['insight/invalid', 'insight/formula', 'segment/not-found', 'trait/not-found', ...queryErrors, 'query/cancelled', 'insight/no-people'],
      },
    },
    (request, reply) => {
      const { limit, offset, cursor, ...question } = request.body
      return peoplePage(untilGone(parts, reply), { project: request.project, ...question }, { limit, offset, cursor })
    },
  )
  app.post(
    '/insights/people/export',
    {
      schema: { body: pointExport },
      config: {
        scope: 'people:export',
        summary: 'All people behind one number, as a file',
        description: 'With `format: json` a list in JSON. The columns are those of a segment’s export.',
        reply: 'text/csv',
        errors: ['insight/invalid', 'insight/formula', 'segment/not-found', 'trait/not-found', ...queryErrors, 'query/cancelled', 'insight/no-people'],
      },
    },
    async (request, reply) => {
      const { format, columns, ...question } = request.body
      const asked = untilGone(parts, reply)
      const { people, plan } = await peopleBehind(asked, { project: request.project, ...question })
      return sendFile(reply, exportPeople(asked, { people, context: plan.context }, { format, columns }), { name: 'people', format })
    },
  )
  app.post(
    '/insights/segment',
    {
      schema: { body: pointSegmentRequest },
      config: {
        scope: 'write',
        summary: 'Keep the people behind one number as a segment',
        description: '`keep-updating` writes the rule that finds them, `freeze` keeps the list as it is.',
        reply: segmentReply,
        errors: [
          'insight/invalid',
          'insight/formula',
          'segment/not-found',
          'trait/not-found',
          ...queryErrors,
          'query/cancelled',
          'insight/no-people',
          'insight/not-a-rule',
        ],
      },
    },
    (request) => {
      const { name, mode, ...question } = request.body
      const author = { id: request.user?.id ?? 0 }
      return saveSegment(parts, { question: { project: request.project, ...question }, name, mode, author })
    },
  )
}

function savedRoutes(app: Api, parts: Parts): void {
  app.get(
    '/insights',
    {
      schema: { querystring: listRequest },
      config: { scope: 'read', summary: 'Saved insights', description: 'Those changed last come first.', reply: pageReply(savedInsightReply) },
    },
    (request) => listInsights(parts, request.project.id, request.query),
  )
  app.post('/insights', { schema: { body: insightSave }, config: { scope: 'write', summary: 'Save an insight', reply: savedInsightReply } }, (request) => {
    return saveInsight(parts, { projectId: request.project.id, userId: request.user?.id ?? 0 }, request.body)
  })
  app.get(
    '/insights/:id',
    { schema: { params: insightPath }, config: { scope: 'read', summary: 'One saved insight', reply: savedInsightReply, errors: ['insight/not-found'] } },
    (request) => findInsight(parts, request.project.id, request.params.id),
  )
  app.put(
    '/insights/:id',
    {
      schema: { params: insightPath, body: insightSave },
      config: { scope: 'write', summary: 'Change a saved insight', reply: savedInsightReply, errors: ['insight/not-found'] },
    },
    (request) => {
      return changeInsight(parts, { projectId: request.project.id, id: request.params.id }, request.body)
    },
  )
  app.delete(
    '/insights/:id',
    { schema: { params: insightPath }, config: { scope: 'write', summary: 'Delete a saved insight', reply: doneReply, errors: ['insight/not-found'] } },
    async (request) => {
      await deleteInsight(parts, request.project.id, request.params.id)
      return { ok: true }
    },
  )
}
