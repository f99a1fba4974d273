import type { CompileContext } from '../context.ts'
import { eventsWhere, personOfEvent } from '../people.ts'
import { bind, type Sql, sql } from '../sql.ts'

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

/** A visit this short that sees one page and does nothing else is a bounce. */
const bounceMilliseconds = 10_000

/**
 * All sessions of a person, one row each, in no order: made of the events as they are now, so that events which came late and people who were merged count
 * as if they had always been there. Visits are numbered by when they began.
 */
export function personSessionsSql(context: Pick<CompileContext, 'projectId' | 'watermark' | 'hasOverrides'>, personId: number): Sql {
  const events = eventsWhere(context, [sql`${personOfEvent(context)} = ${bind('UInt64', personId)}`, sql`e.session_id != ''`])
  return sql`select id, started, ended, events, pages, entry_page, exit_page, landing_url, channel,
  pages = 1 and ended - started < ${bind('Int64', bounceMilliseconds)} and deeds = 0 as bounced, row_number() over (order by started, id) as visit
from (select session_id as id, min(at) as started, max(at) as ended, count() as events, countIf(is_page) as pages, countIf(is_deed) as deeds,
    argMinIf(page, (at, position), is_page) as entry_page, argMaxIf(page, (at, position), is_page) as exit_page,
    argMinIf(url, (at, position), is_page) as landing_url, argMinIf(channel, (at, position), channel != '') as channel
  from (select e.session_id as session_id, toUnixTimestamp64Milli(e.timestamp) as at, e.position as position, e.channel as channel, e.current_url as url,
      e.event in ('$pageview', '$screen') as is_page, e.event = '$autocapture' or not startsWith(e.event, '$') as is_deed,
      multiIf(e.event = '$screen', ifNull(dynamicElement(e.properties.\`$screen_name\`, 'String'), ''), e.pathname != '', e.pathname, e.current_url) as page
    ${events})
  group by session_id)`
}
