import {
  type Comparison,
  compareNumber,
  type DidCondition,
  KindredError,
  operatorOf,
  type PositiveOperator,
  type PropertyCondition,
  positiveOf,
  type Roles,
} from '@kindred/model'
import { eventFilterSql, eventNameSql, eventNames, eventNumber } from '../event-match.ts'
import { exactSum } from '../measure.ts'
import { boundsOf } from '../operator/number.ts'
import { bind, join, raw, type Sql, sql } from '../sql.ts'
import { type TimeWindow, timeWindow, windowSql } from '../time.ts'
import { comparisonWords, eventPhrase, timesWords, whereWords, windowWords } from './did-words.ts'
import { propertyWords } from './operator-words.ts'
import type { Plan } from './plan.ts'
import { checkedOperator } from './property.ts'
import type { Compiling, Planning, Reading } from './reading.ts'

export interface DidPlan extends Plan {
  readonly kind: 'did'
  /** The names of the events that count; null for any event. */
  readonly names: readonly string[] | null
  readonly filters: readonly PropertyCondition[]
  readonly roles: Roles
  readonly now: number
  readonly timezone: string
  readonly window: TimeWindow
  readonly measure: { readonly of: 'count' } | { readonly of: 'sum'; readonly property: string }
  readonly comparison: CountComparison
  /** Whether somebody without any such event meets the comparison. */
  readonly includesNone: boolean
}
/** `operator` turned round where `negated`. */
export interface CountComparison {
  readonly operator: Extract<PositiveOperator, { name: 'equals' | 'moreThan' | 'atLeast' | 'lessThan' | 'atMost' | 'between' }>
  readonly negated: boolean
}

/**
 * Events of the person: how many, or the sum of a property over them. Someone without any has a count and a sum of 0, so
 * `atMost: 3` takes people who never did it.
 */
export const did: Reading<DidCondition, DidPlan> = {
  plan: (condition, planning) => {
    const { roles, now, timezone } = planning.context
    const comparison = comparisonOf(condition.sum ?? condition.count ?? { atLeast: 1 })
    const filters = condition.where ?? []
    filters.forEach((filter, index) => void checkedOperator(filter, { path: `${planning.path}.where.${index}`, of: 'event' }))
    return {
      kind: 'did',
      names: eventNames(condition.did, planning.context),
      filters,
      roles,
      now,
      timezone,
      window: checkedWindow(condition, planning),
      measure: condition.sum === undefined ? { of: 'count' } : { of: 'sum', property: condition.sum.property },
      comparison,
      includesNone: compareNumber(0, comparison.operator) !== comparison.negated,
    }
  },
  sql: (plan, compiling) => {
    // Those without any event are in no group: where they count, the others who do not are taken away instead.
    return sql`${compiling.subject.id} ${raw(plan.includesNone ? 'not in' : 'in')} (${didSubjects(plan, compiling)})`
  },
  readsOnlyId: () => true,
  ids: (plan, compiling) => (plan.includesNone ? null : didSubjects(plan, compiling)),
  says: (condition, { roles, negated, who }) => {
    const { count, sum } = condition
    const never = count === undefined && sum === undefined && negated
    const phrase = eventPhrase(condition.did, roles)
    const details = [windowWords(condition.within), whereWords(condition.where)]
    if (sum !== undefined) details.unshift(`with a total ${propertyWords(sum.property)} of ${comparisonWords(comparisonAsOperator(sum))}`)
    else if (count !== undefined) details.unshift(timesWords(comparisonAsOperator(count)))
    const doing = never
      ? `${who} did not ${phrase.base}`
      : negated
        ? `for ${who === 'who' ? 'whom' : 'which'} it is not true that they ${phrase.past}`
        : `${who} ${phrase.past}`
    return [doing, ...details].filter((each) => each !== '').join(' ')
  },
}

/** One column, each subject once: who has such events and meets the comparison; where nobody's events count too, who does not meet it. */
function didSubjects(plan: DidPlan, { context, subject }: Compiling): Sql {
  const once = plan.measure.of === 'count' && isAtLeastOnce(plan.comparison)
  const negated = plan.comparison.negated !== plan.includesNone
  const having = once ? raw('') : sql` having ${raw(negated ? 'not ' : '')}(${comparedSql(didMeasure(plan), plan.comparison)})`
  return sql`select ${subject.ofEvent(context)} as id ${subject.events(context, didEvents(plan))} group by id${having}`
}

/** Conditions that keep the events `e` which count. */
export function didEvents(plan: DidPlan): Sql[] {
  return [eventNameSql(plan.names), ...windowSql(plan.window), ...(plan.filters.length > 0 ? [eventFilterSql(plan.filters, plan)] : [])]
}

/** The number of such events, or the sum of a property over them; an aggregate. */
export function didMeasure(plan: DidPlan): Sql {
  return plan.measure.of === 'count' ? raw('count()') : exactSum(eventNumber(plan.measure.property, plan.filters, plan))
}

function comparedSql(measured: Sql, { operator }: CountComparison): Sql {
  return join(
    boundsOf(operator).map(({ sign, operand }) => sql`${measured} ${raw(sign)} ${bind('Float64', operand)}`),
    ' and ',
  )
}

function isAtLeastOnce({ operator, negated }: CountComparison): boolean {
  return (
    !negated &&
    ((operator.name === 'atLeast' && operator.operand > 0 && operator.operand <= 1) ||
      (operator.name === 'moreThan' && operator.operand >= 0 && operator.operand < 1))
  )
}

function comparisonOf(comparison: Comparison): CountComparison {
  return positiveOf(comparisonAsOperator(comparison)) as CountComparison
}

function comparisonAsOperator(comparison: Comparison): ReturnType<typeof operatorOf> {
  return operatorOf(comparison)
}

function checkedWindow({ within }: DidCondition, { context, path }: Planning): TimeWindow {
  try {
    return timeWindow(within, context)
  } catch (error) {
    if (error instanceof RangeError) throw new KindredError('segment/invalid', { path: `${path}.within`, reason: error.message })
    throw error
  }
}
