import type { EventTrait, PropertyCondition, Roles, TraitAmount, TraitType, TraitValueSource } from '@kindred/model'
import type { Plan } from '../condition/plan.ts'
import type { Formula } from '../insight/formula.ts'
import type { When } from '../zone/when.ts'

/** A trait with everything decided: what prints it only renders. */
export interface TraitPlan {
  readonly type: TraitType
  readonly value: TraitValuePlan
}

export type TraitValuePlan =
  | { readonly is: 'events'; readonly measure: EventMeasurePlan }
  | { readonly is: 'people'; readonly measure: PeopleMeasurePlan }
  | { readonly is: 'property'; readonly key: string; readonly now: number; readonly timezone: string }
  | { readonly is: 'formula'; readonly formula: Formula; readonly of: readonly TraitValuePlan[]; readonly floor: number | null }
  | { readonly is: 'labels'; readonly first: readonly { readonly label: string; readonly where: Plan }[]; readonly otherwise: string | null }
  /** The project has not said what it is to be read from. */
  | { readonly is: 'nothing' }

/** What of a value is computed of the subject's own events. */
export function measuresOf(value: TraitValuePlan): readonly EventMeasurePlan[] {
  if (value.is === 'events') return [value.measure]
  return value.is === 'formula' ? value.of.flatMap(measuresOf) : []
}

/** Whether a value is computed of events of every name, so that reading it goes through all there are. */
export function readsEveryEvent({ value }: Pick<TraitPlan, 'value'>): boolean {
  return measuresOf(value).some(({ names, since }) => names === null || since === null)
}

/** Which events `e` a measure is about. */
export interface EventsPlan {
  /** The names of the events that count; null for any event. */
  readonly names: readonly string[] | null
  readonly filters: readonly PropertyCondition[]
  readonly when: When
}

export interface EventMeasurePlan extends EventsPlan {
  readonly way: EventTrait
  /** Only what came after the last event of these names; undefined: all. */
  readonly since: readonly string[] | null | undefined
  readonly source: TraitAmount | TraitValueSource | undefined
  readonly as: 'text' | 'number' | 'date'
  /** How long a list is. */
  readonly n: number
  readonly each: 'day' | 'month' | 'quarter' | 'year'
  readonly roles: Roles
  readonly now: number
  readonly timezone: string
}

export interface PeopleMeasurePlan {
  readonly of: 'count' | 'sum' | 'avg' | 'min' | 'max' | 'median' | 'distinct'
  readonly property: string | undefined
  readonly where: Plan | null
  readonly accountType: string | undefined
  readonly now: number
  readonly timezone: string
}
