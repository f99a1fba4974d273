import { type CapturedEvent, meantIssue, type Project, type Properties, type ServerEvent, type ServerEventsReply, serverEventSchema } from '@kindred/model'
import { entryOf, packEntries } from '../log/entry.ts'
import type { Parts } from '../parts.ts'
import { writeJson } from './json.ts'
import { uuidV5, uuidV7 } from './uuid.ts'

const farthestAhead = 24 * 3_600_000
/** The space of uuids made for events that a request with an Idempotency-Key brought without one. */
const madeUuids = '6d0c3b52-9a0e-5c0e-8f57-0f3a4f2f8a11'

export interface ServerEventBatch {
  events: readonly unknown[]
  /** The request's own, if it has one: events without a uuid get one by it, so that the same request brings them once. */
  idempotencyKey: string | undefined
}

/** Takes the good events of a batch, on disk when this resolves, and tells of each bad one what is wrong with it. */
export async function takeServerEvents(
  { ingest, clock }: Pick<Parts, 'ingest' | 'clock'>,
  project: Project,
  batch: ServerEventBatch,
): Promise<ServerEventsReply> {
  const now = clock()
  const rejected: ServerEventsReply['rejected'] = []
  const entries = batch.events.flatMap((value, index) => {
    const read = serverEventSchema.safeParse(value)
    const mistake = read.success ? laterThanNow(read.data, now) : firstMistake(read.error.issues.map(meantIssue))
    if (mistake !== undefined) rejected.push({ index, ...mistake })
    if (!read.success || mistake !== undefined) return []
    const made = batch.idempotencyKey === undefined ? uuidV7(now) : uuidV5(madeUuids, `${project.id} ${batch.idempotencyKey} ${index} ${writeJson(value)}`)
    return [entryOf(capturedEvent(read.data, { made, now }))]
  })
  const { appended, duplicates, position } = await ingest.append({ projectId: project.id, source: 'api', events: packEntries(entries) })
  return { accepted: appended, duplicates, rejected, position }
}

function firstMistake([issue]: readonly { path: PropertyKey[]; message: string }[]): { field: string; reason: string } {
  return { field: issue?.path.join('.') ?? '', reason: issue?.message ?? 'it does not have the right shape' }
}

function laterThanNow({ timestamp }: ServerEvent, now: number): { field: string; reason: string } | undefined {
  return instantOf(timestamp, now) > now + farthestAhead ? { field: 'timestamp', reason: 'it is more than 24 hours ahead' } : undefined
}

const instantOf = (timestamp: ServerEvent['timestamp'], now: number) => (timestamp === undefined ? now : new Date(timestamp).getTime())

function capturedEvent({ uuid, timestamp, properties, ...rest }: ServerEvent, { made, now }: { made: string; now: number }): CapturedEvent {
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) as Omit<typeof rest, 'set'>
  return {
    ...(given as Pick<CapturedEvent, 'event' | 'distinctId'>),
    uuid: uuid?.toLowerCase() ?? made,
    timestamp: instantOf(timestamp, now),
    properties: (properties ?? {}) as Properties,
  }
}
