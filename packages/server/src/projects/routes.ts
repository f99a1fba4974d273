import { apiKeyCreate, projectCreate, projectPatch } from '@kindred/model'
import { z } from 'zod'
import { createApiKey, deleteApiKey, listApiKeys } from '../auth/api-keys.ts'
import type { Api } from '../http/api.ts'
import type { Parts } from '../parts.ts'
import { changeProject, createProject } from './projects.ts'

/** Projects, their settings and their keys. */
export function projectRoutes(app: Api, parts: Parts): void {
  app.post('/api/v1/projects', { schema: { body: projectCreate } }, (request) => createProject(parts, request.body))
}

/** The same, for one project: registered below `/api/v1/projects/:p`. */
export function projectSettingsRoutes(app: Api, parts: Parts): void {
  app.get('/', (request) => request.project)
  app.patch('/', { schema: { body: projectPatch } }, (request) => changeProject(parts, request.project.id, request.body))
  app.get('/keys', async (request) => ({ keys: await listApiKeys(parts, request.project.id) }))
  app.post('/keys', { schema: { body: apiKeyCreate } }, (request) => createApiKey(parts, request.project.id, request.body.name))
  app.delete('/keys/:id', { schema: { params: z.object({ id: z.coerce.number().int() }) } }, async (request) => {
    await deleteApiKey(parts, request.project.id, request.params.id)
    return { ok: true }
  })
}
