import { hotTextColumns } from '@kindred/engine'
import type { JsonValue, Properties } from '@kindred/model'
import { writeJson } from '../../capture/json.ts'
import { storedProperty } from '../../store/clickhouse/stored-properties.ts'
import type { Batch } from '../batch.ts'
import { ok, type Passage, type StepResult } from '../passage.ts'
import { storeTime } from '../rows.ts'

const columnOf = new Map<string, string>(Object.entries(hotTextColumns))

/** The event's row, the person's activity, and the names for Data. */
export function write(passage: Passage, { rows, definitions }: Batch): StepResult {
  const { event, person, projectId, position, source, receivedAt } = passage
  const timestamp = storeTime(event.timestamp)
  const columns: Record<string, string> = {}
  const rest: Properties = {}
  // One walk over the properties for all that is made of them: this is the busiest loop of the product.
  for (const name in event.properties) {
    const value = event.properties[name] ?? null
    // A null is the same as nothing in the store, so it is not sent.
    if (value === null) continue
    const column = columnOf.get(name)
    if (column === undefined) rest[name] = storedProperty(name, value)
    else columns[column] = columnText(value)
    definitions.countProperty(projectId, 'event', { name, value, at: receivedAt })
  }
  const row = {
    project_id: projectId,
    event: event.event,
    timestamp,
    actor_id: person.id,
    person_id: person.id,
    uuid: event.uuid,
    distinct_id: event.distinctId,
    ...columns,
    groups: event.groups ?? {},
    properties: rest,
    received_at: storeTime(receivedAt),
    position,
    source,
  }
  rows.addEvent(row, event.timestamp)
  definitions.countEvent(projectId, event.event, event.timestamp)
  return ok
}

/** Hot properties become text columns. */
function columnText(value: JsonValue): string {
  return typeof value === 'string' ? value : writeJson(value)
}
