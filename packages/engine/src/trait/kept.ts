import { raw, type Sql, sql } from '../sql.ts'

/** The columns of `kindred.trait_states` that hold what a measure comes to over some events, and their types. */
export const stateColumns = {
  whole_0: 'Nullable(Int128)',
  whole_1: 'Nullable(Int128)',
  whole_2: 'Nullable(Int128)',
  number: 'Nullable(Float64)',
  text: 'Nullable(String)',
  texts: 'Array(String)',
  times: 'Array(UInt64)',
} as const
export type StateColumn = keyof typeof stateColumns

/** One column of a state. Putting states together in any order comes to what all their events come to. */
export interface StatePart {
  readonly column: StateColumn
  /** An aggregate over events `e`. */
  readonly of: Sql
  /** An aggregate over rows of states: their one. */
  readonly together: Sql
}

/** How a measure is kept. */
export interface Kept {
  readonly parts: readonly StatePart[]
  /** Aggregates over rows of states that come to the measure's columns, of the same types as those over events. */
  readonly columns: readonly Sql[]
}

/** A part of which the aggregate that put it together puts rows of it together too. */
export function statePart(column: StateColumn, of: Sql, together: 'sum' | 'min' | 'max' | 'groupUniqArrayArray'): StatePart {
  return { column, of, together: sql`${raw(together)}(${raw(column)})` }
}

/** The part over events, in the type of its column. */
export function partOfEvents({ column, of }: StatePart): Sql {
  return sql`cast(${of} as ${raw(stateColumns[column])})`
}
