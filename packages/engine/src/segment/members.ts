import { conditionIds, conditionSql, planParts, readsOnlyId } from '../condition/kinds.ts'
import { bind, join, raw, type Sql, sql } from '../sql.ts'
import { idsInOnePass } from './one-pass.ts'
import type { MemberContext, PlannedSegment } from './plan-definition.ts'

/** The ids of the members (people, or accounts), one row each, column `id`. May stand in `in (…)`. */
export function membersSql(segment: PlannedSegment, context: MemberContext): Sql {
  return sql`select ${segment.subject.id} as id ${membersWhere(segment, context)}`
}

/** UInt8, never NULL: whether the subject `p` is a member. */
export function isMemberSql({ plan, subject }: PlannedSegment, context: MemberContext): Sql {
  return conditionSql(plan, { context, subject })
}

/** One row: how many members, column `members`. */
export function memberCountSql(segment: PlannedSegment, context: MemberContext): Sql {
  return sql`select count() as members ${membersWhere(segment, context)}`
}

/** One row: the ids of one page of members in the order of ids, those above `after` (`ids`), and how many there are in all (`total`). */
export function memberPageSql(
  segment: PlannedSegment,
  context: MemberContext,
  { limit, offset, after = 0 }: { limit: number; offset: number; after?: number },
): Sql {
  // The aggregate's length is part of its name, so it cannot be bound: it is a number of ours, not a text.
  const reach = raw(String(Math.trunc(limit + offset)))
  return sql`select arraySlice(groupArraySortedIf(${reach})(id, id > ${bind('UInt64', after)}), ${bind('UInt64', offset + 1)}) as ids, count() as total from (${membersSql(segment, context)})`
}

/** More rows than there can be. */
const everyRow = raw('18446744073709551615')

/**
 * `from … where …` over the members, as alias `p`, of which only the id may be read. Where members must have done something and nothing but
 * their id is asked for, they come from those events, so that not everyone's row is read.
 */
function membersWhere({ plan, subject }: PlannedSegment, context: MemberContext): Sql {
  const asking = { context, subject }
  const parts = plan.kind === 'all' ? planParts(plan) : [plan]
  const listed = parts.map((part) => conditionIds(part, asking))
  const first = listed.findIndex((ids) => ids !== null)
  const [leading, led] = [listed[first], parts[first]]
  // Events that carry a deleted account tell of no account that is there.
  if (leading == null || led === undefined || subject.unit !== 'person' || !parts.every(readsOnlyId)) return subject.rows(context, [conditionSql(plan, asking)])
  const { ids, met } = idsInOnePass(led, parts, asking) ?? { ids: leading, met: [led] }
  const others = parts.filter((part) => !met.includes(part)).map((part) => conditionSql(part, asking))
  if (others.length === 0) return sql`from (select id as person_id from (${ids})) as p`
  // Behind a limit the other conditions are asked of people: otherwise the store moves them into the scan and asks them of every event.
  return sql`from (select id as person_id from (${ids}) limit ${everyRow}) as p where ${join(others, ' and ')}`
}
