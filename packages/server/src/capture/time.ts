/** What a request says about when one event happened. Instants are epoch milliseconds. */
export interface TimeClaim {
  timestamp: unknown
  /** Milliseconds between the event and its sending, of old senders. */
  offset: unknown
  sentAt: number | null
  /** `$ignore_sent_at`: the sender vouches for its clock. */
  ignoreSentAt: boolean
  receivedAt: number
}

export interface EventTime {
  at: number
  /** The sender's own words, where they were too far ahead to be believed. */
  original?: string
}

const farthestAhead = 24 * 3_600_000
const isoForm = /^[+-]?\d{4,6}-\d{2}(-\d{2})?([T ]\d{2}(:?\d{2}(:?\d{2}([.,]\d+)?)?)?\s*(Z|[+-]\d{2}(:?\d{2})?)?)?$/i
const zoneForm = /(Z|[+-]\d{2}(:?\d{2})?)$/i

/**
 * When an event happened, corrected for the sender's clock: `received + (timestamp − sent)`. Without a usable sending time the timestamp
 * stands as it is; without a timestamp the offset counts back from now; an instant more than 24 h ahead becomes now.
 */
export function eventTime(claim: TimeClaim): EventTime {
  const { receivedAt, sentAt } = claim
  const timestamp = readInstant(claim.timestamp)
  if (timestamp === null) {
    const offset = typeof claim.offset === 'number' && Number.isFinite(claim.offset) ? claim.offset : 0
    return { at: receivedAt - Math.max(0, offset) }
  }
  const at = sentAt === null || claim.ignoreSentAt ? timestamp : receivedAt + (timestamp - sentAt)
  return at > receivedAt + farthestAhead ? { at: receivedAt, original: String(claim.timestamp) } : { at }
}

/** An ISO 8601 text (without a zone: UTC), or epoch seconds or milliseconds; null where it cannot be read. */
export function readInstant(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? Math.round(Math.abs(value) < 1e11 ? value * 1000 : value) : null
  if (typeof value !== 'string') return null
  const text = value.trim()
  if (!isoForm.test(text)) return null
  const instant = Date.parse(isoForDate(text))
  return Number.isNaN(instant) ? null : instant
}

/** `Date.parse` reads a time without a zone as local and wants `T`, points and colons. */
function isoForDate(text: string): string {
  const [date = '', time] = text.split(/[T ]/i, 2) as [string, string?]
  if (time === undefined || text.length <= 10) return date
  const rest = text.slice(date.length + 1).replace(',', '.')
  const zone = zoneForm.exec(rest)?.[0] ?? ''
  const clock = rest.slice(0, rest.length - zone.length).trim()
  const pointed = clock.replace(/^(\d{2})(\d{2})/, '$1:$2').replace(/^(\d{2}:\d{2})(\d{2})/, '$1:$2')
  return `${date}T${pointed.length === 2 ? `${pointed}:00` : pointed}${zoneForDate(zone)}`
}

function zoneForDate(zone: string): string {
  if (zone === '' || zone.toUpperCase() === 'Z') return 'Z'
  const digits = zone.slice(1).replace(':', '')
  return `${zone[0]}${digits.slice(0, 2)}:${digits.slice(2) || '00'}`
}

/** The sending time of a request: in the body, or in the query of old senders. Epoch seconds there are nonsense and ignored. */
export function sendingTime(inBody: unknown, query: Record<string, string>): number | null {
  const inQuery = query._ ?? query.sent_at
  const claim = inBody ?? (inQuery !== undefined && /^\d+$/.test(inQuery) ? Number(inQuery) : inQuery)
  if (typeof claim === 'number') return claim > Date.UTC(2021, 0, 1) ? claim : null
  return readInstant(claim)
}
