import type { ObservedCondition, RestartedCondition, StartedCondition, StoppedCondition } from '@kindred/model'
import { Temporal } from 'temporal-polyfill'
import { eventsMeant } from './events.ts'
import type { Account, Asked, Event, Question } from './history.ts'
import { zonedFor } from './lives.ts'
import { isWithin, length } from './within.ts'

/** The calendar day, counted in the zone, that lies so long before today, as `2026-03-31`, which sorts as it reads. */
function dayBefore(text: string, { now, timezone }: Question): string {
  const [count, unit = ''] = text.split(' ')
  const units = { day: 'days', week: 'weeks', month: 'months', quarter: 'months', year: 'years' } as const
  const amount = Number(count) * (unit.startsWith('quarter') ? 3 : 1)
  return dayOf(now, timezone)
    .subtract({ [units[unit.replace(/s$/, '') as keyof typeof units]]: amount })
    .toString()
}

function dayOf(at: number, timezone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone).toPlainDate()
}

export function stopped({ stopped: choice, where, active, quiet, wholeDays, zone }: StoppedCondition, asked: Asked): boolean {
  const ages = eventsMeant(choice, { where }, asked).map((event) => {
    const { timestamp } = event
    const question = zonedFor(event, { zone }, asked)
    const day = dayOf(timestamp, question.timezone).toString()
    if (wholeDays === true) return { isActive: day >= dayBefore(active, question), isRecent: day >= dayBefore(quiet, question) }
    return { isActive: timestamp > question.now - length(active), isRecent: timestamp > question.now - length(quiet) }
  })
  return ages.some(({ isActive }) => isActive) && !ages.some(({ isRecent }) => isRecent)
}

export function restarted({ restarted: choice, where, quiet, back, wholeDays, zone }: RestartedCondition, asked: Asked): boolean {
  const parts = eventsMeant(choice, { where }, asked).map((event) => {
    const { timestamp } = event
    const question = zonedFor(event, { zone }, asked)
    const day = dayOf(timestamp, question.timezone).toString()
    if (wholeDays === true) return day < dayBefore(quiet, question) ? 'long ago' : day <= dayBefore(back, question) ? 'quiet' : 'again'
    return timestamp <= question.now - length(quiet) ? 'long ago' : timestamp <= question.now - length(back) ? 'quiet' : 'again'
  })
  return parts.includes('long ago') && !parts.includes('quiet') && parts.includes('again')
}

export function started({ started: choice, where, within }: StartedCondition, asked: Asked): boolean {
  const [first] = eventsMeant(choice, { where }, asked)
  return first !== undefined && isWithin(first.timestamp, within, zonedFor(first, within, asked))
}

/** When somebody was first seen is known of them like a property: events that arrived after the moment asked about tell of it too. */
export function observed({ observed: text }: ObservedCondition, asked: Asked): boolean {
  const { question, subject } = asked
  const first = Math.min(...timesSeen(asked))
  return (first <= question.now ? first : (subject.createdAt ?? 0)) <= question.now - length(text)
}

/** Of a person all their events, of an account those that carry it, and of one of its people both. */
function timesSeen({ history, subject, unit, memberOf }: Asked): number[] {
  const account = unit === 'account' ? (subject as Account) : memberOf
  const nowOf = (id: number) => history.merges.get(id) ?? id
  const isTheirs = ({ personId }: Event) => unit === 'account' || nowOf(personId) === subject.id
  const carries = ({ groups }: Event) => account === undefined || groups?.[account.type] === account.key
  const long = (account?.people ?? []).filter((id) => unit === 'account' || nowOf(id) === subject.id)
  return [...history.events.filter((event) => isTheirs(event) && carries(event)).map(({ timestamp }) => timestamp), ...long.map(() => 0)]
}
