import { timingSafeEqual } from 'node:crypto'
import { KindredError } from '@kindred/model'
import type { FastifyRequest } from 'fastify'
import type { Parts } from '../parts.ts'
import { findKeyProject } from './api-keys.ts'
import { findSession, firstUser } from './sessions.ts'

export const sessionCookie = 'kindred_session'

/** Who may do what: a signed-in user everything, a key its one project. */
export interface Access {
  /** The only project open to the asker; undefined: all of them. */
  projectId: number | undefined
  csrf: string | undefined
}

declare module 'fastify' {
  interface FastifyRequest {
    access: Access
  }
}

function sameSecret(given: string, secret: string): boolean {
  return given.length === secret.length && timingSafeEqual(Buffer.from(given), Buffer.from(secret))
}

const changes = (method: string) => method !== 'GET' && method !== 'HEAD'

/** Runs before every handler of `/api` but signing in. Errors: `auth/required`, `request/csrf`. */
export function authenticate(parts: Parts, instanceSecret: string): (request: FastifyRequest) => Promise<void> {
  return async (request) => {
    const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
    // The command line of the same machine, which could read the secret out of the data directory.
    if (bearer !== undefined && sameSecret(bearer, instanceSecret)) {
      request.user = await firstUser(parts)
      request.access = { projectId: undefined, csrf: undefined }
      return
    }
    if (bearer !== undefined) {
      const projectId = await findKeyProject(parts, bearer)
      if (projectId === undefined) throw new KindredError('auth/required')
      request.access = { projectId, csrf: undefined }
      return
    }
    const session = await findSession(parts, request.cookies[sessionCookie] ?? '')
    if (session === undefined) throw new KindredError('auth/required')
    if (changes(request.method) && request.headers['x-kindred-csrf'] !== session.csrf) throw new KindredError('request/csrf')
    request.user = session.user
    request.access = { projectId: undefined, csrf: session.csrf }
  }
}

/** Refuses what only a signed-in user may do. Errors: `auth/required`. */
export async function requireUser(request: FastifyRequest): Promise<void> {
  if (request.user === undefined) throw new KindredError('auth/required')
}
