import {
  type During,
  type EventChoice,
  type EventTrait,
  eventsOfTrait,
  type Trait,
  type TraitDefinition,
  traitDefinitionSchema,
  type Within,
} from '@kindred/model'
import { draftMistake, readDraft } from '../conditions/property-draft.ts'
import type { Filter } from '../segments/tree/row-draft.ts'
import { type FormulaDraft, formulaDefinition, formulaDraftOf, formulaMistakes, newFormula } from './formula-draft.ts'
import { type LabelsDraft, labelMistakes, labelsDefinition, labelsDraftOf, newLabels } from './labels-draft.ts'

/** A trait of events while it is being typed. */
export interface EventsDraft {
  kind: 'events'
  unit: 'person' | 'account'
  way: EventTrait
  event: EventChoice | null
  property: string
  n: number
  within: Within | null
  during: During | null
  where: Filter[]
}

export const wayWords: Record<EventTrait, string> = {
  count: 'How many times',
  sum: 'Total of a property',
  avg: 'Average of a property',
  min: 'Smallest of a property',
  max: 'Largest of a property',
  median: 'Median of a property',
  distinct: 'How many different values',
  firstValue: 'First value',
  lastValue: 'Last value',
  mostFrequent: 'Most frequent value',
  topList: 'List of the most frequent values',
  firstDate: 'Date of the first time',
  lastDate: 'Date of the last time',
  daysSinceFirst: 'Days since the first time',
  daysSinceLast: 'Days since the last time',
  meanDaysBetween: 'Mean days between',
  periodsSinceFirst: 'Calendar months since the first time',
}

const withProperty: ReadonlySet<EventTrait> = new Set(['sum', 'avg', 'min', 'max', 'median', 'distinct', 'firstValue', 'lastValue', 'mostFrequent', 'topList'])
export const takesProperty = (way: EventTrait) => withProperty.has(way)

/** What a trait is computed by, in the fields that show it. */
export type TraitDraft = EventsDraft | FormulaDraft | LabelsDraft

const newEvents: EventsDraft = { kind: 'events', unit: 'person', way: 'count', event: null, property: '', n: 3, within: null, during: null, where: [] }
export const newDrafts: { readonly [Kind in TraitDraft['kind']]: TraitDraft } = { events: newEvents, formula: newFormula, labels: newLabels }

/** The draft of a trait, or null for one that fields cannot show: a role as property, `sinceLast`, people of accounts. Those are changed as JSON. */
export function draftOf({ definition }: Pick<Trait, 'definition'>): TraitDraft | null {
  return formulaDraftOf(definition) ?? labelsDraftOf(definition) ?? eventsDraftOf(definition)
}

function eventsDraftOf(definition: TraitDefinition): EventsDraft | null {
  const own = eventsOfTrait(definition)
  if (own === undefined) return null
  const { did, where = [], within, during, property, sinceLast, n, as, each } = own.events as typeof own.events & { n?: number; as?: string; each?: string }
  const filters = where.flatMap((filter) => (typeof filter.property === 'string' ? [{ ...filter, property: filter.property } as Filter] : []))
  const isPlain = sinceLast === undefined && as === undefined && (each === undefined || each === 'month') && definition.accountType === undefined
  if (!isPlain || filters.length < where.length || (property !== undefined && typeof property !== 'string')) return null
  if (typeof did === 'object' && 'anyRole' in did) return null
  const draft: EventsDraft = {
    kind: 'events',
    unit: definition.unit,
    way: own.way,
    event: did,
    property: property ?? '',
    n: n ?? 3,
    within: within ?? null,
    during: during ?? null,
    where: filters,
  }
  // Operators that the rows do not know would be lost.
  const written = traitDefinitionSchema.safeParse(definitionOf(draft))
  return written.success && JSON.stringify(sorted(written.data)) === JSON.stringify(sorted(definition)) ? draft : null
}

export function definitionOf(draft: TraitDraft): TraitDefinition {
  if (draft.kind === 'formula') return formulaDefinition(draft)
  if (draft.kind === 'labels') return labelsDefinition(draft)
  const { unit, way, event, property, n, within, during, where } = draft
  const events = {
    did: event ?? '',
    ...(where.length > 0 && { where }),
    ...(within !== null && { within }),
    ...(during !== null && { during }),
    ...(takesProperty(way) && { property }),
    ...(way === 'topList' && { n }),
    ...(way === 'periodsSinceFirst' && { each: 'month' }),
  }
  return { unit, [way]: events } as TraitDefinition
}

/** What is missing in words, or null for a complete draft; what stands at a field is said there too. */
export function traitMistake(draft: TraitDraft): string | null {
  if (draft.kind === 'formula') {
    const { text, of } = formulaMistakes(draft)
    return text ?? of.find((each) => each !== null) ?? null
  }
  if (draft.kind === 'labels') return labelMistakes(draft).flatMap(({ label, who }) => label ?? who ?? [])[0] ?? null
  if (draft.event === null) return 'Choose what they did.'
  if (takesProperty(draft.way) && draft.property === '') return 'Choose a property.'
  const filter = draft.where.map((filter) => draftMistake(readDraft(filter))).find((mistake) => mistake !== null)
  if (filter !== undefined) return filter
  return traitDefinitionSchema.safeParse(definitionOf(draft)).success ? null : 'Something in it cannot be read: look at the length of time and the filters.'
}

/** "Spent on shoes" as `spent_on_shoes`. */
export function nameOfLabel(label: string): string {
  const plain = label
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[_0-9]+|_+$/g, '')
  return (plain === '' ? 'trait' : plain).slice(0, 100)
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  )
}
