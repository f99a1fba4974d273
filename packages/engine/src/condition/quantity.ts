import {
  type Comparison,
  compareNumber,
  type During,
  type EventChoice,
  type EventMeasure,
  eventMeasures,
  operatorOf,
  type PositiveOperator,
  type PropertyCondition,
  positiveOf,
  type Within,
} from '@kindred/model'
import { eventNames } from '../event-match.ts'
import { type Place, planWhen } from '../zone/when.ts'
import type { Measured, Quantity } from './event-numbers.ts'
import { checkFilters } from './property.ts'

interface EventsMeant {
  readonly did: EventChoice
  readonly where?: PropertyCondition[] | undefined
  readonly within?: Within | undefined
  readonly during?: During | undefined
}

/** `step`: where the quantity stands below the condition's own path, with a dot after it. Errors: `segment/invalid`. */
export function planQuantity(meant: EventsMeant, measure: Measured, { step = '', ...planning }: Place & { step?: string }): Quantity {
  const { context } = planning
  const { roles, now, timezone, textless } = context
  const filters = meant.where ?? []
  checkFilters(filters, planning, `${step}where`)
  return { names: eventNames(meant.did, context), filters, when: planWhen(meant, planning, step), measure, roles, now, timezone, textless }
}

/** The measure that a condition gives, and what its number is compared with where that stands beside it; a count where it gives none. */
export function measuredOf(given: { readonly [Name in EventMeasure]?: { property: string } | undefined }): Measured {
  const of = eventMeasures.find((each) => given[each] !== undefined)
  const measured = of === undefined ? undefined : given[of]
  return of === undefined || measured === undefined ? { of: 'count' } : { of, property: measured.property }
}

/** What the measure of no events is; null where there is no value. */
export function measureOfNothing({ of }: Measured): number | null {
  return of === 'count' || of === 'sum' || of === 'distinct' ? 0 : null
}

/** `operator` turned round where `negated`. */
export interface NumberComparison {
  readonly operator: Extract<PositiveOperator, { name: 'equals' | 'moreThan' | 'atLeast' | 'lessThan' | 'atMost' | 'between' }>
  readonly negated: boolean
}

export function comparisonOf(comparison: Comparison): NumberComparison {
  return positiveOf(operatorOf(comparison)) as NumberComparison
}

/** No value meets only the negations. */
export function meetsComparison(value: number | null, { operator, negated }: NumberComparison): boolean {
  return (value !== null && compareNumber(value, operator)) !== negated
}
