import { type CapturedEvent, KindredError, type Properties, type Source } from '@kindred/model'
import { z } from 'zod'
import { writeAnyJson } from '../capture/deep-json.ts'
import { parseJson } from '../capture/json.ts'
import { readPosthogEvent } from '../capture/posthog-event.ts'
import { type EventContext, isObject, type ReadEvent } from '../capture/read-request.ts'
import { readSegmentMessage } from '../capture/segment-message.ts'
import { readInstant } from '../capture/time.ts'
import { readUuid } from '../capture/uuid.ts'
import { lineOf } from '../log/entry.ts'
import type { LogEntry, ReplayedEntry } from '../log/log.ts'
import type { QuarantineForm } from '../pipeline/aside.ts'
import type { Table } from '../store/clickhouse/store.ts'

/** What is known of a set-aside event beside its body. */
export interface SetAsideEvent {
  id: number
  source: string
  form: string
  /** JSON. */
  context: string
  /** When it first came, epoch milliseconds: its time where it says none itself. */
  received_at: number
  body: string
}

const json = z.custom<Properties>(isObject, 'it is an object')
const instant = z.union([z.number(), z.string()]).transform((value, context) => {
  const read = typeof value === 'number' ? value : readInstant(value)
  if (read === null) context.addIssue('write epoch milliseconds, or a time such as 2026-03-31T12:00:00Z')
  return read ?? 0
})
/** A `CapturedEvent` as a person may correct it: its time as a number or as text. */
const eventSchema = z.strictObject({
  uuid: z.string().transform((text, context) => {
    const uuid = readUuid(text)
    if (uuid === null) context.addIssue('it is not a uuid')
    return uuid ?? ''
  }),
  event: z.string().trim().min(1).max(200),
  distinctId: z.string().trim().min(1).max(200),
  timestamp: instant,
  originalTimestamp: z.string().optional(),
  properties: json,
  set: json.optional(),
  setOnce: json.optional(),
  unset: z.array(z.string()).optional(),
  otherId: z.string().max(200).optional(),
  groups: z.record(z.string(), z.string()).optional(),
  personProfile: z.boolean().optional(),
  ip: z.string().optional(),
  userAgent: z.string().optional(),
  hints: z.array(z.string()).optional(),
})
/** What the pipeline itself reads of a row of events; of the rest the store judges. */
const eventRowSchema = z.looseObject({
  event: z.string(),
  person_id: z.number().int(),
  timestamp: z.string().regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d+)?$/, 'write it as 2026-03-31 12:00:00.000'),
  properties: json,
})

/**
 * A set-aside event as an entry of the log, to be sent again with the body `text`. It keeps its uuid; one that was changed is checked against those that came
 * before. Errors: `quarantine/unreadable`, with the reason for which it still cannot be read.
 */
export function readAgain(aside: SetAsideEvent, text: string): LogEntry {
  const value = parse(text)
  if ((aside.form as QuarantineForm) === 'row') return rowEntry(aside, value)
  const event = aside.form === 'wire' ? wireEvent(aside, value) : parsedEvent(value)
  const entry: ReplayedEntry = { replay: aside.id, event }
  return lineOf(event.uuid === uuidBefore(aside) ? null : event.uuid, write(entry))
}

function parse(text: string): unknown {
  try {
    return parseJson(text)
  } catch (error) {
    throw unreadable(error instanceof Error ? error.message : 'it is not JSON')
  }
}

function rowEntry({ id, context }: SetAsideEvent, value: unknown): LogEntry {
  if (!isObject(value)) throw unreadable('a row is a JSON object')
  const { table } = JSON.parse(context) as { table?: Table }
  if (table === undefined) throw unreadable('its table is not known')
  const parsed = table === 'events' ? eventRowSchema.safeParse(value) : undefined
  if (parsed?.success === false) throw unreadable(issueText(parsed.error))
  return lineOf(null, write({ replay: id, table, row: value } satisfies ReplayedEntry))
}

function parsedEvent(value: unknown): CapturedEvent {
  const parsed = eventSchema.safeParse(value)
  if (parsed.success) return parsed.data as CapturedEvent
  throw unreadable(issueText(parsed.error))
}

function issueText({ issues: [issue] }: z.ZodError): string {
  return `${issue?.path.join('.') || 'the event'}: ${issue?.message ?? 'it does not have the right shape'}`
}

function wireEvent(aside: SetAsideEvent, value: unknown): CapturedEvent {
  const read = readWire(aside, value)
  if ('event' in read) return read.event
  throw unreadable('rejected' in read ? read.rejected.detail : 'it is a session recording, which is not kept')
}

function readWire({ source, context, received_at: receivedAt }: SetAsideEvent, value: unknown): ReadEvent {
  const around: EventContext = { sentAt: null, ip: '', userAgent: '', ...(JSON.parse(context) as Partial<EventContext>), receivedAt }
  return (source as Source) === 'segment' ? readSegmentMessage(value, around) : readPosthogEvent(value, around)
}

/** The uuid the event had when it was set aside, which the log knows since; null where it had none. */
function uuidBefore(aside: SetAsideEvent): string | null {
  try {
    const value = parseJson(aside.body)
    if (aside.form === 'event') return isObject(value) && typeof value.uuid === 'string' ? value.uuid : null
    const read = readWire(aside, value)
    return 'rejected' in read ? read.uuid : null
  } catch {
    return null
  }
}

/** A change that nests as deep as before is set aside once more by the pipeline. */
function write(entry: ReplayedEntry): string {
  return writeAnyJson(entry)
}

function unreadable(reason: string): KindredError {
  return new KindredError('quarantine/unreadable', { reason: reason.slice(0, 300) })
}
