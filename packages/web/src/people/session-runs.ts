import type { EventRow } from '@kindred/model'

/** Consecutive events of one session; `session` is '' for events of none. */
export interface SessionRun {
  session: string
  rows: EventRow[]
}

/** Consecutive events of one session together; what belongs to no session, such as what was imported, stands by itself. */
export function bySession(events: readonly EventRow[]): SessionRun[] {
  const runs: SessionRun[] = []
  for (const row of events) {
    const { $session_id: id } = row.properties
    const session = typeof id === 'string' ? id : ''
    const last = runs.at(-1)
    if (last?.session === session) last.rows.push(row)
    else runs.push({ session, rows: [row] })
  }
  return runs
}
