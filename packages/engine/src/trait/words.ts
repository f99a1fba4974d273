import {
  type EventRole,
  type EventsOfTrait,
  type EventTrait,
  eventsOfTrait,
  labelInSentence,
  type MissingRole,
  operatorOf,
  type PeopleTrait,
  type PropertyRole,
  type TraitAmount,
  type TraitDefinition,
  type TraitEvent,
  type TraitFormula,
  type TraitLabels,
  type TraitOperand,
  type TraitProperty,
  type TraitValueSource,
} from '@kindred/model'
import { duringWords, eventPhrase, windowWords } from '../condition/did-words.ts'
import { listWords, operatorWords, propertyWords } from '../condition/operator-words.ts'
import type { Saying } from '../condition/reading.ts'
import { type Formula, parseFormula } from '../insight/formula.ts'
import { clauseSentence, type SentenceWords } from '../segment/sentence.ts'
import { traitLabel } from './label.ts'

const roleNames: Record<PropertyRole, string> = {
  value: 'value',
  currency: 'currency',
  items: 'items',
  quantity: 'quantity',
  category: 'category',
  price: 'price',
  discount: 'discount',
  pre_order: 'pre-order',
}

/** What a trait holds: "How many times they placed an order in the last 30 days". */
export function traitSentence(definition: TraitDefinition, words: SentenceWords): string {
  const said = saidOf(definition, words)
  return said.charAt(0).toUpperCase() + said.slice(1)
}

function saidOf(of: TraitDefinition | TraitOperand, words: SentenceWords): string {
  const own = eventsOfTrait(of)
  if (own !== undefined) return eventsSaid(own.way, own.events, words)
  if (of.people !== undefined) return peopleSaid(of.people, words)
  if ('trait' in of && of.trait !== undefined) return labelInSentence(traitLabel(of.trait, words))
  if ('property' in of && of.property !== undefined) return propertyWords(of.property)
  if ('formula' in of && of.formula !== undefined) return formulaSaid(of.formula, words)
  return 'labels' in of && of.labels !== undefined ? labelsSaid(of.labels, words) : ''
}

type Says = (what: string, details: string, phrase: ReturnType<typeof eventPhrase>) => string
const everyTime =
  (measure: string): Says =>
  (what, details, { past }) =>
    `${measure} ${what} of all the times they ${past}${details}`

const eventWords: Record<EventTrait, Says> = {
  count: (_, details, { past }) => `how many times they ${past}${details}`,
  sum: everyTime('total'),
  avg: everyTime('average'),
  min: everyTime('smallest'),
  max: everyTime('largest'),
  median: everyTime('median'),
  distinct: (what, details, { past }) => `how many different values of ${what} there are among the times they ${past}${details}`,
  firstValue: (what, details, { past }) => `${what} of the first time they ${past}${details}`,
  lastValue: (what, details, { past }) => `${what} of the last time they ${past}${details}`,
  mostFrequent: (what, details, { past }) => `most frequent ${what} of the times they ${past}${details}`,
  topList: (what, details, { past }) => `most frequent values of ${what} of the times they ${past}${details}`,
  firstDate: (_, details, { past }) => `when they first ${past}${details}`,
  lastDate: (_, details, { past }) => `when they last ${past}${details}`,
  daysSinceFirst: (_, details, { past }) => `days since they first ${past}${details}`,
  daysSinceLast: (_, details, { past }) => `days since they last ${past}${details}`,
  meanDaysBetween: (_, details, { past }) => `mean days between the times they ${past}${details}`,
  periodsSinceFirst: (each, details, { past }) => `${each} since they first ${past}${details}, the running one included`,
}

function eventsSaid(way: EventTrait, events: EventsOfTrait, { roles }: SentenceWords): string {
  const filters = (events.where ?? []).map((filter) => `${sourceWords(filter.property)} ${operatorWords(operatorOf(filter))}`)
  const details = [
    windowWords(events.within),
    duringWords(events.during),
    filters.length === 0 ? '' : `where ${listWords(filters, 'and')}`,
    events.sinceLast === undefined ? '' : `since they last ${phraseOf(events.sinceLast, roles).past}`,
  ].filter((each) => each !== '')
  const what =
    way === 'periodsSinceFirst' ? `calendar ${(events as { each?: string }).each}s` : sourceWords(events.property as TraitAmount | TraitValueSource | undefined)
  const said = eventWords[way](what, details.length === 0 ? '' : ` ${details.join(' ')}`, phraseOf(events.did, roles))
  return way === 'topList' ? `the ${String((events as { n?: number }).n)} ${said}` : said
}

function phraseOf(event: TraitEvent, roles: Saying['roles']): ReturnType<typeof eventPhrase> {
  if (typeof event === 'string' || !('anyRole' in event)) return eventPhrase(event, roles)
  const phrases = event.anyRole.map((role: EventRole) => eventPhrase({ role }, roles))
  return {
    past: listWords(
      phrases.map(({ past }) => past),
      'or',
    ),
    base: listWords(
      phrases.map(({ base }) => base),
      'or',
    ),
  }
}

function sourceWords(source: TraitProperty | TraitAmount | TraitValueSource | undefined): string {
  if (source === undefined) return ''
  if (typeof source === 'string') return propertyWords(source)
  if ('role' in source) return roleNames[source.role]
  return 'part' in source ? source.part : source.amount === 'money' ? 'worth' : 'units'
}

function peopleSaid({ of, property, where }: PeopleTrait, words: SentenceWords): string {
  const who = where === undefined ? 'of their people' : `of their people ${clauseSentence(where, words)}`
  const what = property === undefined ? '' : propertyWords(property)
  const measure = {
    count: 'number',
    sum: `total ${what}`,
    avg: `average ${what}`,
    min: `smallest ${what}`,
    max: `largest ${what}`,
    median: `median ${what}`,
    distinct: `how many different values of ${what} there are among those`,
  }[of]
  return `${measure} ${who}`
}

/** The formula with what its letters stand for in their places. */
function formulaSaid({ text, of, floor }: TraitFormula, words: SentenceWords): string {
  const named = of.map((operand) => ((eventsOfTrait(operand) ?? operand.people) !== undefined ? `(${saidOf(operand, words)})` : saidOf(operand, words)))
  const said = printed(parseFormula(text, of.length), named, false)
  return floor === undefined ? said : `${said}, no less than ${floor}`
}

const signs = { '+': '+', '-': '−', '*': '×', '/': '÷', '%': 'modulo', '**': 'to the power of' } as const

function printed(formula: Formula, named: readonly string[], inside: boolean): string {
  switch (formula.kind) {
    case 'number':
      return String(formula.value)
    case 'series':
      return named[formula.index] ?? ''
    case 'negative':
      return `−${printed(formula.of, named, true)}`
    case 'binary': {
      const said = `${printed(formula.left, named, true)} ${signs[formula.operator]} ${printed(formula.right, named, true)}`
      return inside ? `(${said})` : said
    }
  }
}

function labelsSaid({ first, otherwise }: TraitLabels, words: SentenceWords): string {
  const said = first.map(({ label, where }) => `“${label}” of those ${clauseSentence(where, words)}`)
  return `${[...said, ...(otherwise === undefined ? [] : [`else “${otherwise}”`])].join('; ')}`
}

const roleSays: Record<EventRole, string> = {
  product_viewed: 'viewing a product',
  product_list_viewed: 'viewing a list of products',
  search: 'a search',
  added_to_cart: 'adding to the cart',
  removed_from_cart: 'removing from the cart',
  checkout_started: 'starting a checkout',
  order: 'placing an order',
  refund: 'a refund',
  newsletter: 'signing up for the newsletter',
  wishlist: 'adding to the wishlist',
}

/** What has to be set before a trait has values. */
export function needWords({ of, role }: MissingRole): string {
  return of === 'event'
    ? `Say which event is ${roleSays[role as EventRole]}, in Data, Event roles`
    : `Say which property is the ${roleNames[role as PropertyRole]}, in Data, Event roles`
}
