import { conditionSql } from '../condition/kinds.ts'
import type { Plan } from '../condition/plan.ts'
import type { Compiling } from '../condition/reading.ts'
import { personsWhere } from '../people.ts'
import { bind, raw, type Sql, sql } from '../sql.ts'

type MemberContext = Compiling['context']

/** The ids of the members, one row each, column `person_id`. May stand in `in (…)`. */
export function membersSql(plan: Plan, context: MemberContext): Sql {
  return sql`select p.person_id as person_id ${personsWhere(context, [conditionSql(plan, context)])}`
}

/** One row: how many members, column `members`. */
export function memberCountSql(plan: Plan, context: MemberContext): Sql {
  return sql`select count() as members ${personsWhere(context, [conditionSql(plan, context)])}`
}

/** One row: the ids of one page of members in the order of ids (`people`), and how many there are in all (`total`). */
export function memberPageSql(plan: Plan, context: MemberContext, { limit, offset }: { limit: number; offset: number }): Sql {
  // The aggregate's length is part of its name, so it cannot be bound: it is a number of ours, not a text.
  const reach = raw(String(Math.trunc(limit + offset)))
  return sql`select arraySlice(groupArraySorted(${reach})(person_id), ${bind('UInt64', offset + 1)}) as people, count() as total from (${membersSql(plan, context)})`
}
