import {
  builtInTraits,
  isSouthern,
  matches,
  numberOf,
  operatorOf,
  type Properties,
  type PropertyCondition,
  type Rank,
  type TraitCondition,
  type TraitDefinition,
  type TraitOperand,
  textOf,
  traitNeeds,
} from '@kindred/model'
import { Temporal } from 'temporal-polyfill'
import { accountField } from './account-fields.ts'
import { accountsThere, askedOf, peopleOf } from './accounts.ts'
import { itemReadings, meetsFilters } from './events.ts'
import type { Account, Asked, Event, Value } from './history.ts'
import { isDuring, livesOfEvent, zonedFor } from './lives.ts'
import { personEvents } from './person-events.ts'
import { isWithin } from './within.ts'

/** A value, and whether anything tells it: a count of nothing is 0 and has no place in a rank. */
interface Told {
  value: Value
  told: boolean
}
const day = 86_400_000
const nothing: Told = { value: undefined, told: false }

export function trait(condition: TraitCondition, asked: Asked): boolean {
  const definition = definitionOf(condition.trait, asked)
  if (condition.rank === undefined) return matches(traitValue(definition, asked).value, operatorOf(condition), asked.question)
  const { history, question, subject } = asked
  const others: Asked[] =
    asked.unit === 'account'
      ? accountsThere(history)
          .filter(({ type }) => asked.accountType === undefined || asked.accountType === type)
          .map((account) => askedOf(account, asked))
      : history.people.filter(({ deleted }) => !deleted).map((person) => ({ ...asked, subject: person, events: personEvents(person.id, history, question) }))
  const everybody = others
    .map((other) => ({ id: other.subject.id, ...traitValue(definition, other) }))
    .flatMap(({ id, value, told }) =>
      told && value !== undefined && value !== null ? [{ id, number: typeof value === 'number' ? value : Date.parse(String(value)) }] : [],
    )
  const own = everybody.find(({ id }) => id === subject.id)
  return (
    own !== undefined &&
    isTaken(
      own.number,
      condition.rank,
      everybody.map(({ number }) => number),
    )
  )
}

function isTaken(own: number, rank: Rank, all: readonly number[]): boolean {
  const above = all.filter((each) => each > own).length
  const below = all.filter((each) => each < own).length
  const part = (percent: number) => Math.ceil((all.length * percent) / 100 - 1e-9)
  if (rank.top !== undefined) return above < rank.top
  if (rank.bottom !== undefined) return below < rank.bottom
  if (rank.topPercent !== undefined) return above < part(rank.topPercent)
  if (rank.bottomPercent !== undefined) return below < part(rank.bottomPercent)
  const [parts, wanted] = rank.decile === undefined ? [5, rank.quintile ?? 0] : [10, rank.decile]
  return Math.floor((above * parts) / all.length) + 1 === wanted
}

function definitionOf(name: string, { question }: Asked): TraitDefinition {
  const definition = question.traits?.get(name) ?? builtInTraits.get(name)?.definition
  if (definition === undefined) throw new Error(`no trait ${name}`)
  return definition
}

export function traitValue(definition: TraitDefinition, asked: Asked): Told {
  const own = [...(asked.question.traits ?? [])].map(([name, each]) => [name, { name, label: name, description: '', definition: each }] as const)
  if (traitNeeds(definition, { roles: asked.question.roles, traits: new Map([...builtInTraits, ...own]) }).length > 0) return nothing
  return computed(definition, asked)
}

function computed(of: TraitDefinition | TraitOperand, asked: Asked): Told {
  if ('trait' in of && of.trait !== undefined) return computed(definitionOf(of.trait, asked), asked)
  if ('property' in of && of.property !== undefined) return { value: numberOf(ownValue(of.property, asked)) ?? undefined, told: true }
  if (of.people !== undefined) return ofPeople(of.people, asked)
  if ('labels' in of && of.labels !== undefined) {
    return { value: of.labels.first.find(({ where }) => asked.meets(where, asked))?.label ?? of.labels.otherwise, told: true }
  }
  if ('formula' in of && of.formula !== undefined) {
    const values = of.formula.of.map((operand) => computed(operand, asked))
    // A row of events tells of all measures that are read in the same pass; where nothing but the person's own facts is read, those do.
    const readsEvents = of.formula.of.some((operand) => readsEventsOf(operand, asked))
    const number = evaluate(
      of.formula.text,
      values.map(({ value }) => (typeof value === 'number' ? value : null)),
    )
    const floored = number === null || !Number.isFinite(number) ? undefined : Math.max(number, of.formula.floor ?? Number.NEGATIVE_INFINITY)
    return { value: floored, told: readsEvents ? of.formula.of.some((operand, index) => readsEventsOf(operand, asked) && values[index]?.told) : true }
  }
  return ofEvents(of, asked)
}

function ownValue(name: string, { unit, subject }: Asked): Value {
  return unit === 'account' ? accountField(name, subject.properties) : subject.properties[name]
}

function readsEventsOf(operand: TraitOperand | TraitDefinition, asked: Asked): boolean {
  if ('trait' in operand && operand.trait !== undefined) return readsEventsOf(definitionOf(operand.trait, asked), asked)
  if ('formula' in operand && operand.formula !== undefined) return operand.formula.of.some((each) => readsEventsOf(each, asked))
  return !('property' in operand && operand.property !== undefined) && !('labels' in operand && operand.labels !== undefined)
}

/** A measure of the people of an account who meet a condition, in which only events count that carry the account. */
function ofPeople({ of, property, where }: NonNullable<TraitDefinition['people']>, asked: Asked): Told {
  const { history, question } = asked
  const account = asked.subject as Account
  const met = peopleOf(account, history).filter((person) => {
    const events = personEvents(person.id, history, question).filter(({ groups }) => groups?.[account.type] === account.key)
    return where === undefined || asked.meets(where, { ...asked, subject: person, unit: 'person', events })
  })
  const told = met.length > 0
  if (property === undefined) return { value: met.length, told }
  const values = met.map(({ properties }) => properties[property])
  if (of === 'distinct') return { value: new Set(values.flatMap((value) => [value].flat().map(textOf)).filter((text) => text !== null)).size, told }
  const numbers = values.flatMap((value) => numberOf(value) ?? []).sort((one, other) => one - other)
  const total = numbers.reduce((sum, number) => sum + number, 0)
  if (of === 'sum') return { value: total, told }
  if (numbers.length === 0) return { value: undefined, told }
  const middle = ((numbers[Math.floor((numbers.length - 1) / 2)] ?? 0) + (numbers[Math.ceil((numbers.length - 1) / 2)] ?? 0)) / 2
  return { value: { count: numbers.length, avg: total / numbers.length, min: numbers[0], max: numbers.at(-1), median: middle }[of], told }
}

/** The formulas of tests are JavaScript but for what division by zero is. */
function evaluate(text: string, values: readonly (number | null)[]): number | null {
  const letters = [...new Set(text.match(/[A-Z]/g) ?? [])]
  const read = letters.map((letter) => values[letter.charCodeAt(0) - 65] ?? null)
  if (read.some((each) => each === null)) return null
  const result: unknown = new Function(...letters, `return ${text}`)(...read)
  return typeof result === 'number' && Number.isFinite(result) ? result : null
}

type OfEvents = Pick<
  TraitDefinition,
  'count' | 'sum' | 'avg' | 'min' | 'max' | 'median' | 'distinct' | 'firstValue' | 'lastValue' | 'mostFrequent' | 'topList'
> &
  Pick<TraitDefinition, 'firstDate' | 'lastDate' | 'daysSinceFirst' | 'daysSinceLast' | 'meanDaysBetween' | 'periodsSinceFirst'>
type Chosen = NonNullable<TraitDefinition['count']> & { property?: unknown; as?: string; n?: number; each?: string }

function ofEvents(of: OfEvents, asked: Asked): Told {
  const [way = '', chosen] = Object.entries(of).find(([key, value]) => value !== undefined && !['unit', 'trait', 'property', 'accountType'].includes(key)) as [
    string,
    Chosen,
  ]
  const where = (chosen.where ?? []).map((filter): PropertyCondition => ({ ...filter, property: named(filter.property, asked) }))
  const events = chosenEvents(chosen, where, asked)
  const told = chosenEvents({ ...chosen, sinceLast: undefined }, where, asked).length > 0
  const times = events.map(({ timestamp }) => timestamp)
  const [first, last] = [times[0], times.at(-1)]
  const { now, timezone } = asked.question
  const date = (at: number | undefined) => (at === undefined ? undefined : new Date(at).toISOString())
  const since = (at: number | undefined) => (at === undefined ? undefined : Math.floor((now - at) / day))
  const value = (): Value => {
    if (way === 'count') return events.length
    if (way === 'firstDate') return date(first)
    if (way === 'lastDate') return date(last)
    if (way === 'daysSinceFirst') return since(first)
    if (way === 'daysSinceLast') return since(last)
    if (way === 'meanDaysBetween') return first === undefined || last === undefined || times.length < 2 ? undefined : (last - first) / day / (times.length - 1)
    if (way === 'periodsSinceFirst') return first === undefined ? undefined : periods(first, now, { each: chosen.each ?? '', timezone })
    if (['sum', 'avg', 'min', 'max', 'median'].includes(way))
      return measured(
        way,
        events.flatMap((event) => amount(event, { chosen, where }, asked) ?? []),
      )
    return textual(
      way,
      events.map((event) => ({ event, texts: texts(event, { chosen, where }, asked) })),
      chosen,
    )
  }
  return { value: value(), told }
}

function chosenEvents(chosen: Chosen, where: PropertyCondition[], asked: Asked): Event[] {
  const { question } = asked
  const happened = asked.events.filter(({ timestamp }) => timestamp <= question.now)
  const last = chosen.sinceLast === undefined ? undefined : happened.findLast((event) => isOne(event, chosen.sinceLast, asked))
  return happened.filter(
    (event) =>
      isOne(event, chosen.did, asked) &&
      isWithin(event.timestamp, chosen.within, zonedFor(event, chosen.within, asked)) &&
      isDuring(event.timestamp, chosen.during, { lives: livesOfEvent(event, asked), question }) &&
      itemReadings(event, question.roles).some((item) => meetsFilters(where, { event, item }, question)) &&
      (last === undefined || event.timestamp > last.timestamp || (event.timestamp === last.timestamp && event.position > last.position)),
  )
}

function isOne(event: Event, choice: Chosen['did'] | undefined, { question }: Asked): boolean {
  const of = (role: string) => question.roles.events[role as 'order'] ?? []
  if (choice === undefined) return false
  if (typeof choice === 'string') return event.event === choice
  if ('any' in choice) return true
  if ('anyRole' in choice) return choice.anyRole.flatMap(of).includes(event.event)
  return ('role' in choice ? of(choice.role) : choice.anyOf).includes(event.event)
}

const named = (property: unknown, { question }: Asked): string =>
  typeof property === 'string' ? property : (question.roles.properties[(property as { role: 'value' }).role] ?? '')

interface Reading {
  chosen: Chosen
  where: PropertyCondition[]
}

function matchingItems(event: Event, where: PropertyCondition[], { question }: Asked): Properties[] {
  const list = event.properties[question.roles.properties.items ?? '']
  return Array.isArray(list) ? (list as Properties[]).filter((item) => meetsFilters(where, { event, item }, question)) : []
}

function amount(event: Event, { chosen, where }: Reading, asked: Asked): number | null {
  const { properties } = asked.question.roles
  const items = matchingItems(event, where, asked)
  const ofEvent = (key: string | undefined) => (key === undefined ? null : numberOf(event.properties[key]))
  const quantity = (of: Properties) => numberOf(of[properties.quantity ?? '']) ?? 1
  const source = chosen.property
  const added = (numbers: readonly (number | null)[]) => {
    const known = numbers.filter((each) => each !== null)
    return known.length === 0 ? null : known.reduce((total, each) => total + each, 0)
  }
  if (typeof source === 'object' && source !== null && 'amount' in source) {
    const hasItems = Array.isArray(event.properties[properties.items ?? '']) && (event.properties[properties.items ?? ''] as unknown[]).length > 0
    if (source.amount === 'units') return ofEvent(properties.quantity) ?? (hasItems ? added(items.map(quantity)) : null) ?? 1
    const price = ofEvent(properties.price)
    const priced = (item: Properties) => {
      const each = numberOf(item[properties.price ?? ''])
      return each === null ? null : each * quantity(item)
    }
    return ofEvent(properties.value) ?? (price === null ? null : price * quantity(event.properties)) ?? added(items.map(priced))
  }
  const key = named(source, asked)
  if (event.properties[key] !== undefined && event.properties[key] !== null) return numberOf(event.properties[key])
  return added(items.map((item) => numberOf(item[key])))
}

/** Sums add integers of a thousand millionth, as the engine promises. */
const exactly = (numbers: readonly number[]) => Number(numbers.reduce((total, each) => total + BigInt(Math.round(each * 1e9)), 0n)) / 1e9

function measured(way: string, numbers: number[]): number | undefined {
  const sorted = numbers.toSorted((one, other) => one - other)
  if (way === 'sum') return exactly(numbers)
  if (numbers.length === 0) return undefined
  if (way === 'avg') return exactly(numbers) / numbers.length
  if (way === 'min') return sorted[0]
  if (way === 'max') return sorted.at(-1)
  const [low = 0, high = 0] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.ceil((sorted.length - 1) / 2)]]
  return low + (high - low) * (((sorted.length - 1) / 2) % 1)
}

function texts(event: Event, { chosen, where }: Reading, asked: Asked): string[] {
  const source = chosen.property
  if (typeof source === 'object' && source !== null && 'part' in source) return [partOfTime(event, String(source.part), asked)]
  const key = named(source, asked)
  const own = event.properties[key]
  const list = (value: Value) => (Array.isArray(value) ? value : [value]).flatMap((each) => textOf(each) ?? [])
  if (own !== undefined && own !== null) return list(own)
  return matchingItems(event, where, asked).flatMap((item) => textOf(item[key]) ?? [])
}

function partOfTime(event: Event, part: string, { question }: Asked): string {
  const local = Temporal.Instant.fromEpochMilliseconds(event.timestamp).toZonedDateTimeISO(question.timezone)
  if (part === 'hour') return String(local.hour)
  if (part === 'month') return local.toLocaleString('en', { month: 'long' })
  if (part === 'weekday') return local.toLocaleString('en', { weekday: 'long' })
  const north = local.month === 12 || local.month < 3 ? 0 : local.month < 6 ? 1 : local.month < 9 ? 2 : 3
  const south = isSouthern(String(event.properties.$geoip_country_code ?? '')) ? 2 : 0
  return ['Winter', 'Spring', 'Summer', 'Autumn'][(north + south) % 4] ?? ''
}

function textual(way: string, read: readonly { event: Event; texts: string[] }[], chosen: Chosen): Value {
  const all = read.flatMap(({ texts }) => texts)
  if (way === 'distinct') return new Set(all).size
  if (way === 'firstValue' || way === 'lastValue') return valueAtEnd(way, read, chosen)
  const counts = new Map<string, number>()
  for (const text of all) counts.set(text, (counts.get(text) ?? 0) + 1)
  const ordered = [...counts].toSorted(([one, often], [other, oftener]) => oftener - often || (one < other ? -1 : 1)).map(([text]) => text)
  if (ordered.length === 0) return undefined
  return way === 'mostFrequent' ? ordered[0] : ordered.slice(0, chosen.n)
}

/** At the same time and position the value itself decides. */
function valueAtEnd(way: 'firstValue' | 'lastValue', read: readonly { event: Event; texts: string[] }[], { as }: Chosen): Value {
  const values = read.flatMap(({ event, texts: [text] }) => {
    const value = text === undefined ? null : as === 'number' ? numberOf(text) : text
    return value === null ? [] : [{ at: event.timestamp, position: event.position, value }]
  })
  const ordered = values.toSorted((one, other) => one.at - other.at || one.position - other.position || (one.value < other.value ? -1 : 1))
  return (way === 'firstValue' ? ordered[0] : ordered.at(-1))?.value
}

function periods(from: number, to: number, { each, timezone }: { each: string; timezone: string }): number {
  const number = (at: number) => {
    const { year, month, day: date } = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone)
    if (each === 'year') return year
    if (each === 'day') return Date.UTC(year, month - 1, date) / day
    return each === 'month' ? year * 12 + month - 1 : year * 4 + Math.floor((month - 1) / 3)
  }
  return number(to) - number(from) + 1
}
