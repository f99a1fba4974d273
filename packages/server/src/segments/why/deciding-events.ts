import {
  type ChainRow,
  type Clause,
  type CompileContext,
  chainRowsSql,
  decidingSql,
  eventsAtSql,
  matchedChain,
  type Subject,
  sequenceOf,
} from '@kindred/engine'
import type { DecidingEvent } from '@kindred/model'
import type { Alone } from '../alone/alone.ts'

const shownEvents = 10

export interface Asked {
  context: CompileContext
  /** Whose clauses they are: the one who stands alone. */
  subject: Subject
  clauses: readonly Clause[]
}

/**
 * By the place of the clause, the events that decide it: those of a sequence step by step where it is met; else the newest that count, or the one that does.
 */
export async function decidingEvents(alone: Alone, asked: Asked): Promise<Map<number, DecidingEvent[]>> {
  const found = await newestEvents(alone, asked)
  for (const [index, { plan }] of asked.clauses.entries()) {
    const sequence = sequenceOf(plan, asked.subject)
    const chain = sequence === null ? null : await chainEvents(alone, sequence, asked.context)
    if (chain !== null) found.set(index, chain)
  }
  return found
}

async function newestEvents(alone: Alone, { context, subject, clauses }: Asked): Promise<Map<number, DecidingEvent[]>> {
  const found = new Map<number, DecidingEvent[]>()
  const asked = (projectId: number) => decidingSql(clauses, { context: { ...context, projectId }, subject, limit: shownEvents })
  if (asked(0) === null) return found
  const rows = await alone.query<{ clause: number; id: string; event: string; at: string }>((projectId) => {
    const statement = asked(projectId)
    if (statement === null) throw new Error('some clause is decided by events')
    return statement
  })
  for (const { clause, id, event, at } of rows) found.set(clause, [...(found.get(clause) ?? []), { id, event, at: Number(at), step: null }])
  for (const events of found.values()) events.sort((one, other) => other.at - one.at)
  return found
}

/** The events that meet a sequence, in the order of its steps; null where none do. */
async function chainEvents(
  alone: Alone,
  { plan, subject }: NonNullable<ReturnType<typeof sequenceOf>>,
  context: CompileContext,
): Promise<DecidingEvent[] | null> {
  const rows = await alone.query<ChainRow>((projectId) => chainRowsSql(plan, { context: { ...context, projectId }, subject }))
  const chains = rows.flatMap((row) => {
    const chain = matchedChain(plan, row)
    return chain === null ? [] : [chain.map((at) => ({ time: Number(row.times[at]), place: Number(row.places[at]) }))]
  })
  const [latest] = chains.toSorted((one, other) => (other.at(-1)?.time ?? 0) - (one.at(-1)?.time ?? 0))
  if (latest === undefined) return null
  const positions = latest.map(({ place }) => place)
  const events = await alone.query<{ id: string; event: string; at: string; place: string }>((projectId) => eventsAtSql(positions, { ...context, projectId }))
  return latest.flatMap(({ time, place }, index) => {
    const event = events.find((each) => Number(each.at) === time && Number(each.place) === place)
    return event === undefined ? [] : [{ id: event.id, event: event.event, at: time, step: (plan.done[index]?.place ?? index) + 1 }]
  })
}
