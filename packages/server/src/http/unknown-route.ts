import { KindredError } from '@kindred/model'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ListedRoute } from './route-list.ts'

/**
 * What a path of the API answers that no route takes: `request/method` where another method would do (with the header `allow`), else
 * `request/not-found`.
 */
export function refuseUnknownRoute(routes: readonly ListedRoute[], request: FastifyRequest, reply: FastifyReply): never {
  const path = request.url.split('?')[0] ?? ''
  const allowed = routes.filter(({ url }) => pathPattern(url).test(path)).map(({ method }) => method)
  if (allowed.length === 0) throw new KindredError('request/not-found', { path })
  const methods = [...new Set(allowed)].sort().join(', ')
  void reply.header('allow', methods)
  throw new KindredError('request/method', { path, method: request.method, allowed: methods })
}

function pathPattern(url: string): RegExp {
  const parts = url.split('/').map((part) => (part.startsWith(':') ? '[^/]+' : part.replaceAll('.', '\\.')))
  return new RegExp(`^${parts.join('/')}/?$`)
}
