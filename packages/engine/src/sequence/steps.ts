import type { PropertyCondition, Roles } from '@kindred/model'
import type { CompileContext } from '../context.ts'
import type { TimeWindow } from '../time.ts'
import type { When } from '../zone/when.ts'

/** A sequence with everything decided. Lengths of time are milliseconds. */
export interface SequenceSteps {
  /** Those done and those absent, in the order they are written; a step's place is its bit. */
  readonly steps: readonly Step[]
  /** The places of those done, each with how late it may be; the first has nothing before it. */
  readonly done: readonly DoneStep[]
  /** How many values are shared between steps. */
  readonly values: number
  readonly strict: boolean
  /** Where the events of the steps that are done lie. */
  readonly window: TimeWindow
  /** The same where it differs from zone to zone. */
  readonly when: When
  /** The last moment at which an event matters. */
  readonly until: number
  /** Whether each first event has to be looked at on its own, because an earlier or a later one may be the better one. */
  readonly anchored: boolean
  readonly roles: Roles
  readonly now: number
  readonly timezone: string
  readonly textless?: CompileContext['textless']
}

export interface Step {
  /** Null for any event. */
  readonly names: readonly string[] | null
  readonly filters: readonly PropertyCondition[]
  /** Properties of which one value is that of the whole sequence's shared value `value`. */
  readonly shared: readonly { readonly property: string; readonly value: number }[]
  readonly absent: boolean
}

export interface DoneStep {
  readonly place: number
  readonly within: Length | null
  /** What must not happen after this step: until the next one, or at the end. */
  readonly absences: readonly Absence[]
}
export interface Length {
  readonly milliseconds: number
  readonly after: 'previous' | 'first'
}
/** Absent steps that must stay away equally long: `places` are their places. `length` null: all the way to the next step, or until now. */
export interface Absence {
  readonly places: readonly number[]
  readonly length: Length | null
}

/** The bits of some steps as one number. */
export function mask(places: readonly number[]): number {
  return places.reduce((sum, place) => sum + 2 ** place, 0)
}
