import { matches, operatorOf, type SessionCondition, type SessionFact } from '@kindred/model'
import { compares } from './compares.ts'
import type { Asked, Event, Value } from './history.ts'
import { isWithin } from './within.ts'

export function session({ session: filters, count = { atLeast: 1 }, within }: SessionCondition, { events, question }: Asked): boolean {
  const met = sessionsOf(events.filter(({ timestamp }) => timestamp <= question.now)).filter(
    ({ started, facts }) => isWithin(started, within, question) && filters.every((filter) => matches(facts[filter.property], operatorOf(filter), question)),
  )
  return compares(met.length, count)
}

interface Session {
  id: string
  started: number
  facts: Record<SessionFact, Value>
}

function sessionsOf(events: readonly Event[]): Session[] {
  const ids = [...new Set(events.flatMap(({ sessionId }) => sessionId ?? []))].sort()
  const sessions = ids.map((id) =>
    sessionOf(
      id,
      events.filter(({ sessionId }) => sessionId === id),
    ),
  )
  return sessions.sort((one, other) => one.started - other.started).map((each, index) => ({ ...each, facts: { ...each.facts, number: index + 1 } }))
}

function sessionOf(id: string, events: readonly Event[]): Session {
  const started = events[0]?.timestamp ?? 0
  const milliseconds = (events.at(-1)?.timestamp ?? 0) - started
  const pages = events.filter(({ event }) => event === '$pageview' || event === '$screen')
  const deeds = events.filter(({ event }) => event === '$autocapture' || !event.startsWith('$'))
  const first = (property: string) => events.map(({ properties }) => properties[property]).find((value) => value !== undefined && value !== '')
  const path = (event: Event | undefined) =>
    event?.event === '$screen' ? event.properties.$screen_name : (event?.properties.$pathname ?? event?.properties.$current_url)
  return {
    id,
    started,
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
      channel: first('$channel'),
      source: first('utm_source'),
      medium: first('utm_medium'),
      campaign: first('utm_campaign'),
      device: first('$device_type'),
      country: first('$geoip_country_name'),
    },
  }
}
