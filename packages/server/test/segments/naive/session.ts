import { matches, operatorOf, type SessionCondition, type SessionFact } from '@kindred/model'
import { compares } from './compares.ts'
import type { Asked, Event, Value } from './history.ts'
import { zonedFor } from './lives.ts'
import { isWithin } from './within.ts'

export function session({ session: filters, count = { atLeast: 1 }, within }: SessionCondition, asked: Asked): boolean {
  const { question } = asked
  const met = sessionsOf(asked.events.filter(({ timestamp }) => timestamp <= question.now)).filter(
    ({ first, facts }) =>
      isWithin(first.timestamp, within, zonedFor(first, within, asked)) &&
      filters.every((filter) => matches(facts[filter.property], operatorOf(filter), question)),
  )
  return compares(met.length, count)
}

interface Session {
  id: string
  first: Event
  facts: Record<SessionFact, Value>
}

/** In the order in which they began. */
export function sessionsOf(events: readonly Event[]): Session[] {
  const ids = [...new Set(events.flatMap(({ sessionId }) => sessionId ?? []))].sort()
  const sessions = ids.map((id) =>
    sessionOf(
      id,
      events.filter(({ sessionId }) => sessionId === id),
    ),
  )
  return sessions
    .sort((one, other) => one.first.timestamp - other.first.timestamp)
    .map((each, index) => ({ ...each, facts: { ...each.facts, number: index + 1 } }))
}

function sessionOf(id: string, events: readonly Event[]): Session {
  const [first] = events
  if (first === undefined) throw new Error('a session has an event')
  const milliseconds = (events.at(-1)?.timestamp ?? 0) - first.timestamp
  const pages = events.filter(({ event }) => event === '$pageview' || event === '$screen')
  const deeds = events.filter(({ event }) => event === '$autocapture' || !event.startsWith('$'))
  const firstOf = (property: string) => events.map(({ properties }) => properties[property]).find((value) => value !== undefined && value !== '')
  const path = (event: Event | undefined) =>
    event?.event === '$screen' ? event.properties.$screen_name : (event?.properties.$pathname ?? event?.properties.$current_url)
  return {
    id,
    first,
    facts: {
      number: 0,
      length: milliseconds / 1000,
      pages: pages.length,
      events: events.length,
      bounced: pages.length === 0 ? undefined : pages.length === 1 && milliseconds < 10_000 && deeds.length === 0,
      entry_page: path(pages[0]),
      exit_page: path(pages.at(-1)),
      landing_url: pages[0]?.properties.$current_url,
      referrer: pages[0]?.properties.$referrer,
      channel: firstOf('$channel'),
      source: firstOf('utm_source'),
      medium: firstOf('utm_medium'),
      campaign: firstOf('utm_campaign'),
      device: firstOf('$device_type'),
      country: firstOf('$geoip_country_name'),
    },
  }
}
