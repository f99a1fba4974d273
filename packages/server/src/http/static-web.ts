import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import { KindredError } from '@kindred/model'
import type { RouteHandlerMethod } from 'fastify'
import type { Api } from './api.ts'
import type { ListedRoute } from './route-list.ts'
import { refuseUnknownRoute } from './unknown-route.ts'

/** What a page of ours may load and talk to: itself. Styles are set by the component library at run time. */
const policy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"

/** The built interface at `folder`; every path that is not below `/assets/` is the one page, which reads the path itself. */
export function staticWeb(app: Api, folder: string, routes: readonly ListedRoute[]): void {
  const built = existsSync(join(folder, 'index.html'))
  if (built) {
    void app.register(fastifyStatic, {
      root: folder,
      index: false,
      // Only the files that are there are routes; everything else, `/` among it, is the page.
      wildcard: false,
      setHeaders: (reply, path) => {
        const forever = path.includes('/assets/')
        reply.setHeader('cache-control', forever ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    })
  }
  const page: RouteHandlerMethod = (request, reply) => {
    if (request.url.startsWith('/api/')) refuseUnknownRoute(routes, request, reply)
    // A page that stands open while a newer one is put in its place asks for files that are gone; the page itself in their stead would say nothing.
    const isFile = request.url.startsWith('/assets/')
    if (!built || isFile || request.method !== 'GET') throw new KindredError('request/not-found', { path: request.url.split('?')[0] ?? '' })
    return reply
      .header('content-security-policy', policy)
      .header('x-content-type-options', 'nosniff')
      .header('referrer-policy', 'no-referrer')
      .header('cache-control', 'no-cache')
      .type('text/html; charset=utf-8')
      .sendFile('index.html')
  }
  // The plugin would answer the folder itself with "forbidden".
  app.get('/', page)
  app.setNotFoundHandler(page)
}
