import { type Condition, operatorOf, type PropertyCondition } from '@kindred/model'
import { type DidPlan, didEvents, didMeasure } from '../condition/did.ts'
import { comparisonWords } from '../condition/did-words.ts'
import { conditionSql, decidingEvents, planParts } from '../condition/kinds.ts'
import { operatorWords } from '../condition/operator-words.ts'
import type { Plan } from '../condition/plan.ts'
import type { Compiling } from '../condition/reading.ts'
import { eventsWhere, personOfEvent } from '../people.ts'
import { bind, join, type Sql, sql } from '../sql.ts'
import type { MemberContext, PlannedSegment } from './plan-definition.ts'
import type { Clause } from './preview.ts'

/** The plan of events that a clause is about, through any number of `not`; null where it is about something else. */
export function didPlanOf(plan: Plan): DidPlan | null {
  const [inner] = planParts(plan)
  if (plan.kind === 'not' && inner !== undefined) return didPlanOf(inner)
  return isDid(plan) ? plan : null
}

function isDid(plan: Plan): plan is DidPlan {
  return plan.kind === 'did'
}

/**
 * What some people did, for several plans at once: rows `plan` (its place in the list), `person` and `seen` (the count or the sum, Float64).
 * Nobody is in it who did nothing.
 */
export function seenSql(plans: readonly DidPlan[], people: readonly number[], context: Compiling['context']): Sql {
  const among = sql`${personOfEvent(context)} in ${bind('Array(UInt64)', people)}`
  const each = plans.map(
    (plan, index) =>
      sql`select ${bind('UInt32', index)} as plan, ${personOfEvent(context)} as person, toFloat64(${didMeasure(plan)}) as seen ${eventsWhere(context, [...didEvents(plan), among])} group by person`,
  )
  return join(each, ' union all ')
}

/** One row, of one person or account: `member`, and `met` with one answer for each clause. No row where the subject is not there. */
export function metSql({ plan, subject }: PlannedSegment, clauses: readonly Clause[], { context, id }: { context: MemberContext; id: number }): Sql {
  const asking = { context, subject }
  const met = join(
    clauses.map((clause) => sql`toUInt8(${conditionSql(clause.plan, asking)})`),
    ', ',
  )
  return sql`select toUInt8(${conditionSql(plan, asking)}) as member, [${met}] as met ${subject.rows(context, [sql`${subject.id} = ${bind('UInt64', id)}`])}`
}

/** The newest events that decide clauses, of some people: rows `clause` (its place in the list), `id`, `event`, `at`; null where no clause has any. */
export function decidingSql(
  clauses: readonly Clause[],
  { context, people, limit }: { context: MemberContext; people: readonly number[]; limit: number },
): Sql | null {
  const among = sql`e.person_id in ${bind('Array(UInt64)', people)}`
  const each = clauses.flatMap(({ plan }, index) => {
    const deciding = decidingEvents(plan)
    if (deciding === null) return []
    return [
      sql`select * from (select ${bind('UInt32', index)} as clause, toString(e.uuid) as id, e.event as event, toUnixTimestamp64Milli(e.timestamp) as at ${eventsWhere(context, [...deciding, among])} order by at desc, id limit ${bind('UInt32', limit)})`,
    ]
  })
  return each.length === 0 ? null : join(each, ' union all ')
}

/** What a clause compares with, in words: "is at least 18", "3 or more"; null where its sentence says it all. */
export function thresholdWords(condition: Condition): string | null {
  if ('not' in condition) {
    const inner = thresholdWords(condition.not)
    return inner === null ? null : `not ${inner}`
  }
  if ('did' in condition) {
    const comparison = condition.sum ?? condition.count
    return comparison === undefined ? 'at least once' : comparisonWords(operatorOf(comparison))
  }
  return 'property' in condition ? operatorWords(operatorOf(condition as PropertyCondition), false) : null
}
