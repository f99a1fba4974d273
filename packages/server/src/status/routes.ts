import { statusReply } from '@kindred/model'
import type { Api } from '../http/api.ts'
import type { Parts } from '../parts.ts'
import { projectStatus } from './status.ts'

export function statusRoutes(app: Api, parts: Parts): void {
  app.get(
    '/status',
    { config: { scope: 'read', summary: 'How fresh the project is, how much it holds, what wants attention', reply: statusReply } },
    (request) => projectStatus(parts, request.project),
  )
}
