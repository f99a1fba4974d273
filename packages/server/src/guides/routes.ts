import { guideChange, guideReply, guideRowReply, listRequest, pageReply } from '@kindred/model'
import { z } from 'zod'
import type { Api } from '../http/api.ts'
import { pageOfWhole } from '../http/cursor.ts'
import type { Parts } from '../parts.ts'
import { changeGuide, guideRows, oneGuide } from './project-guides.ts'

const one = z.object({ guide: z.string().min(1).max(100) })

/** Industry guides, registered below `/api/v1/projects/:p`. */
export function guideRoutes(app: Api, parts: Parts): void {
  app.get(
    '/guides',
    { schema: { querystring: listRequest }, config: { scope: 'read', summary: 'Industry guides', reply: pageReply(guideRowReply) } },
    async (request) => pageOfWhole(await guideRows(parts, request.project), request.query, 'guides'),
  )
  app.get(
    '/guides/:guide',
    { schema: { params: one }, config: { scope: 'read', summary: 'One guide', reply: guideReply, errors: ['guide/not-found'] } },
    (request) => oneGuide(parts, request.project, request.params.guide),
  )
  app.put(
    '/guides/:guide',
    {
      schema: { params: one, body: guideChange },
      config: {
        scope: 'write',
        summary: 'Change the text of a guide',
        description: 'For this project alone; `text: null` takes the one that comes with the product.',
        reply: guideReply,
        errors: ['guide/not-found'],
      },
    },
    (request) => changeGuide(parts, request.project, { id: request.params.guide, text: request.body.text, authorId: request.user?.id ?? 0 }),
  )
}
