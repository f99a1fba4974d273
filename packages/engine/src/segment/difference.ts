import { eventsWhere, personOfEvent } from '../people.ts'
import { bind, join, raw, type Sql, sql } from '../sql.ts'
import { type TimeWindow, windowSql } from '../time.ts'
import { isMemberSql } from './members.ts'
import type { MemberContext, PlannedSegment } from './plan-definition.ts'

/** Two groups of people: the members of one segment, and those of another, or everybody else. They may overlap. */
export interface TwoGroups {
  a: PlannedSegment
  /** Null: everyone who is not in `a`. */
  b: PlannedSegment | null
  context: MemberContext
}

/** `from … where …` over the people `p` of either group. */
function peopleOfEither(groups: TwoGroups): Sql {
  const { a, b, context } = groups
  return a.subject.rows(context, b === null ? [] : [sql`(${isMemberSql(a, context)} or ${isMemberSql(b, context)})`])
}

function sides({ a, b, context }: TwoGroups): { inA: Sql; inB: Sql } {
  const inA = isMemberSql(a, context)
  return { inA, inB: b === null ? sql`not (${inA})` : isMemberSql(b, context) }
}

/** One row: `a` and `b`, how many people. */
export function groupSizesSql(groups: TwoGroups): Sql {
  const { inA, inB } = sides(groups)
  return sql`select countIf(${inA}) as a, countIf(${inB}) as b ${peopleOfEither(groups)}`
}

/** One row: `counts`, how many different values each list of texts has, estimated. */
export function distinctValuesSql(lists: readonly Sql[], groups: TwoGroups): Sql {
  const counts = lists.map((list) => sql`uniqCombinedArray(${list})`)
  return sql`select [${join(counts, ', ')}] as counts ${peopleOfEither(groups)}`
}

/**
 * Rows of `place` (which of the lists), `value`, `a` and `b`: how many people of each group have the value, most first. Lists of more than `mostDistinct`
 * different values are left out.
 */
export function valueCountsSql(lists: readonly Sql[], groups: TwoGroups, { limit, mostDistinct }: { limit: number; mostDistinct: number }): Sql {
  const { inA, inB } = sides(groups)
  const pairs = lists.map((list, index) => sql`arrayMap(value -> (toUInt8(${raw(String(index))}), value), arrayDistinct(${list}))`)
  const people = sql`select ${inA} as in_a, ${inB} as in_b, arrayConcat(${join(pairs, ', ')}) as pairs ${peopleOfEither(groups)}`
  const counted = sql`select pair.1 as place, pair.2 as value, countIf(in_a) as a, countIf(in_b) as b, count() over (partition by place) as different from (${people}) array join pairs as pair group by place, value`
  return sql`select place, value, a, b from (${counted}) where different <= ${bind('UInt32', mostDistinct)} order by a + b desc, place, value limit ${bind('UInt32', limit)}`
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

/** Rows of `event`, `a` and `b`: how many people of each group did it in the window, most first. */
export function doersSql(groups: TwoGroups & { context: MemberContext & { hasOverrides: boolean } }, window: TimeWindow, limit: number): Sql {
  const { inA, inB } = sides(groups)
  const { context } = groups
  const doers = sql`select distinct e.event as event, ${personOfEvent(context)} as id ${eventsWhere(context, windowSql(window))}`
  const people = sql`select p.person_id as id, ${inA} as in_a, ${inB} as in_b ${peopleOfEither(groups)}`
  return sql`select event, countIf(in_a) as a, countIf(in_b) as b from (${doers}) as d inner join (${people}) as s on s.id = d.id group by event order by a + b desc, event limit ${bind('UInt32', limit)}`
}
