import { listRequest, pageReply, traitNameSchema, traitReply } from '@kindred/model'
import { z } from 'zod'
import type { Api } from '../http/api.ts'
import type { Parts } from '../parts.ts'
import { getTrait, listTraits } from './list-traits.ts'

const one = z.object({ name: traitNameSchema })

/** Computed traits of one project, registered below `/api/v1/projects/:p`. */
export function traitRoutes(app: Api, parts: Parts): void {
  app.get(
    '/traits',
    {
      schema: { querystring: listRequest },
      config: { scope: 'read', summary: 'Traits', description: 'The built-in ones and the project’s own, by name.', reply: pageReply(traitReply) },
    },
    (request) => listTraits(parts, request.project, request.query),
  )
  app.get(
    '/traits/:name',
    { schema: { params: one }, config: { scope: 'read', summary: 'One trait', reply: traitReply, errors: ['trait/not-found'] } },
    (request) => getTrait(parts, request.project, request.params.name),
  )
}
