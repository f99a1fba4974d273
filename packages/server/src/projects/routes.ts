import {
  apiKeyCreate,
  apiKeyCreatedReply,
  apiKeyReply,
  doneReply,
  KindredError,
  listRequest,
  pageReply,
  projectCreate,
  projectMemberReply,
  projectPatch,
  projectReply,
} from '@kindred/model'
import { z } from 'zod'
import { createApiKey, deleteApiKey, type KeyAccess, listApiKeys } from '../auth/api-keys.ts'
import type { Api } from '../http/api.ts'
import type { Parts } from '../parts.ts'
import { changeProject, createProject, projectMembers } from './projects.ts'

/** Projects, their settings and their keys. */
export function projectRoutes(app: Api, parts: Parts): void {
  app.post('/api/v1/projects', { schema: { body: projectCreate }, config: { scope: 'user', summary: 'Make a project', reply: projectReply } }, (request) =>
    createProject(parts, request.body),
  )
}

/** The same, for one project: registered below `/api/v1/projects/:p`. */
export function projectSettingsRoutes(app: Api, parts: Parts): void {
  app.get('/', { config: { scope: 'read', summary: 'The project and its settings', reply: projectReply } }, (request) => request.project)
  app.patch('/', { schema: { body: projectPatch }, config: { scope: 'admin', summary: 'Change the project’s settings', reply: projectReply } }, (request) =>
    changeProject(parts, request.project.id, request.body),
  )
  app.get(
    '/members',
    {
      config: {
        scope: 'read',
        summary: 'Who works in the project',
        description: 'Those who may own a segment.',
        reply: z.strictObject({ results: z.array(projectMemberReply) }),
      },
    },
    async () => ({ results: await projectMembers(parts) }),
  )
  app.get('/keys', { schema: { querystring: listRequest }, config: { scope: 'admin', summary: 'API keys', reply: pageReply(apiKeyReply) } }, (request) =>
    listApiKeys(parts, request.project.id, request.query),
  )
  app.post(
    '/keys',
    {
      schema: { body: apiKeyCreate },
      config: {
        scope: 'admin',
        summary: 'Make an API key',
        description: 'A key that makes a key cannot give more than it has: neither scopes nor time.',
        reply: apiKeyCreatedReply,
        errors: ['auth/scope'],
      },
    },
    (request) => {
      checkGiven(request.access.key, request.body)
      return createApiKey(parts, request.project.id, request.body)
    },
  )
  app.delete(
    '/keys/:id',
    {
      schema: { params: z.object({ id: z.coerce.number().int() }) },
      config: { scope: 'admin', summary: 'Delete an API key', description: 'It opens nothing from then on.', reply: doneReply },
    },
    async (request) => {
      await deleteApiKey(parts, request.project.id, request.params.id)
      return { ok: true }
    },
  )
}

/** A key cannot make one that may do more, or lasts longer, than itself. Errors: `auth/scope`, `request/invalid`. */
function checkGiven(key: KeyAccess | undefined, given: z.output<typeof apiKeyCreate>): void {
  if (key === undefined) return
  const lacking = given.scopes.find((scope) => !key.scopes.includes(scope))
  if (lacking !== undefined) throw new KindredError('auth/scope', { scope: lacking })
  if (key.expiresAt !== null && (given.expiresAt === null || given.expiresAt > key.expiresAt))
    throw new KindredError('request/invalid', { field: 'expiresAt', reason: 'a key cannot make one that lasts longer than itself' })
}
