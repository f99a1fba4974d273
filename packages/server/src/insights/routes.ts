import { exportRequest, insightRun, insightSave, pointPeopleRequest, pointSegmentRequest } from '@kindred/model'
import { z } from 'zod'
import type { Api } from '../http/api.ts'
import { sendFile } from '../http/send-file.ts'
import type { Parts } from '../parts.ts'
import { exportPeople } from '../segments/export.ts'
import { peopleBehind, peoplePage } from './people.ts'
import { saveSegment } from './point-segment.ts'
import { runInsight } from './run.ts'
import { changeInsight, deleteInsight, findInsight, listInsights, saveInsight } from './saved.ts'

/** The file holds everyone: the page asked for does not cut it. */
const pointExport = z.strictObject({ ...pointPeopleRequest.shape, ...exportRequest.shape })
const insightPath = z.object({ id: z.coerce.number().int().positive() })

/** Questions, the people behind their numbers, and saved insights. Registered below `/api/v1/projects/:p`. */
export function insightRoutes(app: Api, parts: Parts): void {
  app.post('/insights/run', { schema: { body: insightRun } }, (request) => runInsight(parts, { project: request.project, ...request.body }))
  pointRoutes(app, parts)
  savedRoutes(app, parts)
}

function pointRoutes(app: Api, parts: Parts): void {
  app.post('/insights/people', { schema: { body: pointPeopleRequest } }, (request) => {
    const { limit, offset, ...question } = request.body
    return peoplePage(parts, { project: request.project, ...question }, { limit, offset })
  })
  app.post('/insights/people/export', { schema: { body: pointExport } }, async (request, reply) => {
    const { limit: _, offset: __, format, columns, ...question } = request.body
    const { people, plan } = await peopleBehind(parts, { project: request.project, ...question })
    return sendFile(reply, exportPeople(parts, { people, context: plan.context }, { format, columns }), { name: 'people', format })
  })
  app.post('/insights/segment', { schema: { body: pointSegmentRequest } }, (request) => {
    const { name, mode, ...question } = request.body
    const author = { id: request.user?.id ?? 0 }
    return saveSegment(parts, { question: { project: request.project, ...question }, name, mode, author })
  })
}

function savedRoutes(app: Api, parts: Parts): void {
  app.get('/insights', async (request) => ({ insights: await listInsights(parts, request.project.id) }))
  app.post('/insights', { schema: { body: insightSave } }, (request) => {
    return saveInsight(parts, { projectId: request.project.id, userId: request.user?.id ?? 0 }, request.body)
  })
  app.get('/insights/:id', { schema: { params: insightPath } }, (request) => findInsight(parts, request.project.id, request.params.id))
  app.put('/insights/:id', { schema: { params: insightPath, body: insightSave } }, (request) => {
    return changeInsight(parts, { projectId: request.project.id, id: request.params.id }, request.body)
  })
  app.delete('/insights/:id', { schema: { params: insightPath } }, async (request) => {
    await deleteInsight(parts, request.project.id, request.params.id)
    return { ok: true }
  })
}
