import type { Override, PropertyChange, SavedPeople, SavedPerson } from '../identity/people.ts'
import type { Person } from '../identity/person.ts'
import type { Table } from '../store/clickhouse/store.ts'
import { storedProperties } from '../store/clickhouse/stored-properties.ts'
import { JsonLines } from './json-lines.ts'

/** JSONEachRow bytes for one insert into one table. `part` tells several of one table apart. */
export interface TableRows {
  table: Table
  part: number
  rows: Buffer
}

/** ClickHouse refuses an insert over more than 100 partitions; events have one per month. */
const mostMonths = 90

/** One insert of events, of so many months, and what they say of the activity of their people: should some be refused, it is known what they counted. */
class EventPart {
  readonly lines = new JsonLines()
  readonly activity = new Map<number, Activity>()
  months = 0
}

export interface Activity {
  projectId: number
  personId: number
  first: number
  last: number
  events: number
}

/** Collects the rows of one batch, table by table. */
export class RowSet {
  readonly #parts: EventPart[] = []
  readonly #partOfMonth = new Map<string, EventPart>()
  readonly #others = new Map<Table, JsonLines>()

  /** An event's row, counted for its person as known at that moment; readers add up the rows of merged people. `at` is its time, epoch milliseconds. */
  addEvent(row: EventRowKey & object, at: number): void {
    const { lines, activity } = this.#partOf(row.timestamp.slice(0, 7))
    lines.add(row)
    addActivity(activity, { projectId: row.project_id, personId: row.person_id, first: at, last: at, events: 1 })
  }

  /** A row of any other table as it was written before. */
  addRow(table: Table, row: object): void {
    const lines = this.#others.get(table) ?? new JsonLines()
    this.#others.set(table, lines)
    lines.add(row)
  }

  /** The batch's rows, ready to insert; no table without rows. */
  build(people: SavedPeople): TableRows[] {
    const persons = [...people.saved.map(personRow), ...people.gone.map(goneRow)]
    return [
      ...this.#parts.flatMap(({ lines, activity }, part): TableRows[] => [
        { table: 'events', part, rows: lines.take() },
        { table: 'person_activity', part, rows: activityLines(activity.values()) },
      ]),
      tableRows('persons', persons),
      tableRows('person_overrides', people.overrides.map(overrideRow)),
      tableRows('person_property_changes', people.changes.map(changeRow)),
      ...[...this.#others].map(([table, lines]) => ({ table, part: againPart, rows: lines.take() })),
    ].filter(({ rows }) => rows.byteLength > 0)
  }

  #partOf(month: string): EventPart {
    let part = this.#partOfMonth.get(month)
    if (part !== undefined) return part
    const last = this.#parts.at(-1)
    part = last !== undefined && last.months < mostMonths ? last : new EventPart()
    if (part !== last) this.#parts.push(part)
    part.months += 1
    this.#partOfMonth.set(month, part)
    return part
  }
}

/** What the rows of events are ordered and counted by. */
export interface EventRowKey {
  project_id: number
  person_id: number
  timestamp: string
}

/** Rows that are sent again have a part of their own, so that their tables' usual one keeps its token. */
const againPart = 1000

export function addActivity(to: Map<number, Activity>, more: Activity): void {
  const activity = to.get(more.personId)
  if (activity === undefined) {
    to.set(more.personId, more)
    return
  }
  if (more.first < activity.first) activity.first = more.first
  if (more.last > activity.last) activity.last = more.last
  activity.events += more.events
}

/** The rows of `person_activity`. */
export function activityLines(activity: Iterable<Activity>): Buffer {
  return linesOf(Array.from(activity, activityRow))
}

const dayMilliseconds = 86_400_000
const dates = new Map<number, string>()
const mostDates = 5000

/** The text ClickHouse reads as DateTime64(3, 'UTC'). `instant` is epoch milliseconds from 1970 to 2105. */
export function storeTime(instant: number): string {
  const day = Math.floor(instant / dayMilliseconds)
  const milliseconds = Math.floor(instant - day * dayMilliseconds)
  const seconds = Math.floor(milliseconds / 1000)
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  return `${dateOf(day)} ${clock}.${String(milliseconds % 1000).padStart(3, '0')}`
}

/** `2026-03-31` for days since 1970. The events of a batch are of few days, and a Date for each would cost more than the rest of its row. */
function dateOf(day: number): string {
  const known = dates.get(day)
  if (known !== undefined) return known
  if (dates.size >= mostDates) dates.clear()
  const date = new Date(day * dayMilliseconds).toISOString().slice(0, 10)
  dates.set(day, date)
  return date
}

function two(number: number): string {
  return number < 10 ? `0${number}` : String(number)
}

export function tableRows(table: Table, rows: readonly object[]): TableRows {
  return { table, part: 0, rows: linesOf(rows) }
}

function linesOf(rows: readonly object[]): Buffer {
  const lines = new JsonLines()
  for (const row of rows) lines.add(row)
  return lines.take()
}

function personRow({ person, distinctIds }: SavedPerson): object {
  return {
    project_id: person.projectId,
    person_id: person.id,
    version: person.version,
    is_deleted: 0,
    is_identified: Number(person.isIdentified),
    has_profile: Number(person.hasProfile),
    created_at: storeTime(person.createdAt),
    distinct_ids: distinctIds,
    properties: storedProperties(person.properties),
  }
}

/** A version of the row that takes a merged person out of the table. */
function goneRow(person: Person): object {
  return { ...personRow({ person, distinctIds: [] }), is_deleted: 1, properties: {} }
}

function overrideRow({ projectId, from, to, position }: Override): object {
  return { project_id: projectId, from_id: from, to_id: to, version: position }
}

function activityRow({ projectId, personId, first, last, events }: Activity): object {
  return { project_id: projectId, person_id: personId, first_seen: storeTime(first), last_seen: storeTime(last), events }
}

function changeRow({ cause, person, key, value }: PropertyChange): object {
  const { at, position, source } = cause
  return { project_id: person.projectId, person_id: person.id, key, value, at: storeTime(at), position, source }
}
