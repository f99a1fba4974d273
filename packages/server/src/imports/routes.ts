import { Readable } from 'node:stream'
import { importInspectionReply, importStateReply, KindredError, listRequest, pageReply, rejectedRowReply } from '@kindred/model'
import { z } from 'zod'
import type { Api } from '../http/api.ts'
import type { Parts } from '../parts.ts'
import { listRejects } from './import-table.ts'
import { importJobs } from './jobs.ts'
import { mappingRoutes } from './mapping-routes.ts'
import { readMapping } from './read-mapping.ts'
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
  mappingRoutes(app, parts)
  uploadRoute(app, jobs)
  jobRoutes(app, jobs)
  rejectRoutes(app, parts)
}

type Jobs = ReturnType<typeof importJobs>

function uploadRoute(app: Api, jobs: Jobs): void {
  void app.register(async (uploads: Api) => {
    // The body is taken as it streams in; it never is in memory as a whole, so it may have any size.
    uploads.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload))
    uploads.post(
      '/imports/inspect',
      {
        schema: { querystring: inspectQuery },
        config: {
          scope: 'ingest',
          summary: 'Send a file and see what is in it',
          description:
            'The body is the file itself, `name` its name: CSV, TSV or JSON lines, of any size. Answers its columns, some rows and a guessed mapping. What is not imported is removed after a day.',
          reply: importInspectionReply,
          errors: ['import/unreadable', 'request/media-type'],
          consumes: 'application/octet-stream',
        },
      },
      (request) => {
        if (!(request.body instanceof Readable)) throw new KindredError('request/media-type', { expected: 'application/octet-stream' })
        return jobs.upload(request.project, request.query.name, request.body)
      },
    )
  })
}

function jobRoutes(app: Api, jobs: Jobs): void {
  app.post(
    '/imports',
    {
      schema: { body: createBody },
      config: {
        scope: 'ingest',
        summary: 'Import a file',
        description:
          'By the `uploadId` of a file that was sent, or by a `path` below the folder that the operator opened. The same row never comes in twice. The mapping is told in docs/importing.md.',
        reply: importStateReply,
        errors: ['import/invalid-mapping', 'import/unreadable', 'import/upload-not-found', 'import/forbidden-path'],
      },
    },
    (request) => jobs.create(request.project, { ...request.body, mapping: readMapping(request.body.mapping) }),
  )
  app.get(
    '/imports',
    { schema: { querystring: listRequest }, config: { scope: 'read', summary: 'Imports', description: 'Newest first.', reply: pageReply(importStateReply) } },
    (request) => jobs.list(request.project.id, request.query),
  )
  app.get(
    '/imports/:id',
    { schema: { params: one }, config: { scope: 'read', summary: 'One import', reply: importStateReply, errors: ['import/not-found'] } },
    (request) => jobs.get(request.project.id, request.params.id),
  )
  app.post(
    '/imports/:id/cancel',
    {
      schema: { params: one },
      config: {
        scope: 'ingest',
        summary: 'Stop an import',
        description: 'What went in stays in; the rest can be resumed.',
        reply: importStateReply,
        errors: ['import/not-found', 'import/state'],
      },
    },
    (request) => jobs.cancel(request.project.id, request.params.id),
  )
  app.post(
    '/imports/:id/resume',
    {
      schema: { params: one },
      config: { scope: 'ingest', summary: 'Go on with a stopped import', reply: importStateReply, errors: ['import/not-found', 'import/state'] },
    },
    (request) => jobs.resume(request.project.id, request.params.id),
  )
}

function rejectRoutes(app: Api, parts: Parts): void {
  const jobs = importJobs(parts)
  app.get(
    '/imports/:id/rejected-rows',
    {
      schema: { params: one, querystring: listRequest },
      config: {
        scope: 'read',
        summary: 'The rows of an import that could not be read',
        description: 'In the order of the file.',
        reply: pageReply(rejectedRowReply),
        errors: ['import/not-found'],
      },
    },
    async (request) => {
      const { id } = await jobs.get(request.project.id, request.params.id)
      return listRejects(parts.catalog, id, request.query)
    },
  )
  app.get(
    '/imports/:id/rejects',
    {
      schema: { params: one },
      config: {
        scope: 'read',
        summary: 'The same rows as a CSV file',
        description: 'Line, column, reason and the row as it was written.',
        reply: 'text/csv',
        errors: ['import/not-found'],
      },
    },
    async (request, reply) => {
      const { id } = await jobs.get(request.project.id, request.params.id)
      reply.header('content-type', 'text/csv; charset=utf-8')
      reply.header('content-disposition', `attachment; filename="import-${id}-rejected-rows.csv"`)
      return reply.send(Readable.from(rejectsCsv(parts, id)))
    },
  )
}
