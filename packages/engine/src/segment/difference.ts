import type { TraitType } from '@kindred/model'
import { textProperty } from '../property.ts'
import { bind, join, raw, type Sql, sql } from '../sql.ts'
import { type TimeWindow, windowSql } from '../time.ts'
import { valuesBeside } from '../trait/beside.ts'
import type { TraitPlan } from '../trait/plan.ts'
import { isMemberSql } from './members.ts'
import type { MemberContext, PlannedSegment } from './plan-definition.ts'

/** Two groups of people, or of accounts of one type: the members of one segment, and those of another, or everybody else. They may overlap. */
export interface TwoGroups {
  a: PlannedSegment
  /** Null: everyone who is not in `a`. */
  b: PlannedSegment | null
  context: MemberContext
  /** Who is in each, where it was asked already and they are few enough to be named: the rule is not asked anew with each statement. */
  known?: { a?: readonly number[] | undefined; b?: readonly number[] | undefined }
}

function inGroup(group: PlannedSegment, known: readonly number[] | undefined, context: MemberContext): Sql {
  return known === undefined ? isMemberSql(group, context) : sql`${group.subject.id} in ${bind('Array(UInt64)', known)}`
}

function sides({ a, b, context, known }: TwoGroups): { inA: Sql; inB: Sql } {
  const inA = inGroup(a, known?.a, context)
  return { inA, inB: b === null ? sql`not (${inA})` : inGroup(b, known?.b, context) }
}

/** `from … where …` over the people or accounts `p` of either group. */
function peopleOfEither(groups: TwoGroups): Sql {
  const { a, b, context } = groups
  const { inA, inB } = sides(groups)
  return a.subject.rows(context, b === null ? [] : [sql`(${inA} or ${inB})`])
}

/** One row: `a` and `b`, how many there are, and `known_a` and `known_b`, the first so many ids of each; of everybody else, none. */
export function groupSizesSql(groups: TwoGroups, named = 0): Sql {
  const { inA, inB } = sides(groups)
  // The aggregate's length is part of its name, so it cannot be bound: it is a number of ours, not a text.
  const first = (side: Sql) => (named === 0 ? raw('emptyArrayUInt64()') : sql`groupArrayIf(${raw(String(Math.trunc(named)))})(id, ${side})`)
  const knownB = groups.b === null ? raw('emptyArrayUInt64()') : first(raw('in_b'))
  const each = sql`select ${groups.a.subject.id} as id, ${inA} as in_a, ${inB} as in_b ${peopleOfEither(groups)}`
  return sql`select countIf(in_a) as a, countIf(in_b) as b, ${first(raw('in_a'))} as known_a, ${knownB} as known_b from (${each})`
}

/** One row for everybody in either group: `in_a` and `in_b`, UInt8, and columns `c0`, `c1`, … as many as there are. */
export interface GroupRows {
  readonly statement: Sql
  readonly columns: number
}

/** What the properties of those in either group say: an Array(String) or a Nullable(Float64) each, of the subject `p`. */
export function propertyRows(properties: readonly Sql[], groups: TwoGroups): GroupRows {
  const { inA, inB } = sides(groups)
  const columns = [sql`${inA} as in_a`, sql`${inB} as in_b`, ...properties.map((property, index) => sql`${property} as ${raw(`c${index}`)}`)]
  return { statement: sql`select ${join(columns, ', ')} ${peopleOfEither(groups)}`, columns: properties.length }
}

/**
 * The values of traits, which are of the groups' own subject and have values, of those in either group: of numbers and dates a Nullable(Float64), of dates the
 * days since then; of texts and lists an Array(String). The events are read once for all of them.
 */
export function traitRowsOf(traits: readonly TraitPlan[], groups: TwoGroups & { context: MemberContext & { now: number } }): GroupRows {
  const { inA, inB } = sides(groups)
  const { context } = groups
  const { subject } = groups.a
  const { own, joined, values } = valuesBeside(traits, { context, subject })
  const everybody = sql`select ${join([sql`${subject.id} as id`, sql`${inA} as in_a`, sql`${inB} as in_b`, ...own], ', ')} ${peopleOfEither(groups)}`
  const columns = traits.map(({ type }, index) => sql`${traitColumn(type, values[index] ?? raw('null'), context.now)} as ${raw(`c${index}`)}`)
  const statement = sql`select s.in_a as in_a, s.in_b as in_b, ${join(columns, ', ')} from (${everybody}) as s${join(joined, '')}`
  return { statement, columns: traits.length }
}

function traitColumn(type: TraitType, value: Sql, now: number): Sql {
  switch (type) {
    case 'number':
    case 'list':
      return value
    case 'text':
      return textProperty(value).list
    case 'date':
      return sql`(${bind('Int64', now)} - ${value}) / 86400000`
  }
}

/** One row: `counts`, how many different values each list of texts has, estimated. */
export function distinctValuesSql({ statement, columns }: GroupRows): Sql {
  const counts = placesOf(columns).map((place) => sql`uniqCombinedArray(${raw(`c${place}`)})`)
  return sql`select [${join(counts, ', ')}] as counts from (${statement})`
}

/**
 * Rows of `place` (which of the lists), `value`, `a` and `b`: how many of each group have the value, most first. Lists with more than `distinct` values are
 * left out.
 */
export function valueCountsSql({ statement, columns }: GroupRows, { limit, distinct }: { limit: number; distinct: number }): Sql {
  const pairs = placesOf(columns).map((place) => sql`arrayMap(value -> (toUInt8(${raw(String(place))}), value), arrayDistinct(${raw(`c${place}`)}))`)
  const people = sql`select in_a, in_b, arrayConcat(${join(pairs, ', ')}) as pairs from (${statement})`
  const counts = sql`select pair.1 as place, pair.2 as value, countIf(in_a) as a, countIf(in_b) as b, count() over (partition by place) as different from (${people}) array join pairs as pair group by place, value`
  return sql`select place, value, a, b from (${counts}) where different <= ${bind('UInt32', distinct)} order by a + b desc, place, value limit ${bind('UInt32', limit)}`
}

/** One row: `a` and `b`, for each number its count, mean and sample variance in each group. */
export function numberSummariesSql({ statement, columns }: GroupRows): Sql {
  const of = (inside: string) =>
    placesOf(columns).map((place) => {
      const value = raw(`c${place}`)
      const known = sql`${raw(inside)} and isNotNull(${value})`
      return sql`(countIf(${known}), ifNull(avgIf(${value}, ${known}), 0), ifNull(varSampStableIf(${value}, ${known}), 0))`
    })
  return sql`select [${join(of('in_a'), ', ')}] as a, [${join(of('in_b'), ', ')}] as b from (${statement})`
}

const placesOf = (columns: number): number[] => Array.from({ length: columns }, (_, place) => place)

/** Rows of `event`, `a` and `b`: how many of each group did it in the window, most first; an account by the events that carry it. */
export function doersSql(groups: TwoGroups & { context: MemberContext & { hasOverrides: boolean } }, window: TimeWindow, limit: number): Sql {
  const { inA, inB } = sides(groups)
  const { context } = groups
  const { subject } = groups.a
  const doers = sql`select distinct e.event as event, ${subject.ofEvent(context)} as id ${subject.events(context, windowSql(window))}`
  const people = sql`select ${subject.id} as id, ${inA} as in_a, ${inB} as in_b ${peopleOfEither(groups)}`
  return sql`select event, countIf(in_a) as a, countIf(in_b) as b from (${doers}) as d inner join (${people}) as s on s.id = d.id group by event order by a + b desc, event limit ${bind('UInt32', limit)}`
}
