import { KindredError } from '@kindred/model'
import type { Parts } from '../parts.ts'
import { hashSecret, randomSecret } from './secrets.ts'

const minute = 60_000
const linkLifetime = 15 * minute
export const sessionLifetime = 30 * 24 * 60 * minute

export interface User {
  id: number
  name: string
}
export interface Session {
  user: User
  csrf: string
}

type AuthParts = Pick<Parts, 'catalog' | 'clock'>

/** The one user of a fresh installation. */
export async function firstUser({ catalog, clock }: AuthParts): Promise<User> {
  const user = await catalog.selectFrom('users').select(['id', 'name']).orderBy('id').executeTakeFirst()
  return user ?? (await catalog.insertInto('users').values({ name: 'Owner', created_at: clock() }).returning(['id', 'name']).executeTakeFirstOrThrow())
}

/** A sign-in token for `user`: works once, for 15 minutes. Only its hash is kept. */
export async function createLoginToken({ catalog, clock }: AuthParts, user: User): Promise<string> {
  const token = randomSecret()
  await catalog.deleteFrom('login_links').where('expires_at', '<', clock()).execute()
  await catalog
    .insertInto('login_links')
    .values({ hash: hashSecret(token), user_id: user.id, expires_at: clock() + linkLifetime, spent_at: null })
    .execute()
  return token
}

/** Spends a sign-in token and opens a session. Errors: `auth/link-spent`. */
export async function openSession({ catalog, clock }: AuthParts, token: string): Promise<{ secret: string; session: Session }> {
  const now = clock()
  const spent = await catalog
    .updateTable('login_links')
    .set({ spent_at: now })
    .where('hash', '=', hashSecret(token))
    .where('spent_at', 'is', null)
    .where('expires_at', '>=', now)
    .returning('user_id')
    .executeTakeFirst()
  if (spent === undefined) throw new KindredError('auth/link-spent')
  const user = await catalog.selectFrom('users').select(['id', 'name']).where('id', '=', spent.user_id).executeTakeFirstOrThrow()
  const secret = randomSecret()
  const csrf = randomSecret()
  await catalog.deleteFrom('sessions').where('expires_at', '<', now).execute()
  await catalog
    .insertInto('sessions')
    .values({ hash: hashSecret(secret), user_id: user.id, csrf, created_at: now, expires_at: now + sessionLifetime })
    .execute()
  return { secret, session: { user, csrf } }
}

/** The session a cookie's secret opens, or undefined. */
export async function findSession({ catalog, clock }: AuthParts, secret: string): Promise<Session | undefined> {
  const row = await catalog
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .select(['users.id', 'users.name', 'sessions.csrf'])
    .where('hash', '=', hashSecret(secret))
    .where('expires_at', '>=', clock())
    .executeTakeFirst()
  return row === undefined ? undefined : { user: { id: row.id, name: row.name }, csrf: row.csrf }
}

export async function closeSession({ catalog }: AuthParts, secret: string): Promise<void> {
  await catalog.deleteFrom('sessions').where('hash', '=', hashSecret(secret)).execute()
}
