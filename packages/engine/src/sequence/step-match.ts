import type { PropertyCondition, Roles } from '@kindred/model'
import { hotTextColumns } from '../columns.ts'
import { eventFilterSql, eventNameSql, itemFilter } from '../event-match.ts'
import { eventHas, eventProperty, itemValue } from '../property.ts'
import { join, raw, type Sql, sql } from '../sql.ts'
import { windowSql } from '../time.ts'
import { livedEvent } from '../zone/lived-in.ts'
import { zonedSql } from '../zone/when.ts'
import type { SequenceSteps, Step } from './steps.ts'

/** UInt8: the event `e` is what a step asks for, shared values aside. What is absent is looked for beyond the window too. */
export function stepMatches(step: Step, steps: SequenceSteps): Sql {
  const { filters } = step
  const parts = [eventNameSql(step.names), ...inWindow(step, steps), ...(filters.length > 0 ? [eventFilterSql(filters, steps)] : [])]
  return sql`(${join(parts, ' and ')})`
}

function inWindow(step: Step, { window, when, until }: SequenceSteps): Sql[] {
  if (step.absent) return []
  return [...(window.to === until ? [] : windowSql(window).slice(-1)), ...zonedSql(when, livedEvent)]
}

/** The numbers of the shared values that a step has part in, rising. */
export function valuesOf({ shared }: Step): number[] {
  return [...new Set(shared.map(({ value }) => value))].sort((one, other) => one - other)
}

/**
 * An array of all the shared values with which the event `e` is what a step asks for, empty where it is not: texts where the step has part in one value, tuples
 * of texts, in the order of `valuesOf`, where it has part in several. Where filters or values are read from items, one item gives all of them.
 */
export function stepValues(step: Step, steps: SequenceSteps): Sql {
  const properties = [...new Set(step.shared.map(({ property }) => property))]
  const none =
    valuesOf(step).length === 1
      ? raw('emptyArrayString()')
      : sql`cast([], 'Array(Tuple(${join(
          valuesOf(step).map(() => raw('String')),
          ', ',
        )}))')`
  const named = sql`(${join([eventNameSql(step.names), ...inWindow(step, steps)], ' and ')})`
  const ofEvent = combined(
    step,
    properties.map((property) => eventProperty(property).list),
  )
  const alone = sql`if(${step.filters.length === 0 ? raw('1') : withoutItems(step.filters, steps)}, ${ofEvent}, ${none})`
  const items = itemFilter([...step.filters, ...properties.map(asExisting)], steps)
  const [field] = items?.fields ?? []
  if (items === null || field === undefined) return sql`if(${named}, ${alone}, ${none})`
  const names = items.names.slice(step.filters.filter(({ property }) => isOfItems(property, steps.roles)).length)
  const ofItem = combined(
    step,
    properties.map((property) => {
      const own = eventProperty(property).list
      const name = isOfItems(property, steps.roles) ? names.shift() : undefined
      return name === undefined ? own : sql`if(${eventHas(property)}, ${own}, ${itemValue(steps.roles.properties.items ?? '', name).list})`
    }),
  )
  const onItems = sql`arrayFlatten(arrayMap((${join(items.names, ', ')}) -> if(${items.onItem}, ${ofItem}, ${none}), ${join(items.fields, ', ')}))`
  return sql`if(${named}, if(empty(${field}), ${alone}, ${onItems}), ${none})`
}

/** The filters on an event that is read alone. */
function withoutItems(filters: readonly PropertyCondition[], { roles, now, timezone, textless }: SequenceSteps): Sql {
  return eventFilterSql(filters, { roles: { ...roles, properties: { ...roles.properties, items: undefined } }, now, timezone, textless })
}

function asExisting(property: string): PropertyCondition {
  return { property, exists: true }
}

/** As `itemFilter` sees it. */
function isOfItems(property: string, { properties: { items } }: Roles): boolean {
  return items !== undefined && property !== items && !Object.hasOwn(hotTextColumns, property)
}

/** One value of each property (their lists in the order they first appear in the step) in every way in which those of one shared value are equal. */
function combined({ shared }: Step, lists: readonly Sql[]): Sql {
  const properties = [...new Set(shared.map(({ property }) => property))]
  const [list] = lists
  const values = [...new Set(shared.map(({ value }) => value))].sort((one, other) => one - other)
  if (list !== undefined && properties.length === 1 && values.length === 1) return list
  const variable = (property: string) => raw(`value_${properties.indexOf(property)}`)
  const ofValue = values.map((value) => shared.filter((each) => each.value === value).map(({ property }) => variable(property)))
  const equal = ofValue.flatMap(([first = raw(''), ...others]) => others.map((other) => sql`${first} = ${other}`))
  const heads = ofValue.map(([first = raw('')]) => first)
  const tuple = heads.length === 1 ? join(heads, '') : sql`(${join(heads, ', ')})`
  const innermost = equal.length === 0 ? sql`[${tuple}]` : sql`arrayFilter(whole -> ${join(equal, ' and ')}, [${tuple}])`
  const nested = lists.reduceRight((inner, each, index) => sql`arrayMap(${raw(`value_${index}`)} -> ${inner}, ${each})`, innermost)
  return sql`arrayFlatten(${nested})`
}
