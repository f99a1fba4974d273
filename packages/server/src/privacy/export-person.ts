import { bind, type CompileContext, membersSql, planSegment, render, sql, unitOf } from '@kindred/engine'
import type { JsonValue, Project } from '@kindred/model'
import { personAccounts } from '../accounts/account-profile.ts'
import type { Parts } from '../parts.ts'
import { personProfile } from '../people/person-profile.ts'
import { questionContext } from '../projects/question-context.ts'
import { readProperties, readStoredValue } from '../store/clickhouse/stored-properties.ts'
import { personConsents } from './consents.ts'
import { rowsOf } from './erase-store.ts'
import { listOptOuts } from './opt-outs.ts'
import { withMerged } from './people-of-ids.ts'
import { hotColumnsSql, type StoredEvent, wholeProperties } from './stored-events.ts'

const pageRows = 500

interface ExportedEvent {
  event: string
  at: string
  received: string
  distinct_id: string
  source: string
  /** JSON text. */
  groups: string
}

/**
 * Everything that is kept about a person as one JSON object, a piece at a time: who they are, with hidden properties too, what changed, consents,
 * opt-outs, segments, accounts, then every event, newest first. Errors: `person/not-found`.
 */
export async function* exportPerson(parts: Parts, project: Project, id: number): AsyncGenerator<string> {
  const profile = await personProfile(parts, project, id)
  const people = await withMerged(parts, project.id, profile.id)
  const context = await questionContext(parts, project)
  const person = {
    id: profile.id,
    mergedIds: people.slice(1),
    distinctIds: await distinctIds(parts, profile.id),
    createdAt: profile.createdAt,
    lastSeenAt: profile.lastSeenAt,
    identified: profile.identified,
    properties: await personProperties(parts, profile.id),
    facts: profile.facts,
  }
  yield `{\n"exportedAt": ${JSON.stringify(new Date(parts.clock()).toISOString())},\n"project": ${JSON.stringify({ id: project.id, name: project.name })}`
  yield `,\n"person": ${JSON.stringify(person)}`
  yield* list('propertyHistory', propertyHistory(parts, project.id, people))
  yield `,\n"consents": ${JSON.stringify((await personConsents(parts, project.id, profile.id)).history)}`
  yield `,\n"optOuts": ${JSON.stringify((await listOptOuts(parts, project.id, { limit: pageRows, personId: profile.id })).results)}`
  yield* list('segments', segmentsOf(parts, context, profile.id))
  yield* list('accounts', accountsOf(parts, project, profile.id))
  yield* list('events', eventsOf(parts, project.id, people))
  yield '\n}\n'
}

async function* list(name: string, pieces: AsyncGenerator<unknown[]>): AsyncGenerator<string> {
  let before = `,\n"${name}": [\n`
  for await (const rows of pieces) {
    if (rows.length === 0) continue
    yield before + rows.map((row) => JSON.stringify(row)).join(',\n')
    before = ',\n'
  }
  yield before === ',\n' ? '\n]' : `,\n"${name}": []`
}

async function distinctIds({ catalog }: Parts, person: number): Promise<string[]> {
  const rows = await catalog.selectFrom('distinct_ids').select('distinct_id').where('person_id', '=', person).orderBy('distinct_id').execute()
  return rows.map(({ distinct_id }) => distinct_id)
}

async function personProperties({ catalog }: Parts, person: number): Promise<Record<string, JsonValue>> {
  const { properties } = await catalog.selectFrom('persons').select('properties').where('id', '=', person).executeTakeFirstOrThrow()
  return readProperties(properties)
}

async function* propertyHistory({ store }: Parts, projectId: number, people: readonly number[]): AsyncGenerator<unknown[]> {
  const changes = sql`select key, value, toUnixTimestamp64Milli(at) as at, source from kindred.person_property_changes
where ${rowsOf('person_property_changes', projectId, people)} order by position, key`
  for await (const rows of store.stream<{ key: string; value: string; at: string; source: string }>(render(changes))) {
    // Nothing in the value's place: the property was taken away.
    yield rows.map(({ key, value, at, source }) => ({
      key,
      value: value === '' ? null : readStoredValue(value),
      removed: value === '',
      at: Number(at),
      source,
    }))
  }
}

async function* segmentsOf(parts: Parts, context: CompileContext, person: number): AsyncGenerator<unknown[]> {
  for (const [id, segment] of context.segments) {
    // A number of a person may be that of an account too.
    if (unitOf(segment) !== 'person') continue
    const { name, kind } = segment
    const isIn = sql`select count() as n from (${membersSql(planSegment(id, context), context)}) where id = ${bind('UInt64', person)}`
    const [row] = await parts.store.query<{ n: string }>(render(isIn))
    yield Number(row?.n ?? 0) > 0 ? [{ id, name, kind }] : []
  }
}

async function* accountsOf(parts: Parts, project: Project, id: number): AsyncGenerator<unknown[]> {
  let cursor: string | undefined
  do {
    const { results, next } = await personAccounts(parts, project, { id, page: { limit: pageRows, ...(cursor && { cursor }) } })
    yield results
    cursor = next ?? undefined
  } while (cursor !== undefined)
}

/** Straight from the store: a copy for the person holds what others are not shown, too. */
async function* eventsOf({ store }: Parts, projectId: number, people: readonly number[]): AsyncGenerator<unknown[]> {
  const events = sql`select * from (select toString(uuid) as uuid, event, toUnixTimestamp64Milli(timestamp) as at, toUnixTimestamp64Milli(received_at) as received,
distinct_id, source, toJSONString(groups) as groups, toJSONString(properties) as properties, ${hotColumnsSql}
from kindred.events where ${rowsOf('events', projectId, people)} order by timestamp desc, position desc settings output_format_json_quote_64bit_integers = 0)`
  for await (const rows of store.stream<StoredEvent & ExportedEvent>(render(events))) {
    yield rows.map((row) => ({
      uuid: row.uuid,
      event: row.event,
      timestamp: Number(row.at),
      receivedAt: Number(row.received),
      distinctId: row.distinct_id,
      source: row.source,
      groups: JSON.parse(row.groups) as Record<string, string>,
      properties: wholeProperties(row),
    }))
  }
}
