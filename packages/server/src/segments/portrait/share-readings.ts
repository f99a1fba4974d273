import { type CompileContext, eventMatchSql, eventsWhere, eventTexts, personOfEvent, personProperty, raw, type Sql, sql, windowSql } from '@kindred/engine'
import type { Condition, SegmentUnit, ShareKind } from '@kindred/model'
import type { Sensitivity } from '../../data/sensitive.ts'

/** One list of bars: what a member tells of it, and the condition that a value of it stands for. */
export interface ShareReading {
  kind: ShareKind
  says: string
  /** Whether one member can have several of the values. */
  several: boolean
  /** Array(String), of the members' own row `p`, or of a row of the events below. */
  texts: Sql
  condition: (value: string) => Condition
}

/** Readings of the same events. */
export interface EventReadings {
  readings: readonly ShareReading[]
  /** Rows of `id` and of the texts of each reading in their order, `texts_0` and on: each text of a person once. */
  rows: Sql
}

const recent = '90 days'
const recentMilliseconds = 90 * 86_400_000
/** Texts of one person and list that are kept. */
const mostTexts = 400

type Field = Pick<ShareReading, 'kind' | 'says'> & { field: string }
const fields: Record<SegmentUnit, readonly Field[]> = {
  person: [
    { kind: 'places', field: 'standard.country', says: 'Country, from the surest source known of each' },
    { kind: 'ages', field: 'standard.age_group', says: 'Age today, from the date of birth where it is known' },
  ],
  account: [
    { kind: 'places', field: 'standard.account_country', says: 'Country of the account' },
    { kind: 'industries', field: 'standard.industry', says: 'Industry of the account' },
    { kind: 'companySizes', field: 'standard.company_size', says: 'Size of the company' },
  ],
}

/** What the members themselves tell; what is masked is left out. */
export function ownReadings(unit: SegmentUnit, context: CompileContext, { person }: Sensitivity): ShareReading[] {
  return fields[unit]
    .filter(({ field }) => !person(field))
    .map(({ kind, field, says }) => ({
      kind,
      says,
      several: false,
      texts: personProperty(field, context).list,
      condition: (value) => ({ property: field, is: [value] }),
    }))
}

/** What people used and came by of late, and what they ordered, where the project has orders and categories. */
export function eventReadings(context: CompileContext, sensitivity: Sensitivity): EventReadings[] {
  const { category } = context.roles.properties
  const hasCategories = category !== undefined && (context.roles.events.order ?? []).length > 0 && !sensitivity.event(category)
  return [ofRecentEvents(context), ...(hasCategories ? [ofOrders(category, context)] : [])]
}

function ofRecentEvents(context: CompileContext): EventReadings {
  const reading = (kind: ShareKind, [property, column]: [string, string], says: string): ShareReading => ({
    kind,
    says,
    several: true,
    texts: sql`[toString(e.${raw(column)})]`,
    condition: (value) => ({ did: { any: true }, where: [{ property, is: [value] }], within: { last: recent } }),
  })
  const readings = [
    reading('devices', ['$device_type', 'device_type'], 'Devices used in the last 90 days'),
    reading('channels', ['$channel', 'channel'], 'Channels they came by in the last 90 days'),
  ]
  return { readings, rows: rowsOf(readings, context, windowSql({ from: context.now - recentMilliseconds + 1, to: context.now })) }
}

function ofOrders(category: string, context: CompileContext): EventReadings {
  const readings: ShareReading[] = [
    {
      kind: 'categories',
      says: 'Categories they ordered from, ever',
      several: true,
      texts: eventTexts(category, [], context),
      condition: (value) => ({ did: { role: 'order' }, where: [{ property: category, is: [value] }] }),
    },
  ]
  return { readings, rows: rowsOf(readings, context, [eventMatchSql({ role: 'order' }, context), ...windowSql({ to: context.now })]) }
}

function rowsOf(readings: readonly ShareReading[], context: CompileContext, and: readonly Sql[]): Sql {
  // The aggregate's length is part of its name, so it cannot be bound: it is a number of ours, not a text.
  const lists = readings.map(({ texts }, place) => sql`, groupUniqArrayArray(${raw(String(mostTexts))})(${texts}) as texts_${raw(String(place))}`)
  return sql`select ${personOfEvent(context)} as id${lists.reduce((one, other) => sql`${one}${other}`)} ${eventsWhere(context, and)} group by id`
}
