import type { EventMeasure, PropertyCondition, Roles } from '@kindred/model'
import type { CompileContext } from '../context.ts'
import type { Sql } from '../sql.ts'
import type { When } from '../zone/when.ts'

/** One number of a subject, from its events. */
export interface Quantity {
  /** The names of the events that count; null for any event. */
  readonly names: readonly string[] | null
  readonly filters: readonly PropertyCondition[]
  readonly when: When
  readonly measure: Measured
  readonly roles: Roles
  readonly now: number
  readonly timezone: string
  readonly textless?: CompileContext['textless']
}
/** How many; how many percent of those that only have the name and lie in the window; or a measure of a property. */
export type Measured = { readonly of: 'count' } | { readonly of: 'share' } | { readonly of: EventMeasure; readonly property: string }

/** A condition as what it asks of the events of a subject. */
export interface EventNumbers {
  readonly quantities: readonly Quantity[]
  /** UInt8, never NULL, of the values of the quantities. */
  met(values: readonly Sql[]): Sql
  /** Whether somebody without any such event meets it. */
  readonly includesNone: boolean
}
