import { type EventChoice, operatorOf, type PropertyCondition } from '@kindred/model'
import { hotTextColumns } from './columns.ts'
import type { CompileContext } from './context.ts'
import { operatorSql, operatorWhere } from './operator/operator.ts'
import { eventHas, eventProperty, itemField, itemValue, type PropertySql } from './property.ts'
import { bind, join, raw, type Sql, sql } from './sql.ts'

/** The names of the events meant; null for any event. A role that the project gave to no event names none. */
export function eventNames(choice: EventChoice, { roles }: Pick<CompileContext, 'roles'>): readonly string[] | null {
  if (typeof choice === 'string') return [choice]
  if ('role' in choice) return roles.events[choice.role] ?? []
  return 'anyOf' in choice ? choice.anyOf : null
}

/** UInt8: the event `e` is of the kind meant. */
export function eventMatchSql(choice: EventChoice, context: Pick<CompileContext, 'roles'>): Sql {
  return eventNameSql(eventNames(choice, context))
}

/** UInt8: the event `e` has one of the names; null stands for any. */
export function eventNameSql(names: readonly string[] | null): Sql {
  if (names === null) return raw('1')
  const [only] = names
  if (only === undefined) return raw('0')
  return names.length === 1 ? sql`e.event = ${bind('String', only)}` : sql`e.event in ${bind('Array(String)', names)}`
}

/** What filters and measures are read with. */
type FilterContext = Pick<CompileContext, 'roles' | 'now' | 'timezone' | 'textless'>

/**
 * UInt8, never NULL: the event `e` meets all the filters.
 *
 * Where the project names a list of items, a key is read from the event where the event itself carries it, and otherwise from an
 * item: the filters hold when *one* item meets all of those that are read from items. An event without items is read alone.
 */
export function eventFilterSql(filters: readonly PropertyCondition[], context: FilterContext): Sql {
  const alone = join(
    filters.map((filter) => operatorSql(eventProperty(filter.property, context), operatorOf(filter), context)),
    ' and ',
    '1',
  )
  const items = itemFilter(filters, context)
  const [field] = items?.fields ?? []
  if (items === null || field === undefined) return alone
  return sql`if(empty(${field}), ${alone}, arrayExists((${join(items.names, ', ')}) -> ${items.onItem}, ${join(items.fields, ', ')}))`
}

/** The same as conditions of a WHERE, each of which may be NULL for no. */
export function eventFilterWhere(filters: readonly PropertyCondition[], context: FilterContext): readonly Sql[] {
  if (itemFilter(filters, context) !== null) return [eventFilterSql(filters, context)]
  return filters.map((filter) => operatorWhere(eventProperty(filter.property, context), operatorOf(filter), context))
}

/**
 * Nullable(Float64): the number an event contributes to a measure of a property. A key that the event does not carry but its items
 * do is the sum over those items that meet the filters.
 */
export function eventNumber(key: string, filters: readonly PropertyCondition[], context: FilterContext): Sql {
  const own = eventProperty(key, context).number
  const list = context.roles.properties.items
  if (list === undefined || list === key) return own
  const items = itemFilter(filters, context)
  const value = raw('item_value')
  const field = itemField(list, key)
  const number = sql`if(${items?.onItem ?? raw('1')}, ${itemValue(list, value).number}, null)`
  const numbers = sql`arrayMap((${join([value, ...(items?.names ?? [])], ', ')}) -> ${number}, ${join([field, ...(items?.fields ?? [])], ', ')})`
  return sql`if(${eventHas(key)} or empty(${field}), ${own}, arrayReduce('sumOrNull', ${numbers}))`
}

export interface ItemFilter {
  /** Of `itemField` each, of equal length. */
  fields: readonly Sql[]
  /** The lambda's variables, one for each field. */
  names: readonly Sql[]
  /** UInt8 of the lambda: this item meets all the filters, those of the event itself among them. */
  onItem: Sql
}

/** The filters as they read on one item; null where none of them may be read from items. */
export function itemFilter(filters: readonly PropertyCondition[], context: FilterContext): ItemFilter | null {
  const list = context.roles.properties.items
  // What has a column of its own belongs to the event alone, and so does the list itself.
  const ofItems = list === undefined ? [] : filters.filter(({ property }) => property !== list && !Object.hasOwn(hotTextColumns, property))
  if (list === undefined || ofItems.length === 0) return null
  const names = ofItems.map((_, index) => raw(`item_${index}`))
  const met = filters.map((filter) => {
    const ofEvent = operatorSql(eventProperty(filter.property, context), operatorOf(filter), context)
    const name = names[ofItems.indexOf(filter)]
    return name === undefined ? ofEvent : sql`if(${eventHas(filter.property)}, ${ofEvent}, ${operatorSql(itemValue(list, name), operatorOf(filter), context)})`
  })
  return { fields: ofItems.map((filter) => itemField(list, filter.property)), names, onItem: join(met, ' and ') }
}

/** How a value of each item that counts is read from the lambda's variables; null where the key cannot be an item's. */
function itemValues(
  key: string,
  { filters, read }: { filters: readonly PropertyCondition[]; read: (value: PropertySql) => Sql },
  context: FilterContext,
): { field: Sql; values: Sql } | null {
  const list = context.roles.properties.items
  if (list === undefined || list === key || Object.hasOwn(hotTextColumns, key)) return null
  const items = itemFilter(filters, context)
  const field = itemField(list, key)
  const value = raw('item_value')
  const one = sql`if(${items?.onItem ?? raw('1')}, ${read(itemValue(list, value))}, null)`
  return { field, values: sql`arrayMap((${join([value, ...(items?.names ?? [])], ', ')}) -> ${one}, ${join([field, ...(items?.fields ?? [])], ', ')})` }
}

/**
 * Array(Float64): every number that an event tells of a property, its own, or those of the items that meet the filters; null where items
 * cannot hold it, so that `eventNumber` is all there is.
 */
export function eventItemNumbers(key: string, filters: readonly PropertyCondition[], context: FilterContext): Sql | null {
  const items = itemValues(key, { filters, read: (value) => value.number }, context)
  if (items === null) return null
  const own = sql`[${eventProperty(key, context).number}]`
  const all = sql`if(${eventHas(key)} or empty(${items.field}), ${own}, ${items.values})`
  return sql`arrayMap(n -> assumeNotNull(n), arrayFilter(n -> isNotNull(n), ${all}))`
}

/** Array(String): every text that an event tells of a property: its own, each of a list, or those of the items that meet the filters. */
export function eventTexts(key: string, filters: readonly PropertyCondition[], context: FilterContext): Sql {
  const own = eventProperty(key).list
  const items = itemValues(key, { filters, read: (value) => value.text }, context)
  if (items === null) return own
  return sql`if(${eventHas(key)} or empty(${items.field}), ${own}, arrayFilter(t -> notEmpty(t), arrayMap(t -> ifNull(t, ''), ${items.values})))`
}
