import { countryCodes, isSouthern, type TraitAmount, type TraitValueSource } from '@kindred/model'
import { eventNumber, itemFilter } from '../event-match.ts'
import { eventHas, eventProperty, itemField, itemValue } from '../property.ts'
import { bind, join, raw, type Sql, sql } from '../sql.ts'
import type { EventMeasurePlan } from './plan.ts'

type Reading = Pick<EventMeasurePlan, 'filters' | 'roles' | 'now' | 'timezone'>

/** Nullable(Float64): what the event `e` adds to a sum, an average and so on. */
export function eventAmount(source: TraitAmount, reading: Reading): Sql {
  if (typeof source === 'string') return eventNumber(source, reading.filters, reading)
  if ('role' in source) throw new Error('roles are names by now')
  return source.amount === 'money' ? worth(reading) : units(reading)
}

/** The value the event itself says; else price × quantity, its own or of its items. */
function worth(reading: Reading): Sql {
  const { value, price } = reading.roles.properties
  const own = value === undefined ? [] : [eventProperty(value).number]
  const priced = price === undefined ? [] : [sql`${eventProperty(price).number} * ${quantityOf(reading)}`, itemSum(reading, { price })]
  return sql`coalesce(${join([...own, ...priced, raw('cast(null as Nullable(Float64))')], ', ')})`
}

/** The quantity the event itself says; else that of its items, an item being one where it does not say; else one. */
function units(reading: Reading): Sql {
  const { quantity } = reading.roles.properties
  const own = quantity === undefined ? [] : [eventProperty(quantity).number]
  return sql`coalesce(${join([...own, itemSum(reading, {}), raw('1.')], ', ')})`
}

function quantityOf({ roles }: Reading): Sql {
  const { quantity } = roles.properties
  return quantity === undefined ? raw('1') : sql`ifNull(${eventProperty(quantity).number}, 1)`
}

/** Nullable(Float64): over the items that meet the filters, price × quantity or the quantity alone; NULL where the event has no items. */
function itemSum(reading: Reading, { price }: { price?: string }): Sql {
  const { items: list, quantity } = reading.roles.properties
  if (list === undefined) return raw('cast(null as Nullable(Float64))')
  const filter = itemFilter(reading.filters, reading)
  // Any field of a list is as long as the list.
  const priceField = itemField(list, price ?? quantity ?? 'quantity')
  const quantityField = itemField(list, quantity ?? 'quantity')
  const count = quantity === undefined ? raw('1') : sql`ifNull(${itemValue(list, raw('item_quantity')).number}, 1)`
  const amount = price === undefined ? count : sql`${itemValue(list, raw('item_price')).number} * ${count}`
  const names = join([raw('item_price'), raw('item_quantity'), ...(filter?.names ?? [])], ', ')
  const fields = join([priceField, quantityField, ...(filter?.fields ?? [])], ', ')
  const each = sql`arrayMap((${names}) -> toFloat64(if(${filter?.onItem ?? raw('1')}, ${amount}, null)), ${fields})`
  return sql`if(empty(${priceField}), null, arrayReduce('sumOrNull', ${each}))`
}

/**
 * Array(String): the texts by which the event `e` is told apart: of a property those of its list, or its one text; of a field that only its items have,
 * one for each item that meets the filters.
 */
export function eventTexts(source: TraitValueSource, reading: Reading): Sql {
  if (typeof source === 'string') return propertyTexts(source, reading)
  if ('role' in source) throw new Error('roles are names by now')
  return sql`[${timePart(source.part, reading.timezone)}]`
}

function propertyTexts(key: string, reading: Reading): Sql {
  const own = eventProperty(key).list
  const list = reading.roles.properties.items
  if (list === undefined || list === key) return own
  const filter = itemFilter(reading.filters, reading)
  const field = itemField(list, key)
  const text = sql`if(${filter?.onItem ?? raw('1')}, ifNull(${itemValue(list, raw('item_value')).text}, ''), '')`
  const texts = sql`arrayMap((${join([raw('item_value'), ...(filter?.names ?? [])], ', ')}) -> ${text}, ${join([field, ...(filter?.fields ?? [])], ', ')})`
  return sql`if(${eventHas(key)} or empty(${field}), ${own}, arrayFilter(t -> notEmpty(t), ${texts}))`
}

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
/** By whole months, the first being that of December. */
const seasons = ['Winter', 'Spring', 'Summer', 'Autumn']

function timePart(part: 'season' | 'month' | 'weekday' | 'hour', timezone: string): Sql {
  const local = sql`toTimeZone(e.timestamp, ${bind('String', timezone)})`
  const oneOf = (names: readonly string[], index: Sql) => sql`arrayElement(${bind('Array(String)', names)}, ${index})`
  switch (part) {
    case 'month':
      return oneOf(months, sql`toMonth(${local})`)
    case 'weekday':
      return oneOf(weekdays, sql`toDayOfWeek(${local})`)
    case 'hour':
      return sql`toString(toHour(${local}))`
    case 'season': {
      const south = sql`if(e.country_code in ${bind('Array(String)', countryCodes.filter(isSouthern))}, 2, 0)`
      return oneOf(seasons, sql`(intDiv(toMonth(${local}) % 12, 3) + ${south}) % 4 + 1`)
    }
  }
}
