import { setTimeout as sleep } from 'node:timers/promises'
import { bind, raw, render, type Sql, sql } from '@kindred/engine'
import type { ErasedPlace } from '@kindred/model'
import type { Parts } from '../parts.ts'
import type { Table } from '../store/clickhouse/store.ts'

type StoreParts = Pick<Parts, 'store'>

/** Tables of the store with rows of people, and the columns that hold the person's number. A test finds a table that is missing here. */
export const personColumns: Readonly<Record<Table, readonly string[]>> = {
  events: ['person_id', 'actor_id'],
  persons: ['person_id'],
  person_overrides: ['from_id', 'to_id'],
  person_activity: ['person_id'],
  person_property_changes: ['person_id'],
  segment_lists: ['person_id'],
  segment_changes: ['person_id'],
  segment_choices: ['person_id'],
  account_people: ['person_id'],
  consents: ['person_id'],
  accounts: [],
  segment_account_lists: [],
  postal_codes: [],
  postal_code_lines: [],
  trait_states: ['person_id', 'actor_id'],
}
export const personStoreTables = (Object.keys(personColumns) as Table[]).filter((table) => personColumns[table].length > 0)

const pause = 100
/** Inside a statement of the erasure nobody waits at a screen. */
const patient = { seconds: 3600 }

/** The rows of `table` that are of these people, as a condition. */
export function rowsOf(table: Table, projectId: number, people: readonly number[]): Sql {
  const ids = bind('Array(UInt64)', [...people])
  const columns = personColumns[table].map((column) => sql`${raw(column)} in ${ids}`)
  return sql`project_id = ${bind('UInt32', projectId)} and (${columns.reduce((left, right) => sql`${left} or ${right}`)})`
}

export async function countRows({ store }: StoreParts, table: Table, where: Sql): Promise<number> {
  const [row] = await store.query<{ n: string }>(render(sql`select count() as n from ${raw(`kindred.${table}`)} where ${where}`), patient)
  return Number(row?.n ?? 0)
}

/**
 * Deletes rows for good: the parts that hold them are written anew without them and the old parts removed from the disk. One pass, whether for one
 * person or thousands. It may be interrupted and run again. The store takes rows all the while. Errors: the engine cannot finish.
 */
export async function eraseRows({ store }: StoreParts, table: Table, where: Sql): Promise<void> {
  const name = raw(`kindred.${table}`)
  // Replaced parts otherwise stay on disk for minutes. Also after a crash in between the next run comes to the reset below.
  await store.command(render(sql`alter table ${name} modify setting old_parts_lifetime = 0`))
  try {
    await store.command(render(sql`alter table ${name} delete where ${where}`), patient)
    await mutationsDone({ store }, table)
    await oldPartsGone({ store }, table)
  } finally {
    await store.command(render(sql`alter table ${name} reset setting old_parts_lifetime`))
  }
}

/** The statement returns at once and the engine works beside others: waiting inside it would hold the only session that writes. */
async function mutationsDone({ store }: StoreParts, table: Table): Promise<void> {
  for (;;) {
    const open = await store.query<{ reason: string }>(
      render(
        sql`select latest_fail_reason as reason from system.mutations where database = 'kindred' and table = ${bind('String', table)} and not is_done and not is_killed`,
      ),
    )
    const failed = open.find(({ reason }) => reason !== '')
    if (failed !== undefined) throw new Error(`the store could not delete from ${table}: ${failed.reason.slice(0, 300)}`)
    if (open.length === 0) return
    await sleep(pause)
  }
}

/** Waits until the parts that were replaced are off the disk; a question that still reads one keeps it for as long. */
async function oldPartsGone({ store }: StoreParts, table: Table): Promise<void> {
  const waitedFor = new Set(await inactiveParts({ store }, table))
  for (;;) {
    // The engine removes old parts now and then; taking away a partition that cannot be there makes it look at once.
    await store.command(render(sql`alter table ${raw(`kindred.${table}`)} drop partition id '190001'`))
    const left = await inactiveParts({ store }, table)
    if (!left.some((part) => waitedFor.has(part))) return
    await sleep(pause)
  }
}

async function inactiveParts({ store }: StoreParts, table: Table): Promise<string[]> {
  const rows = await store.query<{ name: string }>(
    render(sql`select name from system.parts where database = 'kindred' and table = ${bind('String', table)} and not active`),
  )
  return rows.map(({ name }) => name)
}

/** What a search of the store finds of these people, table by table. */
export async function leftInStore(parts: StoreParts, projectId: number, people: readonly number[]): Promise<ErasedPlace[]> {
  const places: ErasedPlace[] = []
  for (const table of personStoreTables) {
    places.push({ place: placeOf(table), removed: 0, left: await countRows(parts, table, rowsOf(table, projectId, people)) })
  }
  return places
}

export function placeOf(table: Table): string {
  return `store: ${table}`
}
