import type { SegmentFileDrift } from '@kindred/model'
import type { Parts } from '../parts.ts'
import type { HeldRule } from './held.ts'
import type { Wanted } from './read-files.ts'

interface Compared {
  wanted: Wanted
  held: HeldRule | undefined
  isChanged: boolean
}

/**
 * Whether applying would overwrite what someone did in Kindred. What files themselves made is none: a folder that is applied and never pulled keeps its old
 * `version`. A file without one is new, or written by hand, and overwrites nothing unseen.
 */
export async function driftOf(catalog: Parts['catalog'], projectId: number, { wanted, held, isChanged }: Compared): Promise<SegmentFileDrift | null> {
  const { pulled, key } = wanted
  if (pulled === undefined || !isChanged) return null
  const none = { version: pulled.number, current: held?.version ?? null, deletedAt: null, versions: [] }
  if (held === undefined) {
    const deletedAt = await deletionOf(catalog, projectId, key)
    return deletedAt === null ? null : { ...none, kind: 'deleted', deletedAt }
  }
  const isAsPulled = pulled.mark === undefined ? pulled.number === held.version : pulled.mark === held.mark
  if (isAsPulled || held.mark === held.applied) return null
  if (pulled.number > held.version) return { ...none, kind: 'ahead' }
  const versions = await versionsSince(catalog, held.id, pulled.number)
  return { ...none, kind: versions.length === 0 ? 'renamed' : 'changed', versions }
}

async function deletionOf(catalog: Parts['catalog'], projectId: number, key: string): Promise<number | null> {
  const row = await catalog
    .selectFrom('segments')
    .select('deleted_at')
    .where('project_id', '=', projectId)
    .where('key', '=', key)
    .where('deleted_at', 'is not', null)
    .orderBy('deleted_at', 'desc')
    .executeTakeFirst()
  return row?.deleted_at ?? null
}

async function versionsSince(catalog: Parts['catalog'], id: number, version: number): Promise<SegmentFileDrift['versions']> {
  const rows = await catalog
    .selectFrom('segment_versions')
    .leftJoin('users', 'users.id', 'segment_versions.author_id')
    .select(['version', 'changes', 'segment_versions.created_at as at', 'users.name as author'])
    .where('segment_id', '=', id)
    .where('version', '>', version)
    .orderBy('version', 'desc')
    .limit(100)
    .execute()
  return rows.map((row) => ({ version: row.version, author: row.author ?? 'An API key', at: row.at, changes: JSON.parse(row.changes) as string[] }))
}
