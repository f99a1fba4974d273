import { doneReply, KindredError, loginLinkReply, loginRequest, type Me, meReply } from '@kindred/model'
import type { Api } from '../http/api.ts'
import type { Parts } from '../parts.ts'
import { listProjects } from '../projects/projects.ts'
import { version } from '../version.ts'
import { sessionCookie } from './authenticate.ts'
import { closeSession, createLoginToken, firstUser, openSession, type Session, sessionLifetime } from './sessions.ts'

const cookieOptions = { path: '/', httpOnly: true, sameSite: 'lax', secure: 'auto', maxAge: sessionLifetime / 1000 } as const

async function me(parts: Parts, session: Session): Promise<Me> {
  return { user: session.user, projects: await listProjects(parts), csrf: session.csrf, version }
}

/** Signing in: open to everyone who reaches the page, since the token is the proof. */
export function loginRoutes(app: Api, parts: Parts): void {
  app.post(
    '/api/v1/login',
    {
      schema: { body: loginRequest },
      config: {
        scope: 'public',
        summary: 'Sign in with a link’s token',
        description: 'Spends the token and sets the cookie `kindred_session`.',
        reply: meReply,
        errors: ['auth/link-spent'],
      },
    },
    async (request, reply) => {
      const { secret, session } = await openSession(parts, request.body.token)
      void reply.setCookie(sessionCookie, secret, cookieOptions)
      return me(parts, session)
    },
  )
}

/** A sign-in link for another browser. Asked for by users, `kindred login` among them. */
export function loginLinkRoutes(app: Api, parts: Parts): void {
  app.post(
    '/api/v1/login-links',
    {
      config: {
        scope: 'user',
        summary: 'A sign-in link for another browser',
        description: 'The token opens `/login#token=…` once, within 15 minutes.',
        reply: loginLinkReply,
      },
    },
    async () => ({ token: await createLoginToken(parts, await firstUser(parts)) }),
  )
}

export function sessionRoutes(app: Api, parts: Parts): void {
  app.get(
    '/api/v1/me',
    { config: { scope: 'user', summary: 'Who is signed in', description: 'Answers the value of `x-kindred-csrf` too.', reply: meReply } },
    (request) => {
      if (request.user === undefined) throw new KindredError('auth/required')
      return me(parts, { user: request.user, csrf: request.access.csrf ?? '' })
    },
  )
  app.post('/api/v1/logout', { config: { scope: 'user', summary: 'Sign out', reply: doneReply } }, async (request, reply) => {
    await closeSession(parts, request.cookies[sessionCookie] ?? '')
    void reply.clearCookie(sessionCookie, { path: '/' })
    return { ok: true }
  })
}
