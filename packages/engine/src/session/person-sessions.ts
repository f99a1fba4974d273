import type { CompileContext } from '../context.ts'
import { eventsWhere, personOfEvent } from '../people.ts'
import { bind, raw, type Sql, sql } from '../sql.ts'
import { sessionFactsSql } from './session-facts.ts'

/** A row of `personSessionsSql`: times are epoch milliseconds, numbers come as text; '' and 0 pages stand for none. */
export interface PersonSessionRow {
  id: string
  started: string
  ended: string
  events: string
  pages: string
  entry_page: string
  exit_page: string
  landing_url: string
  channel: string
  /** 0 or 1. */
  bounced: number
  visit: string
}

/**
 * All sessions of a person, one row each, in no order: made of the events as they are now, so that events which came late and people who were merged count
 * as if they had always been there. Visits are numbered by when they began.
 */
export function personSessionsSql(context: Pick<CompileContext, 'projectId' | 'watermark' | 'hasOverrides'>, personId: number): Sql {
  const events = eventsWhere(context, [sql`${personOfEvent(context)} = ${bind('UInt64', personId)}`, sql`e.session_id != ''`])
  const facts = sessionFactsSql([{ name: 'id', of: raw('e.session_id') }], events)
  return sql`select id, started, ended, events, pages, entry_page, exit_page, landing_url, channel, bounced, row_number() over (order by started, id) as visit from (${facts})`
}
