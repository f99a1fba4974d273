import type { CompareCondition, ComparisonSign, Quantity as Side } from '@kindred/model'
import { canonical } from '../segment/canonical.ts'
import { bind, raw, type Sql, sql } from '../sql.ts'
import { sideWords } from './compare-words.ts'
import { decidingAny } from './deciding.ts'
import type { Quantity } from './event-numbers.ts'
import type { Plan } from './plan.ts'
import { measuredOf, measureOfNothing, planQuantity } from './quantity.ts'
import type { Compiling, Planning, Reading } from './reading.ts'
import { decidingOf, tally } from './tally.ts'

export interface ComparePlan extends Plan {
  readonly kind: 'compare'
  readonly one: Quantity
  readonly other: Quantity
  readonly sign: ComparisonSign
  /** The other number is taken so often. */
  readonly times: number
  /** Whether somebody without any event of either side meets it. */
  readonly includesNone: boolean
}

const signs = { moreThan: '>', atLeast: '>=', lessThan: '<', atMost: '<=', equals: '=', notEquals: '=' } as const satisfies Record<ComparisonSign, string>

/** One number of somebody's events against another, both counted in one pass. Where a side has no value, only `notEquals` holds. */
export const compare: Reading<CompareCondition, ComparePlan> = {
  plan: (condition, planning) => {
    const one = planSide(condition.compare, planning, 'compare.')
    const other = planSide(condition.than, planning, 'than.')
    const { is: sign, times = 1 } = condition
    if (isOfItself(condition)) planning.warn('nobody can meet this: both sides are the same number', 'is')
    return { kind: 'compare', one, other, sign, times, includesNone: meets(measureOfNothing(one.measure), measureOfNothing(other.measure), { sign, times }) }
  },
  sql: (plan, compiling) => sql`${compiling.subject.id} ${raw(plan.includesNone ? 'not in' : 'in')} (${compareSubjects(plan, compiling)})`,
  readsOnlyId: () => true,
  ids: (plan, compiling) => (plan.includesNone ? null : compareSubjects(plan, compiling)),
  deciding: ({ one, other }) => decidingAny([decidingOf(one), decidingOf(other)]),
  numbers: (plan) => ({ quantities: [plan.one, plan.other], met: (values) => comparedSides(plan, values), includesNone: plan.includesNone }),
  says: (condition, { roles, negated }) => {
    const { one, other } = sideWords(condition, roles)
    const times = condition.times === undefined || condition.times === 1 ? '' : ` ${condition.times} times`
    const words = { moreThan: 'more than', atLeast: 'at least', lessThan: 'less than', atMost: 'at most', equals: 'exactly', notEquals: 'not exactly' }
    const is = `${negated ? 'not ' : ''}${words[condition.is]}`
    return `whose ${one} is ${is}${times} the ${other}`
  },
}

/** A number is never more, nor less, than itself; a count, which nobody lacks, not other either, nor less than a part of it. */
function isOfItself({ compare: one, than, is, times = 1 }: CompareCondition): boolean {
  if (canonical(one) !== canonical(than)) return false
  const isCount = measuredOf(one).of === 'count'
  if (is === 'moreThan') return times === 1 || (isCount && times > 1)
  if (is === 'lessThan') return times === 1 || (isCount && times < 1)
  return is === 'notEquals' && times === 1 && isCount
}

function planSide(side: Side, planning: Planning, step: string): Quantity {
  return planQuantity(side, measuredOf(side), { ...planning, step })
}

function meets(one: number | null, other: number | null, { sign, times }: Pick<ComparePlan, 'sign' | 'times'>): boolean {
  if (one === null || other === null) return sign === 'notEquals'
  const product = other * times
  switch (sign) {
    case 'moreThan':
      return one > product
    case 'atLeast':
      return one >= product
    case 'lessThan':
      return one < product
    case 'atMost':
      return one <= product
    case 'equals':
      return one === product
    case 'notEquals':
      return one !== product
  }
}

/** One column, each subject once: who has events of a side and meets it; where nobody's events count too, who does not meet it. */
function compareSubjects(plan: ComparePlan, compiling: Compiling): Sql {
  const { id, from, values } = tally([plan.one, plan.other], compiling)
  const met = comparedSides(plan, values)
  return sql`select ${id} as id ${from} group by id having ${plan.includesNone ? sql`not ${met}` : met}`
}

/** UInt8, never NULL. */
function comparedSides({ sign, times }: ComparePlan, [one = raw('0'), other = raw('0')]: readonly Sql[]): Sql {
  const met = sql`ifNull(${one} ${raw(signs[sign])} ${other} * ${bind('Float64', times)}, 0)`
  return sign === 'notEquals' ? sql`not ${met}` : met
}
