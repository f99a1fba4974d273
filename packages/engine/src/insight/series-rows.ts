import type { PropertyCondition, Series, TrendsQuery } from '@kindred/model'
import { hotTextColumns } from '../columns.ts'
import type { CompileContext } from '../context.ts'
import { eventFilterWhere, eventMatchSql, itemFilter } from '../event-match.ts'
import { eventsOfPeople, personBeside } from '../people.ts'
import { eventHas, eventKey, eventProperty, itemField, itemValue } from '../property.ts'
import { bind, join, raw, type Sql, sql } from '../sql.ts'
import { isOfPeople, isOfProperty, withPersonKey, withSegmentKey } from './breakdown.ts'
import type { Period } from './buckets.ts'
import { personFilterSql, type SplitFilters, splitFilters } from './filters.ts'
import { sessionFilterSql, withSessionKey } from './session.ts'

export interface RowsRequest {
  series: Series
  query: Pick<TrendsQuery, 'filters' | 'breakdown'>
  period: Period
  /** UInt32 over the event `e`. */
  bucket: Sql
  /** Whether the measure reads who did it; filters and breakdowns that need it say so themselves. */
  needsPerson: boolean
  /** Nothing is read but who and in which bucket: broken down by who they are, each person comes once for each bucket and key, with these columns alone. */
  onlyPeople?: boolean
}

/**
 * The rows a series measures, one for each event, or for each item where the measured property or the breakdown is a field of items:
 * `person` UInt64, `bucket` UInt32, `key` String ('' for no value), `number` Nullable(Float64), `session` String. The numbers of an answer and
 * the people behind them are both read from here.
 */
export function seriesRows(request: RowsRequest, context: CompileContext): Sql {
  const { series, query } = request
  const { breakdown } = query
  const ofPeople = isOfPeople(breakdown)
  const ofSession = isOfProperty(breakdown) && breakdown.of === 'session'
  const isKeyed = !ofPeople && !ofSession
  const values = { key: isOfProperty(breakdown) && isKeyed ? breakdown.property : undefined, number: series.property, textless: context.textless }
  const { person, among, from, session } = seriesEvents(
    { ...request, needsPerson: request.needsPerson || ofPeople || ofSession, joinsSessions: ofSession },
    context,
  )
  const head = sql`${person} as person, ${request.bucket} as bucket, e.session_id as session`
  const expanded = itemValues(values, splitFilters([...query.filters, ...series.filters]).event, context)
  const key = raw(isKeyed ? 'pair.1 as key, ' : '')
  const rows =
    expanded === null
      ? sql`select ${head}, ${isKeyed ? sql`${ownKey(values)} as key, ` : raw('')}${ownNumber(values)} as number ${from}`
      : sql`select person, bucket, session, ${key}pair.2 as number from (select ${head}, arrayJoin(${expanded}) as pair ${from})`
  if (ofSession) return withSessionKey(rows, { fact: breakdown.property, filters: session, among }, context)
  if (!ofPeople || breakdown === undefined) return rows
  // Far fewer people than events are then looked up for their value.
  const kept = request.onlyPeople === true ? sql`select distinct person, bucket from (${rows})` : rows
  return isOfProperty(breakdown) ? withPersonKey(kept, breakdown.property, context) : withSegmentKey(kept, breakdown, context)
}

interface SeriesEvents {
  person: Sql
  /** Of what kind and time the events are, whatever else is asked of them. */
  among: readonly Sql[]
  /** `from … where …`. */
  from: Sql
  /** What is still to be asked of their sessions. */
  session: SplitFilters['session']
}

/** The events `e` that a series reads, and who did them. `joinsSessions`: each will be joined with its session, which then answers what is asked of it. */
export function seriesEvents(request: Omit<RowsRequest, 'bucket'> & { joinsSessions?: boolean }, context: CompileContext): SeriesEvents {
  const { series, query, period, joinsSessions = false } = request
  const filters = splitFilters([...query.filters, ...series.filters])
  // The merges are looked up only where it matters who did it.
  const scope = request.needsPerson || filters.person.length + filters.session.length > 0 ? context : { ...context, hasOverrides: false }
  const person = personBeside(scope)
  const among = [eventMatchSql(series.event, context), sql`e.timestamp >= ${instant(period.from)}`, sql`e.timestamp <= ${instant(period.to)}`]
  const conditions = [
    ...among,
    ...eventFilterWhere(filters.event, context),
    ...(filters.session.length > 0 && !joinsSessions ? [sessionFilterSql(filters.session, { person, among }, context)] : []),
    ...filters.person.map((filter) => personFilterSql(filter, person, context)),
  ]
  return { person, among, from: eventsOfPeople(scope, conditions), session: joinsSessions ? filters.session : [] }
}

/** The property a row is told apart by, and the one that is measured. */
interface Values {
  key: string | undefined
  number: string | undefined
  textless: CompileContext['textless']
}

/** Whether the rows may be items: then a series with another measured property has other rows. */
export function mayReadItems({ property }: Series, { breakdown }: Pick<TrendsQuery, 'breakdown'>, context: Pick<CompileContext, 'roles'>): boolean {
  const key = isOfProperty(breakdown) && breakdown.of === 'event' ? breakdown.property : undefined
  return mayBeField(key, context) || mayBeField(property, context)
}

/** Columns of their own belong to the event alone. */
function mayBeField(key: string | undefined, { roles }: Pick<CompileContext, 'roles'>): key is string {
  const { items } = roles.properties
  return items !== undefined && key !== undefined && key !== items && !Object.hasOwn(hotTextColumns, key)
}

function instant(at: number): Sql {
  return sql`fromUnixTimestamp64Milli(${bind('Int64', at)}, 'UTC')`
}

const noNumber = raw("cast(null, 'Nullable(Float64)')")

function ownKey({ key }: Values): Sql {
  return key === undefined ? raw(`''`) : eventKey(key)
}

function ownNumber({ number, textless }: Values): Sql {
  return number === undefined ? noNumber : eventProperty(number, { textless }).number
}

/**
 * Array(Tuple(String, Nullable(Float64))): the event's rows where a value may be a field of its items; null where none can. A value is read
 * from the items when the event lacks it and some item has it. Then each item that meets the filters is a row; but a number of the event itself is
 * taken once for each key, not once for each item.
 */
function itemValues(values: Values, filters: readonly PropertyCondition[], context: CompileContext): Sql | null {
  const { items } = context.roles.properties
  const isField = (key: string | undefined): key is string => mayBeField(key, context)
  if (items === undefined || (!isField(values.key) && !isField(values.number))) return null
  const inItems = (key: string | undefined): Sql =>
    isField(key) ? sql`(not ${eventHas(key)} and arrayExists(x -> isNotNull(x), ${itemField(items, key)}))` : raw('0')
  const keyInItems = inItems(values.key)
  const numberInItems = inItems(values.number)
  const filter = itemFilter(filters, context)
  const parameters: Sql[] = [...(filter?.names ?? [])]
  const arrays: Sql[] = [...(filter?.fields ?? [])]
  const field = (key: string | undefined, name: string): Sql => {
    if (!isField(key)) return raw('null')
    parameters.push(raw(name))
    arrays.push(itemField(items, key))
    return raw(name)
  }
  const keyField = field(values.key, 'key_field')
  const numberField = field(values.number, 'number_field')
  const itemKey = isField(values.key) ? sql`if(${keyInItems}, ifNull(${itemValue(items, keyField).text}, ''), ${ownKey(values)})` : ownKey(values)
  const itemNumber = isField(values.number) ? sql`if(${numberInItems}, ${itemValue(items, numberField).number}, ${ownNumber(values)})` : ownNumber(values)
  const kept = filter === null ? raw('1') : filter.onItem
  const pairs = sql`arrayMap(kept -> (kept.2, kept.3), arrayFilter(kept -> kept.1, arrayMap((${join(parameters, ', ')}) -> (${kept}, ${itemKey}, ${itemNumber}), ${join(arrays, ', ')})))`
  const once = values.number === undefined ? pairs : sql`if(${numberInItems}, ${pairs}, arrayDistinct(${pairs}))`
  return sql`if(${keyInItems} or ${numberInItems}, ${once}, [(${ownKey(values)}, ${ownNumber(values)})])`
}
