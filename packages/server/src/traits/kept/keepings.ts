import { beginKeepingSql, type Keeping, raw, render, sql } from '@kindred/engine'
import type { Selectable } from 'kysely'
import type { Parts } from '../../parts.ts'
import type { CatalogTables } from '../../store/catalog/tables.ts'
import { version } from '../../version.ts'

/** The keepings: the catalog says which there are and how far they go, the store has a partition of states for each. */

export type KeepingRow = Selectable<CatalogTables['trait_keepings']>
type KeepingParts = Pick<Parts, 'catalog' | 'store'>

/** What questions of a project may read instead of events, by what it is of. */
export async function keptOf({ catalog }: Pick<Parts, 'catalog'>, projectId: number): Promise<Map<string, Keeping>> {
  const rows = await liveKeepings({ catalog }, projectId)
  const filled = rows.filter((row) => row.until > 0 && row.version === version)
  return new Map(filled.map(({ measure, id, through, until }) => [measure, { id, through, until }]))
}

/** The project's keepings that are not retired, those that go furthest last. */
export function liveKeepings({ catalog }: Pick<Parts, 'catalog'>, projectId: number): Promise<KeepingRow[]> {
  return catalog
    .selectFrom('trait_keepings')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('retired_at', 'is', null)
    .orderBy('until')
    .orderBy('through')
    .orderBy('id')
    .execute()
}

/** A new keeping of a measure, which holds nothing yet: what is at or below `through` is of other projects. */
export async function beginKeeping({ catalog, store }: KeepingParts, of: Pick<KeepingRow, 'project_id' | 'measure'>, through: number): Promise<KeepingRow> {
  const row = await catalog
    .insertInto('trait_keepings')
    .values({ project_id: of.project_id, measure: of.measure, version, through, until: 0, rows: 0, retired_at: null })
    .returningAll()
    .executeTakeFirstOrThrow()
  // After a restored backup states may be there under a number that the catalog does not know of.
  await dropStates({ store }, partitionOf(row))
  await store.background(render(beginKeepingSql(row.project_id, row.id)))
  return row
}

/** From now on the keeping goes so far. Belongs into a turn of `rewriting`, in which it was seen to be there. */
export async function noteKeeping(
  { catalog }: Pick<Parts, 'catalog'>,
  id: number,
  note: Partial<Pick<KeepingRow, 'through' | 'until' | 'rows'>>,
): Promise<void> {
  await catalog.updateTable('trait_keepings').set(note).where('id', '=', id).execute()
}

/** From now on no question reads these; those that are being asked may. */
export async function retireKeepings({ catalog, clock }: Pick<Parts, 'catalog' | 'clock'>, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return
  await catalog.updateTable('trait_keepings').set({ retired_at: clock() }).where('id', 'in', ids).execute()
}

export async function isLive({ catalog }: Pick<Parts, 'catalog'>, id: number): Promise<boolean> {
  const row = await catalog.selectFrom('trait_keepings').select('id').where('id', '=', id).where('retired_at', 'is', null).executeTakeFirst()
  return row !== undefined
}

/** Takes away all that is kept of a project, at once. A question that was about to read it fails and can be asked again. */
export async function forgetKeepings({ catalog, store }: KeepingParts, projectId: number): Promise<void> {
  await catalog.deleteFrom('trait_keepings').where('project_id', '=', projectId).execute()
  for (const partition of await partitions({ store })) if (partition.startsWith(`${projectId}-`)) await dropStates({ store }, partition)
}

/** Drops the states of keepings that were retired before, and of those that the catalog does not know. */
export async function dropRetired({ catalog, store }: KeepingParts, before: number): Promise<void> {
  await catalog.deleteFrom('trait_keepings').where('retired_at', '<=', before).execute()
  const rows = await catalog.selectFrom('trait_keepings').select(['id', 'project_id']).execute()
  const known = new Set(rows.map(partitionOf))
  for (const partition of await partitions({ store })) if (!known.has(partition)) await dropStates({ store }, partition)
}

function partitionOf({ project_id, id }: Pick<KeepingRow, 'project_id' | 'id'>): string {
  return `${project_id}-${id}`
}

async function partitions({ store }: Pick<Parts, 'store'>): Promise<string[]> {
  const rows = await store.query<{ id: string }>(
    render(sql`select distinct partition_id as id from system.parts where database = 'kindred' and table = 'trait_states' and active`),
  )
  return rows.map(({ id }) => id)
}

/** At once and whole. The name is two numbers of ours. */
async function dropStates({ store }: Pick<Parts, 'store'>, partition: string): Promise<void> {
  await store.background(render(sql`alter table kindred.trait_states drop partition id '${raw(partition)}'`))
}
