import { type ApiKey, type ApiKeyCreated, type apiKeyCreate, KindredError, type listRequest, type Page, type Scope, scopes } from '@kindred/model'
import type { Selectable } from 'kysely'
import type { z } from 'zod'
import { pageOf, readCursor } from '../http/cursor.ts'
import type { Parts } from '../parts.ts'
import type { CatalogTables } from '../store/catalog/tables.ts'
import { hashSecret, randomSecret } from './secrets.ts'

type KeyParts = Pick<Parts, 'catalog' | 'clock'>
type KeyRow = Selectable<CatalogTables['api_keys']>

/** What a key opens. */
export interface KeyAccess {
  projectId: number
  scopes: readonly Scope[]
  expiresAt: number | null
}

const shownLetters = 8
/** A key's last use is written at most this often: a key in a loop must not write on each request. */
const usedEvery = 60_000
const order = { list: 'keys', placeOf: ({ id }: ApiKey) => [id] }

/** The keys of a project, oldest first, without their secrets. Errors: `request/cursor`. */
export async function listApiKeys({ catalog }: KeyParts, projectId: number, { limit, cursor }: z.output<typeof listRequest>): Promise<Page<ApiKey>> {
  const [after = 0] = readCursor(order.list, cursor, [0]) ?? []
  const rows = await catalog
    .selectFrom('api_keys')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit + 1)
    .execute()
  return pageOf(rows.map(toKey), limit, order)
}

/** Makes a key for one project. The secret is in this answer and nowhere else. Errors: `request/invalid` for an expiry that is past. */
export async function createApiKey({ catalog, clock }: KeyParts, projectId: number, key: z.output<typeof apiKeyCreate>): Promise<ApiKeyCreated> {
  const createdAt = clock()
  if (key.expiresAt !== null && key.expiresAt <= createdAt) throw new KindredError('request/invalid', { field: 'expiresAt', reason: 'it is past' })
  const secret = `kd_${randomSecret()}`
  const row = await catalog
    .insertInto('api_keys')
    .values({
      project_id: projectId,
      name: key.name,
      prefix: secret.slice(0, shownLetters),
      hash: hashSecret(secret),
      scopes: JSON.stringify(scopes.filter((scope) => key.scopes.includes(scope))),
      created_at: createdAt,
      last_used_at: null,
      expires_at: key.expiresAt,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return { ...toKey(row), secret }
}

/** From then on the key opens nothing. */
export async function deleteApiKey({ catalog }: KeyParts, projectId: number, id: number): Promise<void> {
  await catalog.deleteFrom('api_keys').where('project_id', '=', projectId).where('id', '=', id).execute()
}

/** What a key's secret opens, or undefined. Errors: `auth/key-expired`. */
export async function findKeyAccess({ catalog, clock }: KeyParts, secret: string): Promise<KeyAccess | undefined> {
  const row = await catalog.selectFrom('api_keys').selectAll().where('hash', '=', hashSecret(secret)).executeTakeFirst()
  if (row === undefined) return undefined
  const now = clock()
  if (row.expires_at !== null && row.expires_at <= now) throw new KindredError('auth/key-expired')
  if (now - (row.last_used_at ?? 0) > usedEvery) await catalog.updateTable('api_keys').set({ last_used_at: now }).where('id', '=', row.id).execute()
  return { projectId: row.project_id, scopes: scopesOf(row), expiresAt: row.expires_at }
}

function toKey(row: KeyRow): ApiKey {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: scopesOf(row),
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    expiresAt: row.expires_at,
  }
}

function scopesOf({ scopes: written }: Pick<KeyRow, 'scopes'>): Scope[] {
  const known = JSON.parse(written) as string[]
  return scopes.filter((scope) => known.includes(scope))
}
