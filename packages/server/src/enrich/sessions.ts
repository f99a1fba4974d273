/** A session of a person, as far as later events need to know it. `first` and `last` are epoch milliseconds of its events so far. */
export interface Session {
  id: string
  first: number
  last: number
  /** By what the visitor came; '' while no event has said so. */
  channel: string
}

/** What an event brings to be put into a session. */
export interface Happening {
  /** The sender's `$session_id`; '' where it gives none. */
  id: string
  /** The event's own time, epoch milliseconds. */
  at: number
  personId: number
  /** The event's uuid: the id of a session that it opens. */
  uuid: string
}

/** After so long without an event the next one opens a new session. */
export const sessionGap = 30 * 60_000
/** Sessions of a person that are remembered: those that were active last. */
const keptSessions = 8

/**
 * The session of an event, with the event in it; `sessions` is changed in place. The sender's id counts as it is. Without one the event joins the session that
 * is within 30 minutes of it (of several, the one that ended last), else opens one with its own uuid for an id. Before all of the remembered sessions, and where
 * there may have been more, events of the same half hour share one.
 */
export function joinSession(sessions: Session[], { id, at, personId, uuid }: Happening): Session {
  const known = id === '' ? sessions.findLast(({ first, last }) => at >= first - sessionGap && at <= last + sessionGap) : sessions.find((one) => one.id === id)
  if (known !== undefined) {
    known.first = Math.min(known.first, at)
    known.last = Math.max(known.last, at)
    sortSessions(sessions)
    return known
  }
  const oldest = sessions[0]
  const isForgotten = sessions.length >= keptSessions && oldest !== undefined && at < oldest.last
  const opened = { id: id || (isForgotten ? `late-${personId}-${Math.floor(at / sessionGap)}` : uuid), first: at, last: at, channel: '' }
  sessions.push(opened)
  sortSessions(sessions)
  sessions.splice(0, sessions.length - keptSessions)
  return opened
}

/** What is remembered of two people who turn out to be one. */
export function mergeSessions(ours: readonly Session[], theirs: readonly Session[]): Session[] {
  const merged = ours.map((session) => ({ ...session }))
  for (const { id, first, last, channel } of theirs) {
    const same = merged.find((session) => session.id === id)
    if (same === undefined) merged.push({ id, first, last, channel })
    else Object.assign(same, { first: Math.min(same.first, first), last: Math.max(same.last, last), channel: same.channel || channel })
  }
  sortSessions(merged)
  return merged.slice(-keptSessions)
}

/** In the order of their ends. */
function sortSessions(sessions: Session[]): void {
  if (sessions.length > 1) sessions.sort((a, b) => a.last - b.last || a.first - b.first)
}

type Packed = [id: string, first: number, last: number, channel: string]

export function packSessions(sessions: readonly Session[]): string {
  return JSON.stringify(sessions.map(({ id, first, last, channel }): Packed => [id, first, last, channel]))
}

export function unpackSessions(text: string): Session[] {
  return (JSON.parse(text) as Packed[]).map(([id, first, last, channel]) => ({ id, first, last, channel }))
}
