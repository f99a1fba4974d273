import type { Api } from '../http/api.ts'
import type { Parts } from '../parts.ts'
import { projectStatus } from './status.ts'

export function statusRoutes(app: Api, parts: Parts): void {
  app.get('/status', (request) => projectStatus(parts, request.project))
}
