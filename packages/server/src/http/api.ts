import type { Project } from '@kindred/model'
import type { FastifyBaseLogger, FastifyInstance, RawReplyDefaultExpression, RawRequestDefaultExpression, RawServerDefault } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { User } from '../auth/sessions.ts'

/** The server as route files see it: requests are parsed by zod schemas before the handler runs. */
export type Api = FastifyInstance<RawServerDefault, RawRequestDefaultExpression, RawReplyDefaultExpression, FastifyBaseLogger, ZodTypeProvider>

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks, in `/api`: a user signed in, or undefined for an API key. */
    user: User | undefined
    /** The project of `/api/v1/projects/:p/…`, loaded before the handler runs. */
    project: Project
  }
}
