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

/** One row: the ids of one page of members in the order of ids (`people`), and how many there are in all (`total`). */
export function memberPageSql(plan: Plan, context: MemberContext, { limit, offset }: { limit: number; offset: number }): Sql {
  const page = sql`select person_id from members order by person_id limit ${bind('UInt64', limit)} offset ${bind('UInt64', offset)}`
  return sql`with members as (${membersSql(plan, context)}) select (select groupArray(person_id) from (${page})) as people, (select count() from members) as total`
}
