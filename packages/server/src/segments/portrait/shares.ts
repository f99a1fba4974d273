import {
  bind,
  type CompileContext,
  eventMatchSql,
  eventsWhere,
  eventTexts,
  isMemberSql,
  type PlannedSegment,
  personOfEvent,
  personProperty,
  planSegment,
  raw,
  render,
  type Sql,
  sql,
  windowSql,
} from '@kindred/engine'
import type { Condition, PortraitShares, Project, SegmentDefinition, ShareKind, SharesGroup } from '@kindred/model'
import { sensitivityOf } from '../../data/sensitive.ts'
import type { Parts } from '../../parts.ts'
import { questionContext } from '../../projects/question-context.ts'
import { definitionOf, segmentRow, unitOf } from '../segment-row.ts'

/** One list of bars: a text of each member, or several, and the condition that a value stands for. */
interface Reading {
  kind: ShareKind
  says: string
  several: boolean
  /** Array(String): what a member, or an event, tells of it. */
  texts: Sql
  /** The standard field it is, which is left out where it is masked. */
  field?: string
  condition: (value: string) => Condition
}

interface Asking {
  parts: Parts
  planned: PlannedSegment
  context: CompileContext
}

interface ValueRow {
  place: number
  /** '' counts everyone of whom any value is known. */
  value: string
  segment: string
  everyone: string
}

const recent = '90 days'
const recentMilliseconds = 90 * 86_400_000
/** Bars of one list; of ages there are fewer. */
const mostRows = 10
/** Values of one list that are counted: beyond that nobody looks for the most frequent. */
const mostValues = 400

/** What the members are, use, come by and buy, as shares beside everyone. Errors: `segment/not-found`, those of a long question. */
export async function portraitShares(parts: Parts, project: Project, id: number): Promise<PortraitShares> {
  const row = await segmentRow(parts, project, id)
  const unit = unitOf(row)
  const watermark = parts.ingest.watermark()
  const context = await questionContext(parts, project)
  const asking = { parts, planned: planSegment(id, context), context }
  const { person } = await sensitivityOf(parts, project.id)
  const own = (unit === 'person' ? peopleFields : accountFields).map((field) => fieldReading(field, context)).filter(({ field = '' }) => !person(field))
  const counted = await Promise.all(unit === 'person' ? [ofSubjects(asking, own), ofRecentEvents(asking), ofOrders(asking)] : [ofSubjects(asking, own)])
  const accountType = row.kind === 'rule' ? definitionOf(row).accountType : undefined
  const keeps = (condition: Condition): SegmentDefinition => ({
    unit,
    ...(accountType !== undefined && { accountType }),
    where: { all: [{ in: id }, condition] },
  })
  const groups = counted.flatMap(({ readings, rows }) =>
    readings.map((reading, place) =>
      groupOf(
        reading,
        rows.filter((each) => each.place === place),
        keeps,
      ),
    ),
  )
  const order = (kind: ShareKind) => shown.indexOf(kind)
  return { unit, groups: groups.filter(({ rows }) => rows.length > 0).sort((a, b) => order(a.kind) - order(b.kind)), watermark, at: context.now }
}

const shown: readonly ShareKind[] = ['categories', 'places', 'ages', 'devices', 'channels', 'industries', 'companySizes']

type Field = Pick<Reading, 'kind' | 'says'> & { field: string }
const peopleFields: readonly Field[] = [
  { kind: 'places', field: 'standard.country', says: 'Country, from the surest source known of each' },
  { kind: 'ages', field: 'standard.age_group', says: 'Age today, from the date of birth where it is known' },
]
const accountFields: readonly Field[] = [
  { kind: 'places', field: 'standard.account_country', says: 'Country of the account' },
  { kind: 'industries', field: 'standard.industry', says: 'Industry of the account' },
  { kind: 'companySizes', field: 'standard.company_size', says: 'Size of the company' },
]

function fieldReading({ kind, field, says }: Field, context: CompileContext): Reading {
  const texts = personProperty(field, context).list
  return { kind, says, several: false, texts, field, condition: (value) => ({ property: field, is: [value] }) }
}

interface Counted {
  readings: readonly Reading[]
  rows: readonly ValueRow[]
}

/** Properties of the members themselves. */
async function ofSubjects({ parts, planned, context }: Asking, readings: readonly Reading[]): Promise<Counted> {
  const { subject } = planned
  const rows = subject.rows(context)
  const people = sql`select toUInt8(${isMemberSql(planned, context)}) as member, ${pairs(readings.map(({ texts }) => texts))} as pairs ${rows}`
  return { readings, rows: readings.length === 0 ? [] : await parts.store.query(render(countedSql(people))) }
}

/** What people used and came by of late. */
async function ofRecentEvents(asking: Asking): Promise<Counted> {
  const reading = (kind: ShareKind, [property, column]: [string, string], says: string): Reading => ({
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
  const { now } = asking.context
  return { readings, rows: await ofEvents(asking, readings, windowSql({ from: now - recentMilliseconds + 1, to: now })) }
}

/** What people ordered, by category; nothing where the project has no orders or no categories. */
async function ofOrders(asking: Asking): Promise<Counted> {
  const { context } = asking
  const { category } = context.roles.properties
  if (category === undefined || (context.roles.events.order ?? []).length === 0) return { readings: [], rows: [] }
  const readings: Reading[] = [
    {
      kind: 'categories',
      says: 'Categories they ordered from, ever',
      several: true,
      texts: eventTexts(category, [], context),
      condition: (value) => ({ did: { role: 'order' }, where: [{ property: category, is: [value] }] }),
    },
  ]
  return { readings, rows: await ofEvents(asking, readings, [eventMatchSql({ role: 'order' }, context), ...windowSql({ to: context.now })]) }
}

async function ofEvents({ parts, planned, context }: Asking, readings: readonly Reading[], and: readonly Sql[]): Promise<ValueRow[]> {
  const lists = readings.map(({ texts }, place) => sql`groupUniqArrayArray(${raw(String(mostValues))})(${texts}) as texts_${raw(String(place))}`)
  const ofEach = sql`select ${personOfEvent(context)} as id, ${lists.reduce((one, other) => sql`${one}, ${other}`)} ${eventsWhere(context, and)} group by id`
  const people = sql`select p.person_id as id, toUInt8(${isMemberSql(planned, context)}) as member ${planned.subject.rows(context)}`
  const told = pairs(readings.map((_, place) => raw(`texts_${place}`)))
  return parts.store.query(render(countedSql(sql`select member, ${told} as pairs from (${ofEach}) as d inner join (${people}) as m on m.id = d.id`)))
}

/** Array((UInt8, String)): which list with each of its texts, and with '' where it has any. */
function pairs(lists: readonly Sql[]): Sql {
  const each = lists.map((list, place) => {
    const texts = raw('arrayDistinct(arrayFilter(t -> notEmpty(t), l))')
    return sql`arrayMap(v -> (toUInt8(${raw(String(place))}), v), arrayFlatten(arrayMap(l -> if(empty(l), l, arrayPushFront(l, '')), arrayMap(l -> ${texts}, [${list}]))))`
  })
  return each.length === 1 ? (each[0] ?? raw('[]')) : sql`arrayConcat(${each.reduce((one, other) => sql`${one}, ${other}`)})`
}

/** Of each list the values that most members have, those that most of all have after them. `from` has `member` and `pairs`. */
function countedSql(from: Sql): Sql {
  return sql`select pair.1 as place, pair.2 as value, countIf(member = 1) as segment, count() as everyone from (${from}) array join pairs as pair group by place, value order by value != '', segment desc, everyone desc, value limit ${bind('UInt32', mostValues)} by place`
}

function groupOf({ kind, says, several, condition }: Reading, rows: readonly ValueRow[], keeps: (condition: Condition) => SegmentDefinition): SharesGroup {
  const count = (row: ValueRow | undefined) => ({ segment: Number(row?.segment ?? 0), everyone: Number(row?.everyone ?? 0) })
  const values = rows.filter(({ value }) => value !== '')
  const sorted = kind === 'ages' ? [...values].sort((a, b) => youngest(a.value) - youngest(b.value)) : values.slice(0, mostRows)
  return {
    kind,
    says,
    several,
    known: count(rows.find(({ value }) => value === '')),
    rows: sorted.map((row) => ({ value: row.value, ...count(row), definition: keeps(condition(row.value)) })),
  }
}

/** The first year of an age group: `under 18` comes before `18-24`. */
function youngest(group: string): number {
  const [first = '1000'] = /\d+/.exec(group) ?? []
  return /^(under|below|<)/i.test(group) ? -1 : Number(first)
}
