import { isIP } from 'node:net'
import { KindredError } from '@kindred/model'
import type { FastifyRequest } from 'fastify'
import type { Config } from '../config.ts'

/**
 * Refuses a Host that is not one of ours, so that a page of another site whose name is made to point here (DNS rebinding) cannot read
 * the answers. The host that is listened on is one of ours; an address in numbers cannot be rebound.
 */
export function guardHost({ host, allowedHosts }: Pick<Config, 'host' | 'allowedHosts'>): (request: FastifyRequest) => Promise<void> {
  const names = new Set(['localhost', ...[host, ...allowedHosts].map((each) => each.toLowerCase())])
  return async (request) => {
    const name = request.hostname.replace(/^\[|\]$/g, '').toLowerCase()
    if (isIP(name) === 0 && !names.has(name)) throw new KindredError('request/forbidden-host', { host: request.hostname })
  }
}
