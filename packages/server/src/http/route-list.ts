import type { RouteOptions } from 'fastify'
import type { z } from 'zod'
import type { Api, RouteWords } from './api.ts'

/** A route as it was registered. */
export interface ListedRoute {
  method: string
  /** With its parameters: `/api/v1/projects/:p/segments/:id`. */
  url: string
  schema: { body?: z.ZodType; querystring?: z.ZodType; params?: z.ZodType }
  words: RouteWords
}

export const apiPrefix = '/api/v1'

/** Collects the routes of the API as they are registered; to be called before any is. */
export function listRoutes(app: Api): readonly ListedRoute[] {
  const routes: ListedRoute[] = []
  app.addHook('onRoute', ({ method, url, schema, config }: RouteOptions) => {
    if (!url.startsWith(`${apiPrefix}/`)) return
    for (const each of Array.isArray(method) ? method : [method]) {
      // Every GET answers HEAD too, which needs no words of its own.
      if (each !== 'HEAD') routes.push({ method: each, url: url.replace(/\/$/, ''), schema: (schema ?? {}) as ListedRoute['schema'], words: config ?? {} })
    }
  })
  return routes
}

/** A POST that changes something, so that a caller who heard no answer may not simply send it again. Questions may be. */
export function takesIdempotencyKey({ method, url, words }: Pick<ListedRoute, 'method' | 'url' | 'words'>): boolean {
  const changes = words.scope === 'write' || words.scope === 'ingest' || words.scope === 'privacy' || words.scope === 'admin'
  return method === 'POST' && words.consumes === undefined && words.repeatable !== true && (changes || url === `${apiPrefix}/projects`)
}
