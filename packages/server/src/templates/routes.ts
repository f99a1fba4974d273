import { listRequest, pageReply, templateReply } from '@kindred/model'
import type { Api } from '../http/api.ts'
import { pageOfWhole } from '../http/cursor.ts'
import type { Parts } from '../parts.ts'
import { offeredTemplates } from './offer.ts'

/** Ready definitions, registered below `/api/v1/projects/:p`. */
export function templateRoutes(app: Api, parts: Parts): void {
  app.get(
    '/templates',
    {
      schema: { querystring: listRequest },
      config: {
        scope: 'read',
        summary: 'Templates',
        description:
          'Ready definitions of every kind of segmentation, filled in with what this project has; `needs` says what each reads and whether it is there.',
        reply: pageReply(templateReply),
      },
    },
    async (request) => pageOfWhole(await offeredTemplates(parts, request.project), request.query, 'templates'),
  )
}
