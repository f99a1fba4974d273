import { bind, join, raw, type Sql, sql } from '../sql.ts'

/** A visit this short that sees one page and does nothing else is a bounce. */
const bounceMilliseconds = 10_000

/**
 * UInt8: the event `e` is of a session that an event of `from` (`from … where …`) is of, and rarely of another: it narrows what is read, not what is told. A set of
 * numbers takes a tenth of the time of one of texts.
 */
export function isOfSessionIn(from: Sql): Sql {
  return sql`cityHash64(e.session_id) in (select cityHash64(e.session_id) ${from})`
}

/**
 * What is known of sessions, from their events as they are now: one row for each `id` (an expression: the session, or whose session it is with it). `started`, `ended` (epoch milliseconds),
 * `events`, `pages`, and texts that are '' where there is none; `bounced` is 0 or 1, and means nothing without a page. `from`: `from … where …` over events `e`. `more`: what
 * else is told of the first event.
 */
export function sessionFactsSql(by: readonly { readonly name: string; readonly of: Sql }[], from: Sql, more: readonly { name: string; of: Sql }[] = []): Sql {
  const keys = raw(by.map(({ name }) => name).join(', '))
  const first = (text: string) => raw(`argMinIf(${text}, (at, position), ${text} != '') as ${text}`)
  return sql`select *, pages = 1 and ended - started < ${bind('Int64', bounceMilliseconds)} and deeds = 0 as bounced
from (select ${keys}, min(at) as started, max(at) as ended, count() as events, countIf(is_page) as pages, countIf(is_deed) as deeds,
    argMinIf(page, (at, position), is_page) as entry_page, argMaxIf(page, (at, position), is_page) as exit_page,
    argMinIf(url, (at, position), is_page) as landing_url, argMinIf(came_from, (at, position), is_page) as referrer,
    ${join(['channel', 'source', 'medium', 'campaign', 'device', 'country'].map(first), ', ')}${join(
      more.map(({ name }) => raw(`, argMin(${name}, (at, position)) as ${name}`)),
      '',
    )}
  from (select ${join(
    [...by, ...more].map(({ name, of }) => sql`${of} as ${raw(name)}`),
    ', ',
  )}, toUnixTimestamp64Milli(e.timestamp) as at, e.position as position, e.current_url as url, e.referrer as came_from,
      toString(e.channel) as channel, toString(e.utm_source) as source, toString(e.utm_medium) as medium, toString(e.utm_campaign) as campaign,
      toString(e.device_type) as device, toString(e.country_name) as country,
      e.event in ('$pageview', '$screen') as is_page, e.event = '$autocapture' or not startsWith(e.event, '$') as is_deed,
      multiIf(e.event = '$screen', ifNull(dynamicElement(e.properties.\`$screen_name\`, 'String'), ''), e.pathname != '', e.pathname, e.current_url) as page
    ${from})
  group by ${keys})`
}
