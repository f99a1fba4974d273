import type { Api } from '../api.ts'
import type { ListedRoute } from '../route-list.ts'
import { openApiDocument } from './document.ts'

/** The document itself, made when it is first asked for. It tells shapes, no data, so everyone may read it. */
export function openApiRoutes(app: Api, routes: readonly ListedRoute[]): void {
  let text: string | undefined
  app.get(
    '/api/v1/openapi.json',
    { config: { scope: 'public', summary: 'This API as an OpenAPI 3.1 document', reply: 'application/json' } },
    async (_request, reply) => {
      text ??= JSON.stringify(openApiDocument(routes))
      return reply.type('application/json; charset=utf-8').send(text)
    },
  )
}
