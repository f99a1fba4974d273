import { doneReply, importInspectionReply, importPreviewReply, listRequest, pageReply, savedMappingReply } from '@kindred/model'
import { z } from 'zod'
import type { Api } from '../http/api.ts'
import type { Parts } from '../parts.ts'
import { importJobs } from './jobs.ts'
import { deleteMapping, findMapping, listMappings, saveMapping } from './mapping-table.ts'
import { readMapping } from './read-mapping.ts'

const one = z.object({ id: z.coerce.number().int() })
const path = z.string().min(1).max(4096)
const inspectBody = z.strictObject({ path })
const previewBody = z.union([z.strictObject({ uploadId: z.string(), mapping: z.unknown() }), z.strictObject({ path, mapping: z.unknown() })])
const saveBody = z.strictObject({ name: z.string().trim().min(1).max(200), mapping: z.unknown() })

/** What comes before an import: a look at a file of the server, a preview with a mapping, and mappings kept under a name. */
export function mappingRoutes(app: Api, parts: Parts): void {
  prepareRoutes(app, parts)
  savedRoutes(app, parts)
}

function prepareRoutes(app: Api, parts: Parts): void {
  const jobs = importJobs(parts)
  app.post(
    '/imports/inspect-path',
    {
      schema: { body: inspectBody },
      config: {
        scope: 'ingest',
        summary: 'See what is in a file of the server',
        description: 'The file lies below the folder that the operator opened. Answers its columns, some rows and a guessed mapping.',
        reply: importInspectionReply,
        errors: ['import/forbidden-path', 'import/unreadable'],
      },
    },
    (request) => jobs.inspectPath(request.body.path),
  )
  app.post(
    '/imports/preview',
    {
      schema: { body: previewBody },
      config: {
        scope: 'ingest',
        summary: 'See what the first rows of a file become',
        description: 'With the mapping given, by the rules of the import itself; nothing is kept.',
        reply: importPreviewReply,
        errors: ['import/invalid-mapping', 'import/unreadable', 'import/upload-not-found', 'import/forbidden-path'],
      },
    },
    (request) => jobs.preview(request.project, { ...request.body, mapping: readMapping(request.body.mapping) }),
  )
}

function savedRoutes(app: Api, parts: Parts): void {
  app.get(
    '/imports/mappings',
    {
      schema: { querystring: listRequest },
      config: { scope: 'read', summary: 'Saved mappings', description: 'By name.', reply: pageReply(savedMappingReply) },
    },
    (request) => listMappings(parts, request.project.id, request.query),
  )
  app.post(
    '/imports/mappings',
    {
      schema: { body: saveBody },
      config: {
        scope: 'ingest',
        summary: 'Save a mapping under a name',
        description: 'A mapping that has the name already is replaced.',
        reply: savedMappingReply,
        errors: ['import/invalid-mapping'],
      },
    },
    (request) => saveMapping(parts, request.project.id, { name: request.body.name, mapping: readMapping(request.body.mapping) }),
  )
  app.get(
    '/imports/mappings/:id',
    { schema: { params: one }, config: { scope: 'read', summary: 'One saved mapping', reply: savedMappingReply, errors: ['import/mapping-not-found'] } },
    (request) => findMapping(parts, request.project.id, request.params.id),
  )
  app.get(
    '/imports/mappings/:id/yaml',
    {
      schema: { params: one },
      config: { scope: 'read', summary: 'A saved mapping as a YAML file', reply: 'application/yaml', errors: ['import/mapping-not-found'] },
    },
    async (request, reply) => {
      const { id, yaml } = await findMapping(parts, request.project.id, request.params.id)
      reply.header('content-type', 'application/yaml; charset=utf-8')
      reply.header('content-disposition', `attachment; filename="mapping-${id}.yaml"`)
      return yaml
    },
  )
  app.delete(
    '/imports/mappings/:id',
    { schema: { params: one }, config: { scope: 'ingest', summary: 'Delete a saved mapping', reply: doneReply, errors: ['import/mapping-not-found'] } },
    async (request) => {
      await deleteMapping(parts, request.project.id, request.params.id)
      return { ok: true as const }
    },
  )
}
