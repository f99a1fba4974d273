import { writeJson } from '../capture/json.ts'
import type { Override, Person, PropertyChange, SavedPeople, SavedPerson } from '../identity/people.ts'
import type { Table } from '../store/clickhouse/store.ts'

/** JSONEachRow bytes for one insert into one table. `part` tells several of one table apart. */
export interface TableRows {
  table: Table
  part: number
  rows: Buffer
}

/** ClickHouse refuses an insert over more than 100 partitions; events have one per month. */
const mostMonths = 90

interface Activity {
  projectId: number
  personId: number
  first: number
  last: number
  events: number
}

/** Collects the rows of one batch, table by table. */
export class RowSet {
  readonly #events = new Map<string, string[]>()
  readonly #activity = new Map<number, Activity>()

  /** `month` is the partition, `YYYY-MM`. */
  addEvent(month: string, row: object): void {
    const line = writeJson(row)
    const lines = this.#events.get(month)
    if (lines === undefined) this.#events.set(month, [line])
    else lines.push(line)
  }

  /** Counts an event for its person as known at that moment; readers add up the rows of merged people. */
  addActivity(projectId: number, personId: number, at: number): void {
    const activity = this.#activity.get(personId)
    if (activity === undefined) {
      this.#activity.set(personId, { projectId, personId, first: at, last: at, events: 1 })
      return
    }
    activity.first = Math.min(activity.first, at)
    activity.last = Math.max(activity.last, at)
    activity.events += 1
  }

  /** The batch's rows, ready to insert; no table without rows. */
  build(people: SavedPeople): TableRows[] {
    const persons = [...people.saved.map(personRow), ...people.gone.map(goneRow)]
    return [
      ...this.#eventParts(),
      tableRows('persons', persons.map(writeJson)),
      tableRows('person_overrides', people.overrides.map(overrideRow).map(writeJson)),
      tableRows('person_activity', [...this.#activity.values()].map(activityRow).map(writeJson)),
      tableRows('person_property_changes', people.changes.map(changeRow).map(writeJson)),
    ].filter(({ rows }) => rows.byteLength > 0)
  }

  #eventParts(): TableRows[] {
    const months = [...this.#events.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, lines]) => lines)
    const parts: TableRows[] = []
    for (let from = 0; from < months.length; from += mostMonths) {
      parts.push(tableRows('events', months.slice(from, from + mostMonths).flat(), parts.length))
    }
    return parts
  }
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

function tableRows(table: Table, lines: string[], part = 0): TableRows {
  return { table, part, rows: Buffer.from(lines.join('\n')) }
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
    properties: person.properties,
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
