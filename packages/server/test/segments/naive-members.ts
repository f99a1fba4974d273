import {
  type Comparison,
  type Condition,
  type DidCondition,
  type JsonValue,
  matches,
  operatorOf,
  type Properties,
  type Roles,
  type SegmentDefinition,
  type Within,
} from '@kindred/model'
import { Temporal } from 'temporal-polyfill'

/** The plainest reading of a definition there is, person by person, event by event: what the SQL is held to. */
export interface History {
  persons: readonly { id: number; properties: Properties; deleted: boolean }[]
  events: readonly { personId: number; event: string; timestamp: number; properties: Properties; position: number }[]
  /** From a person that was merged to who it became. */
  merges: ReadonlyMap<number, number>
  lists: ReadonlyMap<number, readonly number[]>
}

export interface Question {
  now: number
  timezone: string
  roles: Roles
  watermark: number
  segments: ReadonlyMap<number, SegmentDefinition>
}

export function naiveMembers(definition: SegmentDefinition, history: History, question: Question): number[] {
  return history.persons.filter((person) => !person.deleted && meets(definition.where, { person, history, question })).map((person) => person.id)
}

type Person = History['persons'][number]
type Event = History['events'][number]

interface Asked {
  person: Person
  history: History
  question: Question
}

function meets(condition: Condition, asked: Asked): boolean {
  const { person, history, question } = asked
  if ('all' in condition) return condition.all.every((part) => meets(part, asked))
  if ('any' in condition) return condition.any.some((part) => meets(part, asked))
  if ('not' in condition) return !meets(condition.not, asked)
  if ('property' in condition) return matches(person.properties[condition.property], operatorOf(condition), question)
  if ('did' in condition) return meetsDid(condition, asked)
  if (!('in' in condition)) throw new Error(`no plain reading of ${JSON.stringify(condition)}`)
  const segment = question.segments.get(condition.in)
  if (segment !== undefined) return meets(segment.where, asked)
  return (history.lists.get(condition.in) ?? []).some((id) => (history.merges.get(id) ?? id) === person.id)
}

function meetsDid(condition: DidCondition, { person, history, question }: Asked): boolean {
  const events = history.events.filter(
    (event) =>
      (history.merges.get(event.personId) ?? event.personId) === person.id &&
      event.position <= question.watermark &&
      isNamed(event.event, condition.did, question.roles) &&
      isWithin(event.timestamp, condition.within, question) &&
      itemReadings(event, question.roles).some((item) => meetsFilters(condition, { event, item }, question)),
  )
  if (condition.sum === undefined) return compares(events.length, condition.count ?? { atLeast: 1 })
  const cents = events.reduce((total, event) => total + contribution(event, condition, question), 0)
  return compares(cents / 100, condition.sum)
}

/** Cents: of the event itself, or of those of its items that meet the filters. */
function contribution(event: Event, condition: DidCondition, question: Question): number {
  const property = condition.sum?.property ?? ''
  const cents = (value: JsonValue | undefined) => (typeof value === 'number' ? Math.round(value * 100) : 0)
  if (event.properties[property] !== undefined) return cents(event.properties[property])
  return itemReadings(event, question.roles)
    .filter((item) => meetsFilters(condition, { event, item }, question))
    .reduce((total, item) => total + cents(item[property]), 0)
}

/** The items of an event; an event without any is read alone, as one item that holds nothing. */
function itemReadings(event: Event, roles: Roles): Properties[] {
  const list = roles.properties.items === undefined ? undefined : event.properties[roles.properties.items]
  return Array.isArray(list) && list.length > 0 ? (list as Properties[]) : [{}]
}

function meetsFilters({ where = [] }: DidCondition, { event, item }: { event: Event; item: Properties }, question: Question): boolean {
  return where.every((filter) => matches(event.properties[filter.property] ?? item[filter.property], operatorOf(filter), question))
}

function isNamed(name: string, choice: DidCondition['did'], roles: Roles): boolean {
  if (typeof choice === 'string') return name === choice
  if ('any' in choice) return true
  return ('role' in choice ? (roles.events[choice.role] ?? []) : choice.anyOf).includes(name)
}

const lengths: Record<string, number> = { minute: 60e3, hour: 3600e3, day: 86400e3, week: 7 * 86400e3 }
const length = (text: string) => Number(text.split(' ')[0]) * (lengths[(text.split(' ')[1] ?? '').replace(/s$/, '')] ?? Number.NaN)

function monthsBefore(end: number, { last, wholeMonths }: { last: string; wholeMonths?: true | undefined }, timezone: string): number {
  const day = Temporal.Instant.fromEpochMilliseconds(end)
    .toZonedDateTimeISO(timezone)
    .subtract({ months: Number.parseInt(last, 10) })
  return (wholeMonths === true ? day.with({ day: 1 }) : day).startOfDay().epochMilliseconds
}

function isWithin(at: number, within: Within | undefined, { now, timezone }: Question): boolean {
  if (at > now) return false
  if (within === undefined) return true
  const day = (date: string, days = 0) => Temporal.PlainDate.from(date).add({ days }).toZonedDateTime(timezone).epochMilliseconds
  const isDate = (moment: string) => moment.length === 10
  const start = (moment: string) => (isDate(moment) ? day(moment) : Date.parse(moment))
  const isOver = (moment: string) => (isDate(moment) ? at >= day(moment, 1) : at > Date.parse(moment))
  if ('period' in within) throw new Error('no plain reading of a period')
  if ('ago' in within) return at > now - length(within.ago[0]) && at <= now - length(within.ago[1])
  if ('last' in within) {
    const end = within.before === undefined ? now : start(within.before)
    if (within.wholeMonths === true || within.last.includes('month')) return at <= end && at >= monthsBefore(end, within, timezone)
    if (within.wholeDays !== true) return at > end - length(within.last) && at <= end
    const days = length(within.last) / 86400e3
    return at <= end && at >= Temporal.Instant.fromEpochMilliseconds(end).toZonedDateTimeISO(timezone).subtract({ days }).startOfDay().epochMilliseconds
  }
  return !('from' in within && at < start(within.from)) && !(within.to !== undefined && isOver(within.to))
}

function compares(number: number, comparison: Comparison): boolean {
  const { equals, notEquals, moreThan, atLeast, lessThan, atMost, between, notBetween } = comparison
  if (equals !== undefined) return number === equals
  if (notEquals !== undefined) return number !== notEquals
  if (moreThan !== undefined) return number > moreThan
  if (atLeast !== undefined) return number >= atLeast
  if (lessThan !== undefined) return number < lessThan
  if (atMost !== undefined) return number <= atMost
  if (between !== undefined) return number >= between[0] && number <= between[1]
  return notBetween !== undefined && !(number >= notBetween[0] && number <= notBetween[1])
}
