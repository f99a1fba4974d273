import type { ObservedCondition } from '@kindred/model'
import { instantAgo } from '../ago.ts'
import { mergesSql } from '../people.ts'
import { bind, raw, type Sql, sql } from '../sql.ts'
import { memberId } from '../subject.ts'
import type { Plan } from './plan.ts'
import type { Compiling, Reading } from './reading.ts'

export interface ObservedPlan extends Plan {
  readonly kind: 'observed'
  /** Epoch milliseconds: first seen then or before. */
  readonly by: number
  readonly now: number
}

/**
 * First seen at least so long ago: when the first event happened, of a person, of all that were merged into them, or of an account. Who never had any event was first
 * seen when they were created.
 */
export const observed: Reading<ObservedCondition, ObservedPlan> = {
  plan: ({ observed: length }, { context }) => ({ kind: 'observed', by: instantAgo(length, context), now: context.now }),
  sql: (plan, compiling) => {
    const { subject } = compiling
    // Whoever was first seen between the two has events, so that when they were created says nothing.
    const late = sql`${subject.id} not in (${seen({ after: plan.by, to: plan.now }, compiling)})`
    return sql`(${subject.id} in (${seen({ to: plan.by }, compiling)}) or (p.created_at <= ${at(plan.by)} and ${late}))`
  },
  readsOnlyId: () => false,
  says: ({ observed: length }, { negated, who }) => `${who} were first seen ${negated ? 'less than' : 'at least'} ${length} ago`,
}

/** One column, the ids of subjects of which something was first seen in the stretch; several times where several were merged. */
function seen({ after, to }: { after?: number; to: number }, { context: { projectId, hasOverrides, foldedThrough }, subject }: Compiling): Sql {
  const project = bind('UInt32', projectId)
  const since = after === undefined ? raw('') : sql` and first_seen > ${at(after)}`
  const where = sql`where project_id = ${project} and first_seen <= ${at(to)}${since}`
  // The ids of these tables are never rewritten, so a merge that is folded into the events still counts.
  const isMerged = hasOverrides || foldedThrough !== undefined
  const merges = isMerged ? sql` left join (${mergesSql(projectId)}) as o on o.from_id = a.person_id` : raw('')
  const person = raw(isMerged ? 'if(o.to_id = 0, a.person_id, o.to_id)' : 'a.person_id')
  if (subject.unit === 'account') return sql`select account_id from kindred.account_people ${where}`
  if (subject.unit === 'member')
    return sql`select ${memberId(raw('a.account_id'), person)} from (select account_id, person_id from kindred.account_people ${where}) as a${merges}`
  return sql`select ${person} from (select person_id from kindred.person_activity ${where}) as a${merges}`
}

function at(milliseconds: number): Sql {
  return sql`fromUnixTimestamp64Milli(${bind('Int64', Math.max(milliseconds, -1))}, 'UTC')`
}
