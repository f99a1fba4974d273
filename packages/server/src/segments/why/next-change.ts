import { accountSubject, bind, type CompileContext, eventNameSql, eventProperty, join, personProperty, personSubject, type Sql, sql } from '@kindred/engine'
import { dateOf, type SegmentDefinition, type SegmentWhy, standardNameProblem } from '@kindred/model'
import type { Alone } from '../alone/alone.ts'
import { namedSegments } from '../users.ts'
import { candidateInstants, type TimeParts, timeParts } from './candidates.ts'
import { eventsAsked } from './events-asked.ts'

/** Asked at more instants than this the answer would take too long. */
const mostCandidates = 4000
/** Of somebody with very many events, the newest: older ones have left every window that is not longer than a life. */
const mostEvents = 20_000

interface Asked {
  definition: SegmentDefinition
  context: CompileContext
  isMember: boolean
  createdAt: number
}

/**
 * When somebody enters or leaves if nothing happens: the same definition is asked at each instant at which its answer may change, in order, until it does.
 */
export async function nextChange(
  alone: Alone,
  { definition, context, isMember, createdAt }: Asked,
): Promise<Pick<SegmentWhy, 'next' | 'horizon' | 'nextUnknown'>> {
  const { unit } = definition
  const definitions = reached(definition, context)
  const parts = timeParts(definitions)
  const { now, timezone } = context
  const unknown = (nextUnknown: string) => ({ next: null, horizon: now, nextUnknown })
  if (parts.beyond !== null) return unknown(`This cannot be told from one ${unit} alone: ${parts.beyond}.`)
  const events = eventsAsked(
    definitions.map(({ where }) => where),
    context,
  )
  const instants = await instantsOf(alone, { context, parts, events, createdAt })
  const { candidates, horizon } = candidateInstants(parts, { instants, now, timezone })
  const asked = candidates.slice(0, mostCandidates)
  // A few first: most changes are near.
  for (let from = 0, step = 10; from < asked.length; from += step, step = 40) {
    const some = asked.slice(from, from + step)
    const members = await alone.membersAt(definition, context, some)
    const changed = members.findIndex((member) => member !== isMember)
    const at = some[changed]
    if (at !== undefined) return { next: { at, becomes: isMember ? 'out' : 'in' }, horizon, nextUnknown: null }
  }
  return { next: null, horizon: asked.length < candidates.length ? (asked.at(-1) ?? now) : horizon, nextUnknown: null }
}

/** The definition and those of the segments it leads to. */
function reached(definition: SegmentDefinition, { segments }: CompileContext): SegmentDefinition[] {
  const found = new Map<number, SegmentDefinition>()
  const reach = (each: SegmentDefinition): void => {
    for (const id of namedSegments(each.where)) {
      const segment = segments.get(id)
      if (segment?.kind !== 'rule' || found.has(id)) continue
      found.set(id, segment.definition)
      reach(segment.definition)
    }
  }
  reach(definition)
  return [definition, ...found.values()]
}

interface Happened {
  context: CompileContext
  parts: TimeParts
  /** The names of the events that count; null: all. */
  events: readonly string[] | null
  createdAt: number
}

async function instantsOf(alone: Alone, { context, parts, events: names, createdAt }: Happened): Promise<number[]> {
  const events = await alone.query<{ at: string }>(
    (projectId) =>
      sql`select distinct toUnixTimestamp64Milli(e.timestamp) as at from kindred.events as e where e.project_id = ${bind('UInt32', projectId)} and ${eventNameSql(names)} order by at desc limit ${bind('UInt32', mostEvents)}`,
  )
  const joined = await alone.query<{ at: string }>(
    (projectId) => sql`select distinct toUnixTimestamp64Milli(since) as at from kindred.segment_changes where project_id = ${bind('UInt32', projectId)}`,
  )
  const said = await alone.query<{ at: string }>(
    (projectId) => sql`select distinct toUnixTimestamp64Milli(at) as at from kindred.consents where project_id = ${bind('UInt32', projectId)}`,
  )
  // Of the people of an account too: it may be asked how long they have been there.
  const seen = await alone.query<{ at: string }>((projectId) => {
    const inPlace = sql`where project_id = ${bind('UInt32', projectId)}`
    return sql`select toUnixTimestamp64Milli(created_at) as at from kindred.persons ${inPlace} union all select toUnixTimestamp64Milli(first_seen) as at from kindred.account_people ${inPlace}`
  })
  const dates = parts.dated.length === 0 ? [] : await datesOf(alone, { context, dated: parts.dated })
  return [...new Set([createdAt, ...[...events, ...joined, ...said, ...seen].map(({ at }) => Number(at)), ...dates])]
}

/** Dates under the names that a definition compares with dates, on people and accounts and on their events. */
async function datesOf(alone: Alone, { context, dated }: { context: CompileContext; dated: readonly string[] }): Promise<number[]> {
  const rows = await alone.query<{ text: string }>((projectId) => {
    const asked = { ...context, projectId }
    const on = (of: 'person' | 'account', rows: Sql) =>
      dated.filter((name) => standardNameProblem(name, of) === null).map((name) => sql`select ifNull(${personProperty(name, asked).text}, '') as text ${rows}`)
    const ofThem = [...on('person', personSubject.rows(asked)), ...on('account', accountSubject().rows(asked))]
    const ofEvents = dated
      .filter((name) => !name.startsWith('standard.'))
      .map(
        (name) =>
          sql`select distinct ifNull(${eventProperty(name).text}, '') as text from kindred.events as e where e.project_id = ${bind('UInt32', projectId)}`,
      )
    return join([...ofThem, ...ofEvents], ' union all ')
  })
  return rows.flatMap(({ text }) => dateOf(text, context.timezone) ?? [])
}
