import { bind, join, render, sql } from '@kindred/engine'
import type { Parts } from '../parts.ts'
import type { ImportRecord } from './import-table.ts'

/** How many people the events belong to that the import has added and the store has by now. One import runs at a time, so its positions are its own. */
export async function countPeople({ store }: Pick<Parts, 'store'>, { projectId, progress }: ImportRecord): Promise<number> {
  if (progress.positions.length === 0) return 0
  const within = progress.positions.map(([first, last]) => sql`position between ${bind('UInt64', first)} and ${bind('UInt64', last)}`)
  const [row] = await store.query<{ people: string | number }>(
    render(
      sql`select uniqExact(person_id) as people from kindred.events where project_id = ${bind('UInt32', projectId)} and source = 'import' and (${join(within, ' or ')})`,
    ),
    { unhurried: true },
  )
  return Number(row?.people ?? 0)
}
