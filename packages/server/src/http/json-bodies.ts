import { KindredError } from '@kindred/model'
import { checkNesting } from '../capture/json.ts'
import type { Api } from './api.ts'

/** JSON of requests is read as Fastify reads it, unless it would take memory for nothing but brackets. Errors: `request/invalid`. */
export function readJsonBodies(app: Api): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    try {
      checkNesting(body)
    } catch (error) {
      done(new KindredError('request/invalid', { field: 'body', reason: error instanceof Error ? error.message : '' }, { cause: error }))
      return
    }
    void parse(request, body, done)
  })
}
