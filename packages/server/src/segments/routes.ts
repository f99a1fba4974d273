import { membersSql } from '@kindred/engine'
import { exportRequest, membersRequest, segmentPreviewRequest, segmentReadRequest, segmentSave } from '@kindred/model'
import { z } from 'zod'
import type { Api } from '../http/api.ts'
import { sendFile } from '../http/send-file.ts'
import type { Parts } from '../parts.ts'
import { questionContext } from '../projects/question-context.ts'
import { exportPeople } from './export.ts'
import { definitionForms, readDefinition } from './forms.ts'
import { segmentMembers, segmentPlan } from './members.ts'
import { previewSegment } from './preview.ts'
import { changeSegment, createSegment, deleteSegment, getSegment, listSegments, segmentVersions } from './segments.ts'
import { wordsOf } from './words.ts'

const one = z.object({ id: z.coerce.number().int().positive() })
const definitionLimit = 2 * 1024 * 1024

/** Segments of one project, registered below `/api/v1/projects/:p`. */
export function segmentRoutes(app: Api, parts: Parts): void {
  const authorOf = (user: { id: number } | undefined) => ({ id: user?.id ?? 0 })

  app.post('/segments/preview', { schema: { body: segmentPreviewRequest } }, (request, reply) => {
    // A page that asks anew, or goes away, needs the old answer no more.
    const gone = new AbortController()
    reply.raw.once('close', () => gone.abort())
    return previewSegment(parts, request.project, { ...request.body, limits: { signal: gone.signal } })
  })
  app.post('/segments/read', { schema: { body: segmentReadRequest }, bodyLimit: definitionLimit }, async (request) => {
    const definition = readDefinition(request.body.text, request.body.form)
    return definitionForms(definition, wordsOf(await questionContext(parts, request.project)))
  })
  app.get('/segments', async (request) => ({ segments: await listSegments(parts, request.project) }))
  app.post('/segments', { schema: { body: segmentSave } }, (request) =>
    createSegment(parts, request.project, { save: request.body, author: authorOf(request.user) }),
  )
  app.get('/segments/:id', { schema: { params: one } }, (request) => getSegment(parts, request.project, request.params.id))
  app.put('/segments/:id', { schema: { params: one, body: segmentSave } }, (request) =>
    changeSegment(parts, request.project, { id: request.params.id, save: request.body, author: authorOf(request.user) }),
  )
  app.delete('/segments/:id', { schema: { params: one } }, async (request) => {
    await deleteSegment(parts, request.project, request.params.id)
    return { ok: true }
  })
  app.get('/segments/:id/versions', { schema: { params: one } }, async (request) => ({
    versions: await segmentVersions(parts, request.project, request.params.id),
  }))
  app.get('/segments/:id/members', { schema: { params: one, querystring: membersRequest } }, (request) =>
    segmentMembers(parts, request.project, { id: request.params.id, ...request.query }),
  )
  app.get('/segments/:id/export', { schema: { params: one, querystring: exportRequest } }, async (request, reply) => {
    const { project, query } = request
    const segment = await getSegment(parts, project, request.params.id)
    const context = await questionContext(parts, project)
    const pieces = exportPeople(parts, { people: membersSql(segmentPlan(segment.id, context), context), context }, query)
    return sendFile(reply, pieces, { name: `segment-${segment.id}`, format: query.format })
  })
}
