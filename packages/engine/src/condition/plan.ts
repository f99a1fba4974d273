import type { Operator, PositiveOperator, PropertyCondition, Roles } from '@kindred/model'
import type { TimeWindow } from '../time.ts'

/**
 * A definition with everything decided: roles are names, windows are milliseconds, segments that are named are written out. What
 * prints it (SQL, a live step) only renders.
 */
export type Plan = AllPlan | AnyPlan | NotPlan | PropertyPlan | DidPlan | InPlan

export interface AllPlan {
  readonly kind: 'all'
  readonly parts: readonly Plan[]
}
export interface AnyPlan {
  readonly kind: 'any'
  readonly parts: readonly Plan[]
}
export interface NotPlan {
  readonly kind: 'not'
  readonly part: Plan
}
export interface PropertyPlan {
  readonly kind: 'property'
  readonly key: string
  readonly operator: Operator
  readonly now: number
  readonly timezone: string
}
export interface DidPlan {
  readonly kind: 'did'
  /** The names of the events that count; null for any event. */
  readonly names: readonly string[] | null
  readonly filters: readonly PropertyCondition[]
  readonly roles: Roles
  readonly now: number
  readonly timezone: string
  readonly window: TimeWindow
  readonly measure: { readonly of: 'count' } | { readonly of: 'sum'; readonly property: string }
  readonly comparison: CountComparison
  /** Whether a person without any such event meets the comparison. */
  readonly includesNone: boolean
}
/** `operator` turned round where `negated`. */
export interface CountComparison {
  readonly operator: Extract<PositiveOperator, { name: 'equals' | 'moreThan' | 'atLeast' | 'lessThan' | 'atMost' | 'between' }>
  readonly negated: boolean
}
export interface InPlan {
  readonly kind: 'in'
  readonly segmentId: number
  /** The rule of the segment; null for a list of people that is kept. */
  readonly rule: Plan | null
}
