import { bind, join, raw, type Sql, sql } from '../sql.ts'
import { type TimeWindow, windowSql } from '../time.ts'
import { isMemberSql } from './members.ts'
import type { MemberContext, PlannedSegment } from './plan-definition.ts'

/** Two groups of people, or of accounts of one type: the members of one segment, and those of another, or everybody else. They may overlap. */
export interface TwoGroups {
  a: PlannedSegment
  /** Null: everyone who is not in `a`. */
  b: PlannedSegment | null
  context: MemberContext
  /** Who is in `a`, where it was asked already and they are few enough to be named: the rule is not asked anew with each statement. */
  known?: readonly number[] | undefined
}

function inFirst({ a, context, known }: TwoGroups): Sql {
  return known === undefined ? isMemberSql(a, context) : sql`${a.subject.id} in ${bind('Array(UInt64)', known)}`
}

/** `from … where …` over the people or accounts `p` of either group. */
function peopleOfEither(groups: TwoGroups): Sql {
  const { a, b, context } = groups
  return a.subject.rows(context, b === null ? [] : [sql`(${inFirst(groups)} or ${isMemberSql(b, context)})`])
}

function sides(groups: TwoGroups): { inA: Sql; inB: Sql } {
  const { b, context } = groups
  const inA = inFirst(groups)
  return { inA, inB: b === null ? sql`not (${inA})` : isMemberSql(b, context) }
}

/** One row: `a` and `b`, how many there are, and `known`, the first so many ids of `a`. */
export function groupSizesSql(groups: TwoGroups, named = 0): Sql {
  const { inA, inB } = sides(groups)
  // The aggregate's length is part of its name, so it cannot be bound: it is a number of ours, not a text.
  const known = named === 0 ? raw('emptyArrayUInt64()') : sql`groupArrayIf(${raw(String(Math.trunc(named)))})(id, in_a)`
  const each = sql`select ${groups.a.subject.id} as id, ${inA} as in_a, ${inB} as in_b ${peopleOfEither(groups)}`
  return sql`select countIf(in_a) as a, countIf(in_b) as b, ${known} as known from (${each})`
}

/** One row: `counts`, how many different values each list of texts has, estimated. */
export function distinctValuesSql(lists: readonly Sql[], groups: TwoGroups): Sql {
  const counts = lists.map((list) => sql`uniqCombinedArray(${list})`)
  return sql`select [${join(counts, ', ')}] as counts ${peopleOfEither(groups)}`
}

/**
 * Rows of `place` (which of the lists), `value`, `a` and `b`: how many of each group have the value, most first. Lists with more than `distinct` values are
 * left out.
 */
export function valueCountsSql(lists: readonly Sql[], groups: TwoGroups, { limit, distinct }: { limit: number; distinct: number }): Sql {
  const { inA, inB } = sides(groups)
  const pairs = lists.map((list, index) => sql`arrayMap(value -> (toUInt8(${raw(String(index))}), value), arrayDistinct(${list}))`)
  const people = sql`select ${inA} as in_a, ${inB} as in_b, arrayConcat(${join(pairs, ', ')}) as pairs ${peopleOfEither(groups)}`
  const counts = sql`select pair.1 as place, pair.2 as value, countIf(in_a) as a, countIf(in_b) as b, count() over (partition by place) as different from (${people}) array join pairs as pair group by place, value`
  return sql`select place, value, a, b from (${counts}) where different <= ${bind('UInt32', distinct)} order by a + b desc, place, value limit ${bind('UInt32', limit)}`
}

/** One row: `a` and `b`, for each number its count, mean and sample variance in each group. */
export function numberSummariesSql(numbers: readonly Sql[], groups: TwoGroups): Sql {
  const { inA, inB } = sides(groups)
  const of = (inside: string) =>
    numbers.map((_, index) => {
      const value = raw(`n${index}`)
      const known = sql`${raw(inside)} and isNotNull(${value})`
      return sql`(countIf(${known}), ifNull(avgIf(${value}, ${known}), 0), ifNull(varSampStableIf(${value}, ${known}), 0))`
    })
  const people = sql`select ${inA} as in_a, ${inB} as in_b, ${join(
    numbers.map((number, index) => sql`${number} as ${raw(`n${index}`)}`),
    ', ',
  )} ${peopleOfEither(groups)}`
  return sql`select [${join(of('in_a'), ', ')}] as a, [${join(of('in_b'), ', ')}] as b from (${people})`
}

/** Rows of `event`, `a` and `b`: how many of each group did it in the window, most first; an account by the events that carry it. */
export function doersSql(groups: TwoGroups & { context: MemberContext & { hasOverrides: boolean } }, window: TimeWindow, limit: number): Sql {
  const { inA, inB } = sides(groups)
  const { context } = groups
  const { subject } = groups.a
  const doers = sql`select distinct e.event as event, ${subject.ofEvent(context)} as id ${subject.events(context, windowSql(window))}`
  const people = sql`select ${subject.id} as id, ${inA} as in_a, ${inB} as in_b ${peopleOfEither(groups)}`
  return sql`select event, countIf(in_a) as a, countIf(in_b) as b from (${doers}) as d inner join (${people}) as s on s.id = d.id group by event order by a + b desc, event limit ${bind('UInt32', limit)}`
}
