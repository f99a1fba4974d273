import { Readable } from 'node:stream'
import { importMappingSchema, KindredError } from '@kindred/model'
import { z } from 'zod'
import type { Api } from '../http/api.ts'
import type { Parts } from '../parts.ts'
import { importJobs } from './jobs.ts'
import { rejectsCsv } from './rejects-csv.ts'

const one = z.object({ id: z.coerce.number().int() })
const inspectQuery = z.strictObject({ name: z.string().min(1).max(400) })
const createBody = z.union([
  z.strictObject({ uploadId: z.string(), mapping: z.unknown() }),
  z.strictObject({ path: z.string().min(1).max(4096), mapping: z.unknown() }),
])

/** Imports of one project, registered below `/api/v1/projects/:p`. */
export function importRoutes(app: Api, parts: Parts): void {
  const jobs = importJobs(parts)
  app.addHook('onClose', () => jobs.close())

  void app.register(async (uploads: Api) => {
    // The body is taken as it streams in; it never is in memory as a whole, so it may have any size.
    uploads.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload))
    uploads.post('/imports/inspect', { schema: { querystring: inspectQuery } }, (request) => {
      if (!(request.body instanceof Readable)) throw new KindredError('request/invalid', { field: 'content-type', reason: 'send application/octet-stream' })
      return jobs.upload(request.project, request.query.name, request.body)
    })
  })

  app.post('/imports', { schema: { body: createBody } }, (request) =>
    jobs.create(request.project, { ...request.body, mapping: readMapping(request.body.mapping) }),
  )
  app.get('/imports', async (request) => ({ imports: await jobs.list(request.project.id) }))
  app.get('/imports/:id', { schema: { params: one } }, (request) => jobs.get(request.project.id, request.params.id))
  app.post('/imports/:id/cancel', { schema: { params: one } }, (request) => jobs.cancel(request.project.id, request.params.id))
  app.post('/imports/:id/resume', { schema: { params: one } }, (request) => jobs.resume(request.project.id, request.params.id))
  app.get('/imports/:id/rejects', { schema: { params: one } }, async (request, reply) => {
    const { id } = await jobs.get(request.project.id, request.params.id)
    reply.header('content-type', 'text/csv; charset=utf-8')
    reply.header('content-disposition', `attachment; filename="import-${id}-rejected-rows.csv"`)
    return reply.send(Readable.from(rejectsCsv(parts, id)))
  })
}

/** Names the place of the first mistake: a mapping is written by hand. */
function readMapping(mapping: unknown) {
  const parsed = importMappingSchema.safeParse(mapping)
  if (parsed.success) return parsed.data
  const { path, reason } = deepestIssue(parsed.error.issues[0])
  throw new KindredError('import/invalid-mapping', { field: path.join('.') || 'mapping', reason })
}

/** Of a choice of forms, the complaint about the form that fits best says most: the one that got deepest. */
function deepestIssue(issue: z.core.$ZodIssue | undefined): { path: PropertyKey[]; reason: string } {
  if (issue === undefined) return { path: [], reason: 'it does not have the right shape' }
  const inner = issue.code === 'invalid_union' ? issue.errors.flatMap((issues) => issues.slice(0, 1).map(deepestIssue)) : []
  const deepest = inner.reduce((best, next) => (next.path.length > best.path.length ? next : best), { path: [] as PropertyKey[], reason: issue.message })
  return { path: [...issue.path, ...deepest.path], reason: deepest.reason }
}
