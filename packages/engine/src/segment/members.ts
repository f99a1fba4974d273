import { conditionSql } from '../condition/kinds.ts'
import type { Plan } from '../condition/plan.ts'
import type { Compiling } from '../condition/reading.ts'
import { personsWhere } from '../people.ts'
import { bind, type Sql, sql } from '../sql.ts'

type MemberContext = Compiling['context']

/** The ids of the members, one row each, column `person_id`. May stand in `in (…)`. */
export function membersSql(plan: Plan, context: MemberContext): Sql {
  return sql`select p.person_id as person_id ${personsWhere(context, [conditionSql(plan, context)])}`
}

/** One row: how many members, column `members`. */
export function memberCountSql(plan: Plan, context: MemberContext): Sql {
  return sql`select count() as members ${personsWhere(context, [conditionSql(plan, context)])}`
}

/** One page of members by id, and how many there are in all (`total`, in every row). */
export function memberPageSql(plan: Plan, context: MemberContext, page: { limit: number; offset: number }): Sql {
  return sql`select person_id, count() over () as total from (${membersSql(plan, context)}) order by person_id limit ${bind('UInt64', page.limit)} offset ${bind('UInt64', page.offset)}`
}
