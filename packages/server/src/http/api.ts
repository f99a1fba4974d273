import type { ErrorCode, Project, Scope } from '@kindred/model'
import type { FastifyBaseLogger, FastifyInstance, RawReplyDefaultExpression, RawRequestDefaultExpression, RawServerDefault } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { z } from 'zod'
import type { User } from '../auth/sessions.ts'

/** The server as route files see it: requests are parsed by zod schemas before the handler runs. */
export type Api = FastifyInstance<RawServerDefault, RawRequestDefaultExpression, RawReplyDefaultExpression, FastifyBaseLogger, ZodTypeProvider>

/** Who may call a route: an API key with the scope, `user` only a signed-in person, `public` everyone. A signed-in person may call them all. */
export type RouteScope = Scope | 'user' | 'public'

/** What a route says of itself, in `config`. The API's document, its page in docs and the check of scopes are made from it. */
export interface RouteWords {
  scope?: RouteScope
  /** One line: what it does. */
  summary?: string
  /** What a caller should know beyond that. */
  description?: string
  /** The reply, for the document only: replies are not checked on their way out. A media type such as `text/csv`: a file. */
  reply?: z.ZodType | `${string}/${string}`
  /** Error codes of its own, beside those that every route may answer. */
  errors?: readonly ErrorCode[]
  /** The body's media type where it is not JSON. */
  consumes?: string
  /** Sent twice it makes nothing twice, by means of its own: the replies are not remembered by their Idempotency-Key. */
  repeatable?: boolean
  /** A body that a caller may send as it is. */
  example?: unknown
}

declare module 'fastify' {
  interface FastifyContextConfig extends RouteWords {}
  interface FastifyRequest {
    /** Who asks, in `/api`: a user signed in, or undefined for an API key. */
    user: User | undefined
    /** The project of `/api/v1/projects/:p/…`, loaded before the handler runs. */
    project: Project
  }
}
