import type { EventChoice, PropertyCondition, Roles } from '@kindred/model'
import type { CompileContext } from '../context.ts'
import { eventFilterSql, eventNameSql, eventNames } from '../event-match.ts'
import { raw, type Sql } from '../sql.ts'
import { type TimeWindow, windowSql } from '../time.ts'
import { checkFilters } from './property.ts'
import type { Planning } from './reading.ts'

/** The events that a condition is about, decided: of these names, meeting all the filters. */
export interface ChosenEvents {
  /** null for any event. */
  readonly names: readonly string[] | null
  readonly filters: readonly PropertyCondition[]
  readonly roles: Roles
  readonly now: number
  readonly timezone: string
  readonly textless?: CompileContext['textless']
}

/** Errors: `segment/invalid` at a filter that cannot be read. */
export function chosenEvents(choice: EventChoice, filters: readonly PropertyCondition[] = [], planning: Planning): ChosenEvents {
  const { context } = planning
  checkFilters(filters, planning, 'where')
  const { roles, now, timezone, textless } = context
  return { names: eventNames(choice, context), filters, roles, now, timezone, textless }
}

/** Time and log position of an event `e` in one number: what an aggregate compares several times as fast as a pair. The store holds nothing before 1970. */
export const inOrder = raw('bitShiftLeft(toUInt128(toUnixTimestamp64Milli(e.timestamp)), 64) + e.position')

/** Conditions that keep those events `e` of a window. */
export function chosenEventsSql(chosen: ChosenEvents, window: TimeWindow): Sql[] {
  return [...namedEventsSql(chosen, window), ...filtersSql(chosen)]
}

/** Conditions that keep the events `e` of those names in a window, whether or not they meet the filters. */
export function namedEventsSql({ names }: Pick<ChosenEvents, 'names'>, window: TimeWindow): Sql[] {
  return [eventNameSql(names), ...windowSql(window)]
}

/** At most one condition: the event `e` meets all the filters. */
export function filtersSql(chosen: ChosenEvents): Sql[] {
  return chosen.filters.length > 0 ? [eventFilterSql(chosen.filters, chosen)] : []
}
