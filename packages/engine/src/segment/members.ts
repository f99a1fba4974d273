import { didPeople } from '../condition/did.ts'
import { conditionSql } from '../condition/kinds.ts'
import type { DidPlan, Plan } from '../condition/plan.ts'
import type { Compiling } from '../condition/reading.ts'
import { personsWhere } from '../people.ts'
import { bind, join, raw, type Sql, sql } from '../sql.ts'

type MemberContext = Compiling['context']

/** The ids of the members, one row each, column `person_id`. May stand in `in (…)`. */
export function membersSql(plan: Plan, context: MemberContext): Sql {
  return sql`select p.person_id as person_id ${membersWhere(plan, context)}`
}

/** One row: how many members, column `members`. */
export function memberCountSql(plan: Plan, context: MemberContext): Sql {
  return sql`select count() as members ${membersWhere(plan, context)}`
}

/** One row: the ids of one page of members in the order of ids, those above `after` (`people`), and how many there are in all (`total`). */
export function memberPageSql(plan: Plan, context: MemberContext, { limit, offset, after = 0 }: { limit: number; offset: number; after?: number }): Sql {
  // The aggregate's length is part of its name, so it cannot be bound: it is a number of ours, not a text.
  const reach = raw(String(Math.trunc(limit + offset)))
  return sql`select arraySlice(groupArraySortedIf(${reach})(person_id, person_id > ${bind('UInt64', after)}), ${bind('UInt64', offset + 1)}) as people, count() as total from (${membersSql(plan, context)})`
}

/**
 * `from … where …` over the members, as alias `p`, of which only `person_id` may be read. Where members must have done something and nothing but
 * their id is asked for, they come from those events, so that not every person's row is read.
 */
function membersWhere(plan: Plan, context: MemberContext): Sql {
  const parts = plan.kind === 'all' ? plan.parts : [plan]
  const doing = parts.find((part): part is DidPlan => part.kind === 'did' && !part.includesNone)
  if (doing === undefined || !parts.every(readsOnlyId)) return personsWhere(context, [conditionSql(plan, context)])
  const others = parts.filter((part) => part !== doing).map((part) => conditionSql(part, context))
  return sql`from (${didPeople(doing, context)}) as p${others.length > 0 ? sql` where ${join(others, ' and ')}` : raw('')}`
}

/** Whether a condition can be decided from a person's id alone. */
function readsOnlyId(plan: Plan): boolean {
  switch (plan.kind) {
    case 'property':
      return false
    case 'did':
      return true
    case 'in':
      return plan.rule === null || readsOnlyId(plan.rule)
    case 'not':
      return readsOnlyId(plan.part)
    default:
      return plan.parts.every(readsOnlyId)
  }
}
