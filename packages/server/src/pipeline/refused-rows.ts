import { hotTextColumns } from '@kindred/engine'
import type { JsonValue, Properties } from '@kindred/model'
import { parseJson } from '../capture/json.ts'
import type { Definitions } from './definitions.ts'
import { type Activity, activityLines, addActivity, type EventRowKey } from './rows.ts'

/** A row of events as it was written for the store. */
export interface WrittenEvent extends EventRowKey {
  event: string
  position: number
  properties: Properties
}

const propertyOf = new Map<string, string>(Object.entries(hotTextColumns).map(([name, column]) => [column, name]))

/** The time of a row, epoch milliseconds; NaN where it is not one. */
export function rowTime({ timestamp }: EventRowKey): number {
  return Date.parse(`${timestamp.replace(' ', 'T')}Z`)
}

/** The activity rows of an insert of events without those at `refused` positions. */
export function activityWithout(rows: Uint8Array, refused: ReadonlySet<number>): Buffer {
  const activity = new Map<number, Activity>()
  for (const line of Buffer.from(rows).toString('utf8').split('\n')) {
    const row = parseJson(line) as unknown as WrittenEvent
    if (refused.has(row.position)) continue
    const at = rowTime(row)
    addActivity(activity, { projectId: row.project_id, personId: row.person_id, first: at, last: at, events: 1 })
  }
  return activityLines(activity.values())
}

/** Takes back what the names of Data counted of an event whose row was refused. */
export function uncountRow(definitions: Definitions, row: WrittenEvent): void {
  definitions.uncountEvent(row.project_id, row.event)
  for (const [name, value] of propertiesOf(row)) definitions.uncountProperty(row.project_id, name, value)
}

/** Counts an event whose row is sent again. `at` is when, epoch milliseconds. */
export function countRow(definitions: Definitions, row: WrittenEvent, at: number): void {
  definitions.countEvent(row.project_id, row.event, rowTime(row))
  for (const [name, value] of propertiesOf(row)) definitions.countProperty(row.project_id, 'event', { name, value, at })
}

function propertiesOf(row: WrittenEvent): [string, JsonValue][] {
  const hot = Object.entries(row as unknown as Properties).flatMap(([column, value]): [string, JsonValue][] => {
    const name = propertyOf.get(column)
    return name === undefined ? [] : [[name, value]]
  })
  return [...Object.entries(row.properties), ...hot]
}
