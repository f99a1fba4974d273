import { type Condition, type DidCondition, operatorOf, type PropertyCondition, type Quantifier } from '@kindred/model'
import { decidingOrder, decidingSubject } from '../condition/deciding.ts'
import { type DidPlan, didThresholdWords } from '../condition/did.ts'
import { conditionSql, decidingEvents, planParts } from '../condition/kinds.ts'
import { comparisonWords, operatorWords } from '../condition/operator-words.ts'
import type { PeoplePlan } from '../condition/people.ts'
import type { Plan } from '../condition/plan.ts'
import type { Compiling } from '../condition/reading.ts'
import type { SequencePlan } from '../condition/sequence.ts'
import { tally } from '../condition/tally.ts'
import { eventsWhere } from '../people.ts'
import { bind, join, raw, type Sql, sql } from '../sql.ts'
import { memberSubject, type Subject } from '../subject.ts'
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

/** The plan of the people of an account that a clause is about, through any number of `not`; null where it is about something else. */
export function peoplePlanOf(plan: Plan): PeoplePlan | null {
  const [inner] = planParts(plan)
  if (plan.kind === 'not' && inner !== undefined) return peoplePlanOf(inner)
  return isPeople(plan) ? plan : null
}

function isPeople(plan: Plan): plan is PeoplePlan {
  return plan.kind === 'people'
}

/** One row: `everyone`, how many people an account has, and `met`, how many of them meet what is asked. */
export function peopleSeenSql(plan: PeoplePlan, { context, id }: { context: MemberContext; id: number }): Sql {
  const members = memberSubject(plan.accountType)
  const met = conditionSql(plan.where, { context, subject: members })
  return sql`select toUInt32(count()) as everyone, toUInt32(countIf(${met})) as met ${members.rows(context, [sql`m.account_id = ${bind('UInt64', id)}`])}`
}

/** The plan whose events decide a clause, through any number of `not` and of people of an account, and whose events they are. */
function decidedBy(plan: Plan, subject: Subject): { plan: Plan; subject: Subject } {
  const [inner] = planParts(plan)
  if (plan.kind === 'not' && inner !== undefined) return decidedBy(inner, subject)
  return isPeople(plan) ? decidedBy(plan.where, memberSubject(plan.accountType)) : { plan, subject }
}

/** The sequence that a clause is about, and whose it is; null where it is about something else. */
export function sequenceOf(asked: Plan, of: Subject): { plan: SequencePlan; subject: Subject } | null {
  const { plan, subject } = decidedBy(asked, of)
  return isSequence(plan) ? { plan, subject } : null
}

function isSequence(plan: Plan): plan is SequencePlan {
  return plan.kind === 'sequence'
}

/** Rows `id`, `event`, `at`, `place` (the log position) of the events at these positions. */
export function eventsAtSql(positions: readonly number[], context: MemberContext): Sql {
  const those = [sql`e.position in ${bind('Array(UInt64)', positions)}`]
  return sql`select toString(e.uuid) as id, e.event as event, toUnixTimestamp64Milli(e.timestamp) as at, e.position as place ${eventsWhere(context, those)}`
}

/**
 * The newest events that decide clauses, or the one that does, asked where nobody else is: rows `clause` (its place in the list), `id`, `event`, `at`; null where no
 * clause has any.
 */
export function decidingSql(clauses: readonly Clause[], { context, subject, limit }: { context: MemberContext; subject: Subject; limit: number }): Sql | null {
  const each = clauses.flatMap((clause, index) => {
    const decided = decidedBy(clause.plan, subject)
    const deciding = decidingEvents(decided.plan, { context, subject: decided.subject })
    if (deciding === null) return []
    const events = decidingSubject(deciding, decided.subject).events(context, deciding.events)
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
  if ('people' in condition) return quantifierWords(condition.people)
  return 'property' in condition ? operatorWords(operatorOf(condition as PropertyCondition), false) : null
}

function quantifierWords(quantifier: Quantifier): string {
  if (typeof quantifier === 'string') return { any: 'at least one', all: 'all of them', none: 'none' }[quantifier]
  return 'share' in quantifier ? `${comparisonWords(operatorOf(quantifier.share))} percent` : comparisonWords(operatorOf(quantifier))
}
