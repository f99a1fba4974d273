import { type Condition, type DidCondition, operatorOf, type PropertyCondition } from '@kindred/model'
import { decidingOrder, decidingSubject } from '../condition/deciding.ts'
import { type DidPlan, didThresholdWords } from '../condition/did.ts'
import { conditionSql, decidingEvents, planParts } from '../condition/kinds.ts'
import { operatorWords } from '../condition/operator-words.ts'
import type { Plan } from '../condition/plan.ts'
import type { Compiling } from '../condition/reading.ts'
import type { SequencePlan } from '../condition/sequence.ts'
import { tally } from '../condition/tally.ts'
import { eventsWhere } from '../people.ts'
import { bind, join, raw, type Sql, sql } from '../sql.ts'
import { personSubject } from '../subject.ts'
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
 * What some people, or accounts, did, for several plans at once: rows `plan` (its place in the list), `id` and `seen` (the number, Float64).
 * Nobody is in it who did nothing, or has no such number.
 */
export function seenSql(plans: readonly DidPlan[], ids: readonly number[], { context, subject }: Pick<Compiling, 'context' | 'subject'>): Sql {
  const among = sql`${subject.ofEvent(context)} in ${bind('Array(UInt64)', ids)}`
  const each = plans.map((plan, index) => {
    const { id, from, values } = tally([plan.quantity], { context, subject }, [among])
    return sql`select ${bind('UInt32', index)} as plan, ${id} as id, toFloat64(ifNull(${values[0] ?? raw('null')} as found, 0)) as seen ${from} group by id having isNotNull(found)`
  })
  return join(each, ' union all ')
}

/** One row, of one person or account: `member`, and `met` with one answer for each clause. No row where the subject is not there. */
export function stateSql({ plan, subject }: PlannedSegment, clauses: readonly Clause[], { context, id }: { context: MemberContext; id: number }): Sql {
  const asking = { context, subject }
  const met = join(
    clauses.map((clause) => sql`toUInt8(${conditionSql(clause.plan, asking)})`),
    ', ',
  )
  return sql`select toUInt8(${conditionSql(plan, asking)}) as member, [${met}] as met ${subject.rows(context, [sql`${subject.id} = ${bind('UInt64', id)}`])}`
}

/** The plan of a sequence that a clause is about, through any number of `not`; null where it is about something else. */
export function sequencePlanOf(plan: Plan): SequencePlan | null {
  const [inner] = planParts(plan)
  if (plan.kind === 'not' && inner !== undefined) return sequencePlanOf(inner)
  return isSequence(plan) ? plan : null
}

function isSequence(plan: Plan): plan is SequencePlan {
  return plan.kind === 'sequence'
}

/** Rows `id`, `event`, `at`, `place` (the log position) of the events of some people at these positions. */
export function eventsAtSql(positions: readonly number[], { context, people }: { context: MemberContext; people: readonly number[] }): Sql {
  const those = [sql`e.person_id in ${bind('Array(UInt64)', people)}`, sql`e.position in ${bind('Array(UInt64)', positions)}`]
  return sql`select toString(e.uuid) as id, e.event as event, toUnixTimestamp64Milli(e.timestamp) as at, e.position as place ${eventsWhere(context, those)}`
}

/** The newest events that decide clauses, or the one that does, of some people: rows `clause` (its place in the list), `id`, `event`, `at`; null where no clause has any. */
export function decidingSql(
  clauses: readonly Clause[],
  { context, people, limit }: { context: MemberContext; people: readonly number[]; limit: number },
): Sql | null {
  const among = sql`e.person_id in ${bind('Array(UInt64)', people)}`
  const each = clauses.flatMap(({ plan }, index) => {
    const deciding = decidingEvents(plan, { context, subject: personSubject })
    if (deciding === null) return []
    const events = decidingSubject(deciding).events(context, [...deciding.events, among])
    const few = bind('UInt32', deciding.only === undefined ? limit : 1)
    return [
      sql`select * from (select ${bind('UInt32', index)} as clause, toString(e.uuid) as id, e.event as event, toUnixTimestamp64Milli(e.timestamp) as at ${events} order by ${decidingOrder(deciding)} limit ${few})`,
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
  if ('did' in condition && !('regularly' in condition)) return didThresholdWords(condition as DidCondition)
  return 'property' in condition ? operatorWords(operatorOf(condition as PropertyCondition), false) : null
}
