import type { DeletionReceipt, ErasedPlace, Properties } from '@kindred/model'
import type Database from 'better-sqlite3'
import { parseJson } from '../capture/json.ts'
import { changedBeside } from '../pipeline/beside.ts'
import { idHash } from './id-hash.ts'
import { Named } from './named.ts'

interface DeletionRow {
  id: number
  project_id: number
  block: number
  requested_by: string
  receipt: string
}
interface PersonIds {
  id: number
  properties: string
}
/** Properties whose value names a person also where nothing else does. */
const namingProperties = ['email', '$email', 'phone', '$phone']

/**
 * Tables of the catalog with a row per person, cleared by the column that holds the person's number. `docs/privacy.md` lists the same places;
 * a test finds a table that is missing here.
 */
export const personTables: readonly { table: string; columns: readonly string[]; place: string }[] = [
  { table: 'distinct_ids', columns: ['person_id'], place: 'ids of people' },
  { table: 'person_merges', columns: ['from_id', 'to_id'], place: 'merges of people' },
  { table: 'consents', columns: ['person_id'], place: 'consents' },
  { table: 'account_people', columns: ['person_id'], place: 'memberships of accounts' },
  { table: 'person_sessions', columns: ['person_id'], place: 'sessions' },
  { table: 'segment_choices', columns: ['person_id'], place: 'choices by hand' },
  { table: 'list_rows', columns: ['person_id'], place: 'reports of lists' },
  { table: 'persons', columns: ['id'], place: 'people' },
]

export function deletionRow(catalog: Database.Database, id: number): DeletionRow {
  const row = catalog.prepare<[number], DeletionRow>('select id, project_id, block, requested_by, receipt from deletions where id = ?').get(id)
  if (row === undefined) throw new Error(`there is no deletion ${id}`)
  return row
}

/**
 * The moment of the deletion, one transaction: the people are gone from the catalog, tombstones stand for their ids, and what is still to be done is
 * written down. `position` is where the log ends: what it holds up to there stays out. An event after it begins somebody new.
 */
export function markDeleted(catalog: Database.Database, { id, position, now }: { id: number; position: () => number; now: number }): void {
  catalog
    .transaction(() => {
      const deletion = deletionRow(catalog, id)
      const end = position()
      const roots = rootsOf(catalog, deletion)
      const people = [...new Set(roots.flatMap((root) => [root.id, ...mergedInto(catalog, root.id)]))]
      const ids = roots.flatMap((root) => distinctIdsOf(catalog, root.id))
      const names = [...ids, ...roots.flatMap(namingValues)]
      const hashes = hashesOf(catalog, deletion.project_id, ids)
      keepWorkList(catalog, id, { people, names })
      setTombstones(catalog, { deletion, hashes, position: end, now })
      if (deletion.block === 1) addBlock(catalog, { deletion, hashes, position: end, now })
      forgetOptOutNames(catalog, deletion.project_id, { people, hashes })
      forgetSegmentNames(catalog, deletion.project_id, names)
      const places = personTables.map((each): ErasedPlace => ({ place: each.place, removed: deleteRows(catalog, each, people), left: null }))
      changedBeside(catalog)
      const receipt: DeletionReceipt = { personIds: people, idHashes: hashes, position: end, places, wiped: [] }
      catalog.prepare(`update deletions set step = 'names', people = ?, receipt = ? where id = ?`).run(roots.length, JSON.stringify(receipt), id)
    })
    .immediate()
}

/** The people named, as they are today; who is gone already is left out. */
function rootsOf(catalog: Database.Database, { id, project_id }: DeletionRow): PersonIds[] {
  return catalog
    .prepare<[number, number], PersonIds>(
      `select distinct p.id, p.properties from deletion_people d left join person_merges m on m.from_id = d.person_id
       join persons p on p.id = ifnull(m.to_id, d.person_id) where d.deletion_id = ? and p.project_id = ?`,
    )
    .all(id, project_id)
}

function mergedInto(catalog: Database.Database, root: number): number[] {
  return catalog
    .prepare<[number], { id: number }>('select from_id as id from person_merges where to_id = ?')
    .all(root)
    .map(({ id }) => id)
}

function distinctIdsOf(catalog: Database.Database, person: number): string[] {
  return catalog
    .prepare<[number], { id: string }>('select distinct_id as id from distinct_ids where person_id = ?')
    .all(person)
    .map(({ id }) => id)
}

function namingValues({ properties }: PersonIds): string[] {
  const values = parseJson(properties) as Properties
  return namingProperties.flatMap((key) => {
    const value = values[key]
    return typeof value === 'string' && value.trim() !== '' ? [value.trim()] : []
  })
}

function hashesOf(catalog: Database.Database, projectId: number, ids: readonly string[]): string[] {
  const key = catalog.prepare<[], { value: string }>(`select value from settings where name = 'privacy.key'`).get()?.value ?? ''
  return ids.map((id) => idHash(key, projectId, id))
}

function keepWorkList(catalog: Database.Database, id: number, { people, names }: { people: readonly number[]; names: readonly string[] }): void {
  catalog.prepare('delete from deletion_people where deletion_id = ?').run(id)
  const addPerson = catalog.prepare('insert or ignore into deletion_people (deletion_id, person_id) values (?, ?)')
  for (const person of people) addPerson.run(id, person)
  const addName = catalog.prepare('insert or ignore into deletion_names (deletion_id, name) values (?, ?)')
  for (const name of names) addName.run(id, name)
}

interface Ruling {
  deletion: DeletionRow
  hashes: readonly string[]
  position: number
  now: number
}

function setTombstones(catalog: Database.Database, { deletion, hashes, position, now }: Ruling): void {
  const set = catalog.prepare(
    `insert into tombstones (project_id, hash, position, at, deletion_id) values (?, ?, ?, ?, ?)
     on conflict do update set position = excluded.position, at = excluded.at, deletion_id = excluded.deletion_id`,
  )
  for (const hash of hashes) set.run(deletion.project_id, hash, position, now, deletion.id)
}

function addBlock(catalog: Database.Database, { deletion, hashes, position, now }: Ruling): void {
  const { lastInsertRowid } = catalog
    .prepare('insert into opt_outs (project_id, reason, created_by, created_at, position) values (?, ?, ?, ?, ?)')
    .run(deletion.project_id, `Blocked with deletion ${deletion.id}`, deletion.requested_by, now, position)
  const add = catalog.prepare('insert or ignore into opt_out_ids (project_id, hash, opt_out_id) values (?, ?, ?)')
  for (const hash of hashes) add.run(deletion.project_id, hash, lastInsertRowid)
}

/** Opt-outs of the deleted still hold, without naming them. */
function forgetOptOutNames(catalog: Database.Database, projectId: number, { people, hashes }: { people: readonly number[]; hashes: readonly string[] }): void {
  const byPerson = catalog.prepare(`update opt_outs set distinct_id = null, person_id = null, reason = '' where person_id = ?`)
  for (const person of people) byPerson.run(person)
  const byHash = catalog.prepare(
    `update opt_outs set distinct_id = null, person_id = null, reason = '' where distinct_id is not null
     and id in (select opt_out_id from opt_out_ids where project_id = ? and hash = ?)`,
  )
  for (const hash of hashes) byHash.run(projectId, hash)
}

/** Sample people of segments' tests and rows of uploaded lists that name them by an id or an address. */
function forgetSegmentNames(catalog: Database.Database, projectId: number, names: readonly string[]): void {
  const test = catalog.prepare('delete from segment_tests where project_id = ? and distinct_id = ?')
  const row = catalog.prepare('delete from list_rows where project_id = ? and value = ?')
  for (const name of names) for (const statement of [test, row]) statement.run(projectId, name)
}

function deleteRows(catalog: Database.Database, { table, columns }: (typeof personTables)[number], people: readonly number[]): number {
  const statements = columns.map((column) => catalog.prepare<[number]>(`delete from ${table} where ${column} = ?`))
  let removed = 0
  for (const person of people) for (const statement of statements) removed += statement.run(person).changes
  return removed
}

/** The people and names of a deletion under way. */
export function workList(catalog: Database.Database, id: number): { people: number[]; named: Named } {
  const people = catalog.prepare<[number], { id: number }>('select person_id as id from deletion_people where deletion_id = ?').all(id)
  const names = catalog.prepare<[number], { name: string }>('select name from deletion_names where deletion_id = ?').all(id)
  const numbers = people.map((each) => each.id)
  return {
    people: numbers,
    named: new Named(
      names.map((each) => each.name),
      numbers,
    ),
  }
}

/** A value that was seen in the data of the deleted, as a sample shows it. */
export interface Sample {
  entity: 'event' | 'person'
  name: string
  sample: string
}

/** Takes values out of the samples of property definitions. Answers how many were taken out. */
export function removeSamples(catalog: Database.Database, projectId: number, samples: readonly Sample[]): number {
  const read = catalog.prepare<[number, string, string], { samples: string }>(
    'select samples from property_definitions where project_id = ? and entity = ? and name = ?',
  )
  const write = catalog.prepare('update property_definitions set samples = ? where project_id = ? and entity = ? and name = ?')
  const work = () => {
    let removed = 0
    for (const { entity, name, sample } of samples) {
      const row = read.get(projectId, entity, name)
      const kept = row === undefined ? [] : (JSON.parse(row.samples) as string[])
      if (!kept.includes(sample)) continue
      removed += 1
      const others = kept.filter((each) => each !== sample)
      write.run(JSON.stringify(others), projectId, entity, name)
    }
    changedBeside(catalog)
    return removed
  }
  return catalog.transaction(work).immediate()
}

/** Ends the work list and keeps the receipt: from here on nothing names the people any more. */
export function closeDeletion(catalog: Database.Database, id: number, receipt: DeletionReceipt): void {
  catalog
    .transaction(() => {
      for (const table of ['deletion_people', 'deletion_names']) catalog.prepare(`delete from ${table} where deletion_id = ?`).run(id)
      catalog.prepare(`update deletions set step = 'wipe', receipt = ? where id = ?`).run(JSON.stringify(receipt), id)
    })
    .immediate()
}
