import { KindredError } from '@kindred/model'
import type { FastifyRequest } from 'fastify'

/**
 * Refuses what a route would otherwise pass over in silence: parameters of the query where it takes none, a body where it reads none.
 * Where it takes some, its own schema refuses the others. Errors: `request/invalid`.
 */
export async function refuseUnread({ routeOptions, query, body }: FastifyRequest): Promise<void> {
  const { schema, config } = routeOptions
  const [parameter] = schema?.querystring === undefined ? Object.keys(query as object) : []
  if (parameter !== undefined) throw new KindredError('request/invalid', { field: parameter, reason: 'this route takes no such parameter' })
  const reads = schema?.body !== undefined || config.consumes !== undefined
  const empty = body === undefined || body === null || (typeof body === 'object' && Object.keys(body).length === 0)
  if (!reads && !empty) throw new KindredError('request/invalid', { field: 'body', reason: 'this route takes no body' })
}
