import { dateGrammar, integerGrammar, numberGrammar, type StandardField, standardFieldNamed, unixMillisecondsGrammar, unixSecondsGrammar } from '@kindred/model'
import { type HotProperty, hotDynamicPaths, hotTextColumns, isItemList, itemMark } from './columns.ts'
import type { CompileContext } from './context.ts'
import { bind, raw, type Sql, sql } from './sql.ts'
import { standardValue } from './standard/field.ts'
import type { RawReader, ReadBy } from './standard/reader.ts'

/**
 * The one place that turns a property key into SQL, by the value table of `@kindred/model` (value.ts). Events are read under the
 * alias `e`, persons under `p`.
 */
export interface PropertySql {
  /** Nullable(String): the text form; NULL where missing, or a list or an object. */
  readonly text: Sql
  /** Nullable(String): what was sent as text, '' too; the quickest to read, enough where no number or boolean can be meant. */
  readonly string: Sql
  /** Nullable(Float64): a number, or a text that is one. */
  readonly number: Sql
  /** Nullable(Int256): the exact value of an integer. */
  readonly integer: Sql
  /** UInt8: neither missing, null nor ''. */
  readonly exists: Sql
  /** Array(String): the texts of a list's items; a single value is a list of one. */
  readonly list: Sql
  /** Array(String): the JSON text of every item, objects, lists and nulls too; a single value is a list of one, a missing one of none. */
  readonly items: Sql
  /** Nullable(Int64), epoch milliseconds: a date or an instant in text, a date alone being its first instant in the zone. */
  readonly date: (timezone: string) => Sql
  /** Nullable(String): the JSON text of any value, lists and objects too, as the store writes it: `itemsOfJson` reads the items of a list. */
  readonly json: Sql
}

/** `textless`: as in the context of a question. */
export function eventProperty(key: string, { textless }: Pick<CompileContext, 'textless'> = {}): PropertySql {
  const column = hotColumn(key)
  return column === undefined ? storedProperty('e.properties', key, textless?.event) : textProperty(sql`nullIf(toString(e.${column}), '')`)
}

/** String: the text form to group events by, '' where there is none. A column of its own is grouped as it is stored. */
export function eventKey(key: string): Sql {
  const column = hotColumn(key)
  if (column !== undefined) return sql`e.${column}`
  // Most values are texts, which are taken as they are; only the others are turned into one.
  const inText = sql`dynamicElement(${propertyPath('e.properties', key)}, 'String')`
  return sql`if(isNotNull(${inText}), assumeNotNull(${inText}), ifNull(${eventProperty(key).text}, ''))`
}

/** A raw property of the person or the account `p`, or a standard field such as `standard.age`; ages are those at `by.now` in its zone. */
export function personProperty(key: string, by: ReadBy): PropertySql {
  const field = standardFieldNamed(key)
  return field === undefined ? storedProperty('p.properties', key, by.textless?.person) : standardProperty(field, by)
}

/** The property of the person or the account `p` that has this very name. */
export function rawPersonProperty(key: string): PropertySql {
  return storedProperty('p.properties', key)
}

/** Reads the raw properties of the person `p`. */
export function personReader({ personNames, ...clock }: ReadBy): RawReader {
  const value = (path: readonly string[]) => raw(['p.properties', ...path.map(escapeKey)].join('.'))
  return {
    value,
    list: (path) => dynamicProperty(value(path)).list,
    dateOf: (text) => textDate(text, clock.timezone),
    has: ([name = '']) => personNames?.has(name) ?? true,
    clock,
  }
}

function standardProperty(field: StandardField, by: ReadBy): PropertySql {
  const { now, timezone } = by
  const found = standardValue(field, personReader(field.of === 'person' ? by : { now, timezone }))
  if (found.type === 'list') return listProperty(found.value)
  if (found.type === 'text') return textProperty(found.value)
  // Written as JSON writes it, so that 12 is not "12.0".
  const text = sql`toString(${found.value})`
  return { ...textProperty(text), number: sql`toFloat64(${found.value})`, json: text }
}

/** An Array(String) that is what a property holds. */
export function listProperty(list: Sql): PropertySql {
  return {
    ...textProperty(sql`if(length(${list}) = 1, ${list}[1], null)`),
    list,
    exists: sql`notEmpty(${list})`,
    items: sql`arrayMap(text -> toJSONString(text), ${list})`,
    json: sql`if(empty(${list}), null, toJSONString(${list}))`,
  }
}

/** UInt8: the event itself carries the key with some value. Cheaper than `exists`, which also looks for objects and empty texts. */
export function eventHas(key: string): Sql {
  const column = hotColumn(key)
  return column === undefined ? sql`isNotNull(${propertyPath('e.properties', key)})` : sql`notEmpty(e.${column})`
}

/**
 * Array of what `itemValue` reads, NULL where an object lacks the field: a field of each object in an event's list. All fields of one list have the same
 * length, and a list of anything else has none.
 */
export function itemField(listKey: string, key: string): Sql {
  const list = propertyPath('e.properties', listKey)
  // A typed path holds its lists as plain Array(JSON); `[]` stands for the type that a path found at run time has.
  const objectsOf = (hotDynamicPaths as readonly string[]).includes(listKey) ? '.`Array(JSON)`.' : '[].'
  if (isItemList(listKey)) return sql`${list}${raw(objectsOf + escapeKey(key))}`
  const texts = sql`dynamicElement(${list}, 'Array(Nullable(String))')`
  const isMarked = sql`arrayAll(item -> ifNull(startsWith(item, ${markText}), 0), ${texts})`
  const unmarked = sql`arrayMap(item -> substring(assumeNotNull(item), ${raw(String(itemMark.length + 1))}), ${texts})`
  const items = sql`if(notEmpty(${texts}) and ${isMarked}, ${unmarked}, ${jsonItems(list)})`
  const objects = sql`if(arrayAll(item -> startsWith(item, '{'), ${items}), ${items}, emptyArrayString())`
  return sql`arrayMap(item -> nullIf(${jsonField(raw('item'), key)}, ''), ${objects})`
}

const markText = raw(quote(itemMark))

/** A value of `itemField`, inside a lambda. */
export function itemValue(listKey: string, value: Sql): PropertySql {
  return isItemList(listKey) ? dynamicProperty(value) : jsonProperty(sql`ifNull(${value}, '')`)
}

function hotColumn(key: string): Sql | undefined {
  return Object.hasOwn(hotTextColumns, key) ? raw(hotTextColumns[key as HotProperty]) : undefined
}

function storedProperty(column: 'e.properties' | 'p.properties', key: string, textless?: ReadonlySet<string>): PropertySql {
  const object = raw(`${column}.^${escapeKey(key)}`)
  const value = propertyPath(column, key)
  const property = dynamicProperty(value)
  return {
    ...property,
    ...(textless?.has(key) && { number: plainNumber(value) }),
    exists: sql`(${property.exists} or notEmpty(JSONAllPaths(${object})))`,
    items: sql`if(notEmpty(JSONAllPaths(${object})), [toJSONString(${object})], ${property.items})`,
    json: sql`coalesce(${property.json}, nullIf(toJSONString(${object}), '{}'))`,
  }
}

function propertyPath(column: 'e.properties' | 'p.properties', key: string): Sql {
  return raw(`${column}.${escapeKey(key)}`)
}

/** The store writes a dot inside a key as %2E, so that `a.b` differs from `b` inside `a`. */
function storedKey(key: string): string {
  return key.replaceAll('.', '%2E')
}

/** A user's key as a quoted name. */
function escapeKey(key: string): string {
  const name = storedKey(key).replaceAll('\\', '\\\\').replaceAll('`', '\\`')
  return `\`${name}\``
}

/** A value of the type Dynamic: a property, or an item's field inside a lambda. */
export function dynamicProperty(value: Sql): PropertySql {
  const string = sql`dynamicElement(${value}, 'String')`
  const signed = sql`dynamicElement(${value}, 'Int64')`
  const unsigned = sql`dynamicElement(${value}, 'UInt64')`
  // A list or an object is known by how its text begins; asking for the type of each value costs several times as much.
  const isText = sql`(isNotNull(${string}) or not startsWith(toString(${value}), '[') and not startsWith(toString(${value}), '{'))`
  const text = sql`nullIf(if(${isText}, toString(${value}), ''), '')`
  return {
    ...textProperty(text),
    string,
    // Texts are few: what reads them as numbers runs for no row that has none.
    number: sql`if(isNull(${string}), ${plainNumber(value)}, ${textNumber(string)})`,
    integer: sql`coalesce(toInt256(${signed}), toInt256(${unsigned}), ${textInteger(string)})`,
    // A typed path keeps an object as one value; elsewhere an object is the paths below it.
    exists: sql`(toString(${value}) not in ('', '{}') or ifNull(${string} = '{}', 0))`,
    list: sql`if(startsWith(dynamicType(${value}), 'Array'), ${itemTexts(value)}, ${listOfOne(text)})`,
    items: sql`multiIf(startsWith(dynamicType(${value}), 'Array'), ${jsonItems(value)}, toString(${value}) in ('', '{}') and not ifNull(${string} = '{}', 0), emptyArrayString(), [ifNull(toJSONString(${value}), '')])`,
    json: sql`if(isNull(${value}), null, toJSONString(${value}))`,
  }
}

/** Nullable(Float64): a number that was sent as one. */
function plainNumber(value: Sql): Sql {
  return sql`coalesce(dynamicElement(${value}, 'Float64'), toFloat64(dynamicElement(${value}, 'Int64')), toFloat64(dynamicElement(${value}, 'UInt64')))`
}

/** A String that is text, such as an item of a list. */
export function itemText(text: Sql): PropertySql {
  return textProperty(sql`nullIf(${text}, '')`)
}

/** String: the JSON text of a field in the JSON text of an object; '' where there is none. */
export function jsonField(object: Sql, key: string): Sql {
  return sql`JSONExtractRaw(${object}, ${bind('String', storedKey(key))})`
}

/** A String that is the JSON text of a value as the store writes it, with whole numbers as texts; '' where there is none. */
export function jsonProperty(json: Sql): PropertySql {
  const text = sql`nullIf(${jsonText(json)}, '')`
  return {
    ...textProperty(text),
    exists: sql`${json} not in ('', 'null', '""', '{}')`,
    list: sql`if(startsWith(${json}, '['), ${jsonTexts(itemsOfJson(json))}, ${listOfOne(text)})`,
    items: sql`multiIf(startsWith(${json}, '['), ${itemsOfJson(json)}, ${json} in ('', 'null', '""', '{}'), emptyArrayString(), [${json}])`,
    json: sql`nullIf(${json}, '')`,
  }
}

/** A value that is always text, such as a column of its own: Nullable(String), NULL where missing. */
export function textProperty(text: Sql): PropertySql {
  return {
    text,
    string: text,
    number: textNumber(text),
    integer: textInteger(text),
    exists: sql`isNotNull(${text})`,
    list: listOfOne(text),
    items: sql`if(isNull(${text}), emptyArrayString(), [toJSONString(ifNull(${text}, ''))])`,
    date: (timezone) => textDate(text, timezone),
    json: sql`toJSONString(${text})`,
  }
}

function textNumber(text: Sql): Sql {
  // Text too large for a float reads as infinite, which is no number.
  return sql`if(match(${text}, ${raw(quote(numberGrammar))}) and isFinite(toFloat64OrZero(${text})), toFloat64OrNull(${text}), null)`
}

function textInteger(text: Sql): Sql {
  return sql`if(match(${text}, ${raw(quote(integerGrammar))}), toInt256OrNull(${text}), null)`
}

function textDate(text: Sql, timezone: string): Sql {
  const matched = (grammar: string) => sql`match(${text}, ${raw(quote(grammar))})`
  return sql`multiIf(${matched(dateGrammar)}, toUnixTimestamp64Milli(parseDateTime64BestEffortOrNull(${text}, 3, ${bind('String', timezone)})), ${matched(unixSecondsGrammar)}, toInt64OrNull(${text}) * 1000, ${matched(unixMillisecondsGrammar)}, toInt64OrNull(${text}), null)`
}

function listOfOne(text: Sql): Sql {
  return sql`if(isNull(${text}), emptyArrayString(), [ifNull(${text}, '')])`
}

/** Lists are read through their JSON text, because their types differ from row to row. */
function jsonItems(value: Sql): Sql {
  return itemsOfJson(sql`ifNull(toJSONString(${value}), '[]')`)
}

/** Array(String): the JSON text of every item of a list in JSON text as the store writes it; none where it is no list. */
export function itemsOfJson(json: Sql): Sql {
  const whole = sql`substring(JSONExtractString(kept), ${raw(String(itemMark.length + 1))})`
  return sql`arrayMap(kept -> if(startsWith(kept, ${raw(quote(JSON.stringify(itemMark).slice(0, -1)))}), ${whole}, kept), JSONExtractArrayRaw(${json}))`
}

function itemTexts(value: Sql): Sql {
  return jsonTexts(jsonItems(value))
}

/** The texts of items in JSON; those without text are left out. */
function jsonTexts(items: Sql): Sql {
  return sql`arrayFilter(i -> notEmpty(i), arrayMap(i -> ${jsonText(raw('i'))}, ${items}))`
}

/** String: the text form of a value in JSON, '' where it has none. */
function jsonText(json: Sql): Sql {
  return sql`multiIf(startsWith(${json}, '"'), JSONExtractString(${json}), ${json} = 'null' or startsWith(${json}, '[') or startsWith(${json}, '{'), '', ${json})`
}

/** A grammar of ours as an SQL literal. */
export function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}
