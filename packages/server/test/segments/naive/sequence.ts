import { matches, operatorOf, type Properties, type SequenceCondition, type SequenceStep, type StepFilter } from '@kindred/model'
import { isNamed, itemReadings } from './events.ts'
import type { Asked, Event, Question, Value } from './history.ts'
import { zonedFor } from './lives.ts'
import { isWithin, length } from './within.ts'

/** One way to read an event: one of its items, and one value of each property that steps share. */
interface Reading {
  event: Event
  place: number
  values: Readonly<Record<string, string>>
}
type Chosen = ReadonlyMap<number, Reading>

/** Tries every choice of events, one for each step that is done, and asks of each choice whether all holds. */
export function sequence(condition: SequenceCondition, asked: Asked): boolean {
  const { question } = asked
  const events = asked.events.filter(({ timestamp }) => timestamp <= question.now)
  const done = condition.sequence.flatMap((step, place) => ('did' in step ? [place] : []))
  const readings = condition.sequence.map((step, place) => readingsOf(step, { place, condition, events, question }))
  const search = (chosen: Chosen, rest: readonly number[]): boolean => {
    const [place, ...others] = rest
    if (place === undefined) return holds(condition, { chosen, readings, events, question })
    const previous = [...chosen.values()].at(-1)?.place ?? -1
    return (readings[place] ?? []).some(
      (reading) =>
        reading.place > previous &&
        isWithin(reading.event.timestamp, condition.within, zonedFor(reading.event, condition.within, asked)) &&
        search(new Map([...chosen, [place, reading]]), others),
    )
  }
  return search(new Map(), done)
}

interface Tried {
  chosen: Chosen
  readings: readonly Reading[][]
  events: readonly Event[]
  question: Question
}

function holds(condition: SequenceCondition, { chosen, readings, events, question }: Tried): boolean {
  const order = [...chosen.values()]
  if (condition.strict === true && order.some(({ place }, index) => index > 0 && place !== (order[index - 1]?.place ?? 0) + 1)) return false
  const last = Math.max(...chosen.keys())
  return condition.sequence.every((step, place) => {
    const own = chosen.get(place)
    const before = chosen.get(Math.max(...[...chosen.keys()].filter((each) => each < place)))
    const from = step.after === 'first' ? order[0] : before
    const latest = step.within === undefined ? Number.POSITIVE_INFINITY : (from?.event.timestamp ?? 0) + length(step.within)
    if (own !== undefined) return (place === 0 || own.event.timestamp <= latest) && isSame(step, own, chosen)
    const next = place > last ? events.length : (chosen.get(Math.min(...[...chosen.keys()].filter((each) => each > place)))?.place ?? 0)
    if (place > last && step.within !== undefined && latest > question.now) return false
    return !(readings[place] ?? []).some(
      (each) => each.place > (before?.place ?? 0) && each.place < next && each.event.timestamp <= latest && isSame(step, each, chosen),
    )
  })
}

function isSame({ where = [] }: SequenceStep, { values }: Reading, chosen: Chosen): boolean {
  return where.every(({ property, sameAs }) => sameAs === undefined || values[property] === chosen.get(sameAs.step - 1)?.values[sameAs.of ?? property])
}

interface Where {
  place: number
  condition: SequenceCondition
  events: readonly Event[]
  question: Question
}

function readingsOf(step: SequenceStep, { place, condition, events, question }: Where): Reading[] {
  const named = condition.sequence
    .flatMap(({ where = [] }) => where)
    .flatMap(({ property, sameAs }) => (sameAs?.step === place + 1 ? [sameAs.of ?? property] : []))
  const own = (step.where ?? []).flatMap(({ property, sameAs }) => (sameAs === undefined ? [] : [property]))
  const shared = [...new Set([...named, ...own])]
  return events.flatMap((event, index) => {
    if (!isNamed(event.event, 'did' in step ? step.did : step.absent, question.roles)) return []
    return itemReadings(event, question.roles)
      .filter((item) => (step.where ?? []).every((filter) => filter.sameAs !== undefined || matches(read(event, item, filter), operatorOf(filter), question)))
      .flatMap((item) => choices(shared.map((property) => [property, textsOf(read(event, item, { property }))])))
      .map((values) => ({ event, place: index, values }))
  })
}

function read(event: Event, item: Properties, { property }: Pick<StepFilter, 'property'>): Value {
  return event.properties[property] ?? item[property]
}

function textsOf(value: Value): string[] {
  return [value].flat().flatMap((each) => (each === undefined || each === null || each === '' || typeof each === 'object' ? [] : [String(each)]))
}

function choices(lists: readonly [string, string[]][]): Record<string, string>[] {
  return lists.reduce<Record<string, string>[]>((all, [property, texts]) => all.flatMap((each) => texts.map((text) => ({ ...each, [property]: text }))), [{}])
}
