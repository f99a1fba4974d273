import { render, sql } from '@kindred/engine'
import type { Properties } from '@kindred/model'
import type { Parts } from '../parts.ts'
import { sampleOf } from '../pipeline/definitions.ts'
import { readStoredValue } from '../store/clickhouse/stored-properties.ts'
import type { Sample } from './erase-catalog.ts'
import { rowsOf } from './erase-store.ts'
import { hotColumnsSql, type StoredEvent, wholeProperties } from './stored-events.ts'

interface Seen {
  uuids: string[]
  samples: Sample[]
}
/** What of the people's data is also known elsewhere, a piece at a time: the uuids of their events, and their values among the samples of names. */
export async function* seenValues(parts: Pick<Parts, 'store' | 'catalog'>, projectId: number, people: readonly number[]): AsyncGenerator<Seen> {
  const known = await knownSamples(parts, projectId)
  const events = sql`select toString(uuid) as uuid, toJSONString(properties) as properties, ${hotColumnsSql} from kindred.events where ${rowsOf('events', projectId, people)}`
  for await (const rows of parts.store.stream<StoredEvent>(render(events))) {
    const samples = rows.flatMap((row) => samplesIn('event', wholeProperties(row), known))
    yield { uuids: rows.map(({ uuid }) => uuid), samples: unique(samples) }
  }
  const changes = sql`select distinct key, value from kindred.person_property_changes where ${rowsOf('person_property_changes', projectId, people)}`
  for await (const rows of parts.store.stream<{ key: string; value: string }>(render(changes))) {
    const values = rows.filter(({ value }) => value !== '').map(({ key, value }) => ({ [key]: readStoredValue(value) }))
    yield { uuids: [], samples: unique(values.flatMap((properties) => samplesIn('person', properties, known))) }
  }
}

/** The samples that people are shown, of which there are at most ten for a name. */
async function knownSamples({ catalog }: Pick<Parts, 'catalog'>, projectId: number): Promise<Set<string>> {
  const rows = await catalog.selectFrom('property_definitions').select(['entity', 'name', 'samples']).where('project_id', '=', projectId).execute()
  return new Set(rows.flatMap(({ entity, name, samples }) => (JSON.parse(samples) as string[]).map((sample) => keyOf({ entity, name, sample }))))
}

function samplesIn(entity: Sample['entity'], properties: Properties, known: ReadonlySet<string>): Sample[] {
  const samples = Object.entries(properties).map(([name, value]) => ({ entity, name, sample: sampleOf(value) }))
  return samples.filter((sample) => known.has(keyOf(sample)))
}

function unique(samples: readonly Sample[]): Sample[] {
  return [...new Map(samples.map((sample) => [keyOf(sample), sample])).values()]
}

function keyOf({ entity, name, sample }: Sample): string {
  return JSON.stringify([entity, name, sample])
}
