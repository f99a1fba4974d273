import type { FastifyRequest } from 'fastify'

/** Who asks, as receipts and ledgers name them. */
export function askerOf({ user }: Pick<FastifyRequest, 'user'>): string {
  return user === undefined ? 'API key' : user.name
}
