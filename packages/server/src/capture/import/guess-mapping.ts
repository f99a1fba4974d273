import type { ImportMappingInput } from '@kindred/model'
import type { ColumnFacts } from './column-facts.ts'

type Fields = Record<string, { column: string; type: ColumnFacts['type']; format?: ColumnFacts['timeFormat'] }>
type PersonInput = NonNullable<ImportMappingInput['person']>
type EventInput = NonNullable<ImportMappingInput['event']>

const words = (list: string) => new RegExp(`(^|[^a-z])(${list})([^a-z]|$)`, 'i')
const personIds = [
  words('(customer|client|user|person|member|visitor|contact|household|subscriber|account)[ _-]?(id|no|nr|number|key|uuid)'),
  words('distinct[ _-]?id'),
  words('e?-?mail([ _-]?address)?'),
  words('customer|client|user|person|member|household'),
  /^id$/i,
]
const accountIds = words('(company|organi[sz]ation|workspace|tenant|account)[ _-]?(id|no|nr|number|key|uuid|domain)')
const orderIds = words('(invoice|order|basket|transaction|receipt|purchase|checkout|sale)s?[ _-]?(id|no|nr|number|key|name)?')
const times = words('date|time|timestamp|datetime|at|day|when')
const quantities = words('quantity|qty|units|count')
const prices = words('(unit|item|product)?[ _-]?price')
const amounts = words('(sales?|order|total|purchase)?[ _-]?(value|amount|total|revenue|spend|turnover)')
const eventNames = words('event|event[ _-]?(name|type)|action|activity')
const personTraits = words(
  'country|city|region|state|county|gender|sex|age|income|language|segment|plan|name|first[ _-]?name|last[ _-]?name|e?-?mail|birth[ _-]?(date|day)|postcode|zip',
)
const productIds = words('(product|item|stock)[ _-]?(id|code|no|number)|sku|upc|ean')
/** Codes stay text: the next one may hold a letter or begin with zeros. */
const codes = words('id|no|nr|number|code|key|sku|upc|ean|isbn|zip|postcode|phone')
const productNames = words('description|(product|item)[ _-]?(name|title|description)')

/**
 * A mapping for a file nobody has described, from names and values: whose row it is, when, what it tells. Where a column of order numbers repeats,
 * the rows are taken for the lines of orders. It is a beginning for a person to correct.
 */
export function guessMapping(columns: readonly ColumnFacts[]): ImportMappingInput {
  const emptyValues = [...new Set(columns.flatMap((column) => column.emptyTexts))]
  return { ...(emptyValues.length === 0 ? {} : { emptyValues }), ...guessEntities(columns) }
}

function guessEntities(columns: readonly ColumnFacts[]): ImportMappingInput {
  const account = accountId(columns)
  if (account !== undefined) return guessAccount(columns, account)
  const id = personIds.map((pattern) => named(columns, pattern)).find((column) => column !== undefined)
  const time = timeColumn(columns)
  const person = { id: personId(id), ...(id !== undefined && id.empty > 0 ? { whenEmpty: 'skip' as const } : {}) }
  const others = columns.filter((column) => column !== id && column !== time)
  if (id === undefined || time === undefined || isAboutPeople(columns, id)) return { person: guessPerson(columns, person, id) }
  const traits = others.filter((column) => constantWithin(column, [id]) && personTraits.test(spaced(column.name)) && column.distinct > 0)
  const rest = others.filter((column) => !traits.includes(column))
  return { person: { ...person, properties: fields(traits) }, event: guessEvent(rest, time) }
}

/** Companies: each row is one, and no row is a person or an order. */
function accountId(columns: readonly ColumnFacts[]): ColumnFacts | undefined {
  const id = columns.find((column) => accountIds.test(spaced(column.name)) && column.distinct === column.values.length)
  const other = columns.find((column) => column !== id && [...personIds.slice(0, 4), orderIds].some((pattern) => pattern.test(spaced(column.name))))
  return other === undefined ? id : undefined
}

function guessAccount(columns: readonly ColumnFacts[], id: ColumnFacts): ImportMappingInput {
  return { account: { type: 'company', id: idFrom(id), properties: fields(columns.filter((column) => column !== id)) } }
}

/** Each row is another person and their own traits stand beside: the dates among them are traits too, not the time of something that happened. */
function isAboutPeople(columns: readonly ColumnFacts[], id: ColumnFacts): boolean {
  const given = id.values.length - id.empty
  const traits = columns.filter((column) => column !== id && personTraits.test(spaced(column.name)))
  const happenings = columns.filter((column) => [orderIds, eventNames, quantities, prices, amounts].some((pattern) => pattern.test(spaced(column.name))))
  return given > 1 && id.distinct === given && traits.length > 0 && happenings.length === 0
}

/** Dates of people are dates; an e-mail beside another id stays a property, for it may be shared. */
function guessPerson(columns: readonly ColumnFacts[], person: PersonInput, id: ColumnFacts | undefined): PersonInput {
  return { ...person, properties: fields(columns.filter((column) => column !== id)) }
}

function guessEvent(columns: readonly ColumnFacts[], time: ColumnFacts): EventInput {
  const timeFrom = { column: time.name, ...(time.timeFormat === 'auto' || time.timeFormat === undefined ? {} : { format: time.timeFormat }) }
  const order = columns.find((column) => orderIds.test(spaced(column.name)) && column.type !== 'date' && column.distinct > 1)
  const total = totalOf(columns)
  if (order === undefined && total === undefined) {
    const name = columns.find((column) => eventNames.test(spaced(column.name)) && column.type === 'text')
    return {
      name: name === undefined ? 'row_imported' : { column: name.name },
      time: timeFrom,
      properties: fields(columns.filter((column) => column !== name)),
    }
  }
  const refunds = refundRule(columns)
  // A refund's amount is positive: that it goes back is what the event's name says.
  const revenue = total === undefined ? undefined : { multiply: total.map((column) => column.name), absolute: 'rules' in refunds }
  const base = { name: 'order_completed', ...refunds, time: timeFrom, ...(revenue === undefined ? {} : { totals: { revenue } }) }
  if (order === undefined || order.distinct >= order.values.length - order.empty) {
    return { ...base, properties: fields(columns, order === undefined ? {} : { [order.name]: 'order_id' }) }
  }
  const others = columns.filter((column) => column !== order)
  const ofOrder = others.filter((column) => constantWithin(column, [order]))
  const ofItem = others.filter((column) => !ofOrder.includes(column))
  return {
    ...base,
    properties: { order_id: { column: order.name, type: 'text' }, ...fields(ofOrder) },
    group: { by: [order.name], ...(ofItem.length === 0 ? {} : { items: { fields: fields(ofItem, itemNames(ofItem)) } }) },
  }
}

function personId(id: ColumnFacts | undefined): PersonInput['id'] {
  return id === undefined ? { row: true, prefix: 'row-' } : idFrom(id)
}

function idFrom(id: ColumnFacts) {
  return id.endsInPointZero ? { column: id.name, withoutSuffix: '.0' } : id.name
}

function timeColumn(columns: readonly ColumnFacts[]): ColumnFacts | undefined {
  const dates = columns.filter((column) => column.type === 'date' && column.empty === 0 && !/birth/i.test(column.name))
  return named(dates, times) ?? dates[0]
}

/** Quantity and price where both are there, else an amount. */
function totalOf(columns: readonly ColumnFacts[]): ColumnFacts[] | undefined {
  const numbers = columns.filter((column) => column.type === 'number' && column.empty === 0)
  const quantity = named(numbers, quantities)
  const price = named(numbers, prices)
  if (quantity !== undefined && price !== undefined) return [quantity, price]
  const amount = named(numbers, amounts)
  return amount === undefined ? undefined : [amount]
}

function refundRule(columns: readonly ColumnFacts[]): Pick<EventInput, 'rules'> {
  const quantity = named(columns, quantities)
  if (quantity === undefined || !quantity.values.some((value) => value.startsWith('-'))) return {}
  return { rules: [{ when: { column: quantity.name, lessThan: 0 }, event: 'order_refunded' }] }
}

/** The names that questions about items know. */
function itemNames(columns: readonly ColumnFacts[]): Record<string, string> {
  const known = { product_id: productIds, product_name: productNames, quantity: quantities, price: prices }
  const found = Object.entries(known).map(([name, pattern]) => [named(columns, pattern)?.name, name] as const)
  return Object.fromEntries(found.filter(([column]) => column !== undefined))
}

function fields(columns: readonly ColumnFacts[], renamed: Record<string, string> = {}): Fields {
  const typeOf = (column: ColumnFacts) => (column.type === 'number' && codes.test(spaced(column.name)) ? 'text' : column.type)
  const formatOf = ({ type, timeFormat }: ColumnFacts) => (type === 'date' && timeFormat !== undefined && timeFormat !== 'auto' ? { format: timeFormat } : {})
  return Object.fromEntries(
    columns.map((column) => [renamed[column.name] ?? snake(column.name), { column: column.name, type: typeOf(column), ...formatOf(column) }]),
  )
}

function named(columns: readonly ColumnFacts[], pattern: RegExp): ColumnFacts | undefined {
  return columns.find((column) => pattern.test(spaced(column.name)))
}

/** Whether rows that agree in `keys` agree in this column, and some rows do agree. */
function constantWithin(column: ColumnFacts, keys: readonly ColumnFacts[]): boolean {
  const seen = new Map<string, string>()
  return column.values.every((value, index) => {
    const key = keys.map(({ values }) => values[index] ?? '').join('\u0000')
    if (/^\0*$/.test(key)) return true
    const before = seen.get(key) ?? value
    seen.set(key, before)
    return before === value
  })
}

/** `CustomerID` and `customer_id` alike as words. */
function spaced(name: string): string {
  return name.replace(/([a-z\d])([A-Z])/g, '$1 $2').replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
}

/** The way events and properties are named here: `InvoiceNo` becomes `invoice_no`. */
function snake(name: string): string {
  const plain = spaced(name)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '')
  return plain === '' ? name : plain
}
