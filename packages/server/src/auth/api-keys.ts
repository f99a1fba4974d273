import type { ApiKey, ApiKeyCreated } from '@kindred/model'
import type { Parts } from '../parts.ts'
import { hashSecret, randomSecret } from './secrets.ts'

type KeyParts = Pick<Parts, 'catalog' | 'clock'>
const shownLetters = 8
/** A key's last use is written at most this often: a key in a loop must not write on each request. */
const usedEvery = 60_000

export async function listApiKeys({ catalog }: KeyParts, projectId: number): Promise<ApiKey[]> {
  const rows = await catalog.selectFrom('api_keys').selectAll().where('project_id', '=', projectId).orderBy('id').execute()
  return rows.map((row) => ({ id: row.id, name: row.name, prefix: row.prefix, createdAt: row.created_at, lastUsedAt: row.last_used_at }))
}

/** Makes a key for one project. The secret is in this answer and nowhere else. */
export async function createApiKey({ catalog, clock }: KeyParts, projectId: number, name: string): Promise<ApiKeyCreated> {
  const secret = `kd_${randomSecret()}`
  const createdAt = clock()
  const prefix = secret.slice(0, shownLetters)
  const { id } = await catalog
    .insertInto('api_keys')
    .values({ project_id: projectId, name, prefix, hash: hashSecret(secret), created_at: createdAt, last_used_at: null })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id, name, prefix, createdAt, lastUsedAt: null, secret }
}

export async function deleteApiKey({ catalog }: KeyParts, projectId: number, id: number): Promise<void> {
  await catalog.deleteFrom('api_keys').where('project_id', '=', projectId).where('id', '=', id).execute()
}

/** The project a key's secret opens, or undefined. */
export async function findKeyProject({ catalog, clock }: KeyParts, secret: string): Promise<number | undefined> {
  const row = await catalog.selectFrom('api_keys').select(['id', 'project_id', 'last_used_at']).where('hash', '=', hashSecret(secret)).executeTakeFirst()
  if (row === undefined) return undefined
  const now = clock()
  if (now - (row.last_used_at ?? 0) > usedEvery) await catalog.updateTable('api_keys').set({ last_used_at: now }).where('id', '=', row.id).execute()
  return row.project_id
}
