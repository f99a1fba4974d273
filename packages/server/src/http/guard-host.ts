import { isIP } from 'node:net'
import { KindredError } from '@kindred/model'
import type { FastifyRequest } from 'fastify'

/**
 * Refuses a Host that is not one of ours, so that a page of another site whose name is made to point here (DNS rebinding) cannot read
 * the answers. An address in numbers cannot be rebound.
 */
export function guardHost(allowed: readonly string[]): (request: FastifyRequest) => Promise<void> {
  const names = new Set(['localhost', ...allowed])
  return async (request) => {
    const name = request.hostname.replace(/^\[|\]$/g, '')
    if (isIP(name) === 0 && !names.has(name)) throw new KindredError('request/forbidden-host', { host: request.hostname })
  }
}
