import { bind, isMemberSql, join, type PlannedSegment, planSegment, raw, render, type Sql, sql } from '@kindred/engine'
import type { Condition, PortraitShares, Project, SegmentDefinition, ShareKind, SharesGroup } from '@kindred/model'
import { sensitivityOf } from '../../data/sensitive.ts'
import type { Parts } from '../../parts.ts'
import { questionContext } from '../../projects/question-context.ts'
import { definitionOf, segmentRow, unitOf } from '../segment-row.ts'
import { type EventReadings, eventReadings, ownReadings, type ShareReading } from './share-readings.ts'

interface ValueRow {
  place: number
  /** '' counts everyone of whom any value is known. */
  value: string
  segment: string
  everyone: string
}

/** Bars of one list; of ages there are fewer. */
const mostRows = 10
/** Values of one list that are told: beyond that nobody looks for the most frequent. */
const mostValues = 400
const shown: readonly ShareKind[] = ['categories', 'places', 'ages', 'devices', 'channels', 'industries', 'companySizes']

/** What the members are, use, come by and buy, as shares beside everyone, counted in one scan. Errors: `segment/not-found`, those of a long question. */
export async function portraitShares(parts: Parts, project: Project, id: number): Promise<PortraitShares> {
  const row = await segmentRow(parts, project, id)
  const unit = unitOf(row)
  const watermark = parts.ingest.watermark()
  const context = await questionContext(parts, project)
  const planned = planSegment(id, context)
  const sensitivity = await sensitivityOf(parts, project.id)
  const own = ownReadings(unit, context, sensitivity)
  const ofEvents = unit === 'person' ? eventReadings(context, sensitivity) : []
  const member = isMemberSql(planned, context)
  const rows = await parts.store.query<ValueRow>(render(countedSql({ own, ofEvents, member, people: planned.subject.rows(context), id: planned.subject.id })))
  const accountType = row.kind === 'rule' ? definitionOf(row).accountType : undefined
  const keeps = (condition: Condition): SegmentDefinition => ({
    unit,
    ...(accountType !== undefined && { accountType }),
    where: { all: [{ in: id }, condition] },
  })
  const groups = [...own, ...ofEvents.flatMap(({ readings }) => readings)].map((reading, place) => {
    const counted = rows.filter((each) => each.place === place)
    return groupOf(reading, counted, keeps)
  })
  const known = groups.filter((group) => group.rows.length > 0)
  return { unit, groups: known.sort((a, b) => shown.indexOf(a.kind) - shown.indexOf(b.kind)), watermark, at: context.now }
}

interface Counting {
  own: readonly ShareReading[]
  ofEvents: readonly EventReadings[]
  /** UInt8 about a member's row, whose `from … where …` is `people`. */
  member: Sql
  people: Sql
  id: PlannedSegment['subject']['id']
}

/** Of each list the values that most members have, and after them those that most of all have. */
function countedSql({ own, ofEvents, member, people, id }: Counting): Sql {
  const subjects = sql`select ${id} as id, toUInt8(${member}) as member, ${pairs(own.map(({ texts }, place) => ({ texts, place })))} as own_pairs ${people}`
  const joined = ofEvents.map(({ rows }, index) => sql` left join (${rows}) as d${raw(String(index))} on d${raw(String(index))}.id = m.id`)
  const lists = ofEvents.flatMap(({ readings }, index) => readings.map((_, place) => raw(`d${index}.texts_${place}`)))
  const told = pairs(lists.map((texts, index) => ({ texts, place: own.length + index })))
  const all = sql`select m.member as member, arrayConcat(m.own_pairs, ${told}) as pairs from (${subjects}) as m${join(joined, '')}`
  return sql`select pair.1 as place, pair.2 as value, countIf(member = 1) as segment, count() as everyone from (${all}) array join pairs as pair
group by place, value order by value != '', segment desc, everyone desc, value limit ${bind('UInt32', mostValues)} by place`
}

/** Array((UInt8, String)): which list with each of its texts, and with '' where it has any. */
function pairs(lists: readonly { texts: Sql; place: number }[]): Sql {
  const each = lists.map(({ texts, place }) => {
    const kept = raw('arrayDistinct(arrayFilter(t -> notEmpty(t), l))')
    return sql`arrayMap(v -> (toUInt8(${raw(String(place))}), v), arrayFlatten(arrayMap(l -> if(empty(l), l, arrayPushFront(l, '')), arrayMap(l -> ${kept}, [${texts}]))))`
  })
  return each.length === 0 ? raw("CAST([], 'Array(Tuple(UInt8, String))')") : sql`arrayConcat(${join(each, ', ')})`
}

function groupOf({ kind, says, several, condition }: ShareReading, rows: readonly ValueRow[], keeps: (condition: Condition) => SegmentDefinition): SharesGroup {
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
