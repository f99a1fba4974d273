import { timingSafeEqual } from 'node:crypto'
import { KindredError } from '@kindred/model'
import type { FastifyRequest } from 'fastify'
import type { Parts } from '../parts.ts'
import { findKeyAccess, type KeyAccess } from './api-keys.ts'
import { findSession, firstUser } from './sessions.ts'

export const sessionCookie = 'kindred_session'

/** Who may do what: a signed-in user everything, a key what its scopes allow in its one project. */
export interface Access {
  /** What the asker's key opens; undefined for a user, to whom everything is open. */
  key: KeyAccess | undefined
  csrf: string | undefined
  /** What proved the asker: a key's or a session's secret. Never kept and never logged. */
  credential: string
}

declare module 'fastify' {
  interface FastifyRequest {
    access: Access
  }
}

function sameSecret(given: string, secret: string): boolean {
  // Bytes are compared, and their number: a letter outside ASCII is more than one.
  const [ours, theirs] = [Buffer.from(secret), Buffer.from(given)]
  return ours.byteLength === theirs.byteLength && timingSafeEqual(ours, theirs)
}

const changes = (method: string) => method !== 'GET' && method !== 'HEAD'

/**
 * Runs before every handler of `/api` but the public ones, and is the one place where a key's scopes are compared with what the route asks.
 * Errors: `auth/required`, `auth/key-expired`, `auth/user-only`, `auth/scope`, `request/csrf`.
 */
export function authenticate(parts: Parts, instanceSecret: string): (request: FastifyRequest) => Promise<void> {
  return async (request) => {
    const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
    // The command line of the same machine, which could read the secret out of the data directory.
    if (bearer !== undefined && sameSecret(bearer, instanceSecret)) {
      request.user = await firstUser(parts)
      request.access = { key: undefined, csrf: undefined, credential: bearer }
      return
    }
    if (bearer !== undefined) {
      const key = await findKeyAccess(parts, bearer)
      if (key === undefined) throw new KindredError('auth/required')
      checkScope(request, key)
      request.access = { key, csrf: undefined, credential: bearer }
      return
    }
    const secret = request.cookies[sessionCookie] ?? ''
    const session = await findSession(parts, secret)
    if (session === undefined) throw new KindredError('auth/required')
    if (changes(request.method) && request.headers['x-kindred-csrf'] !== session.csrf) throw new KindredError('request/csrf')
    request.user = session.user
    request.access = { key: undefined, csrf: session.csrf, credential: secret }
  }
}

/** A route that names no scope asks for the most. */
function checkScope({ routeOptions }: FastifyRequest, key: KeyAccess): void {
  const inProject = routeOptions.url?.startsWith('/api/v1/projects/:p') === true
  const scope = routeOptions.config.scope ?? (inProject ? 'admin' : 'user')
  if (scope === 'public') return
  if (scope === 'user') throw new KindredError('auth/user-only')
  if (!key.scopes.includes(scope)) throw new KindredError('auth/scope', { scope })
}
