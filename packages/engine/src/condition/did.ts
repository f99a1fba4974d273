import { type Comparison, type DidCondition, operatorOf } from '@kindred/model'
import { boundsOf } from '../operator/number.ts'
import { raw, type Sql, sql } from '../sql.ts'
import { isLocal } from '../zone/when.ts'
import { checkComparison } from './comparison.ts'
import { duringWords, eventPhrase, measureWords, timesWords, whereWords, windowWords } from './did-words.ts'
import type { Measured, Quantity } from './event-numbers.ts'
import { comparisonWords } from './operator-words.ts'
import type { Plan } from './plan.ts'
import { comparisonOf, measuredOf, measureOfNothing, meetsComparison, type NumberComparison, planQuantity } from './quantity.ts'
import type { Compiling, Reading, Saying } from './reading.ts'
import { comparedSql, decidingOf, tally } from './tally.ts'

export interface DidPlan extends Plan {
  readonly kind: 'did'
  readonly quantity: Quantity
  readonly comparison: NumberComparison
  /** Whether somebody without any such event meets the comparison. */
  readonly includesNone: boolean
}

/**
 * Events of the person: how many, how large a share, or a measure of a property over them. Someone without any has a count and a sum of 0, so
 * `atMost: 3` takes people who never did it, and no average, which meets the negations alone.
 */
export const did: Reading<DidCondition, DidPlan> = {
  plan: (condition, planning) => {
    const measure: Measured = condition.share === undefined ? measuredOf(condition) : { of: 'share' }
    const asked = askedOf(condition)
    const quantity = planQuantity(condition, measure, planning)
    if (asked !== undefined) checkComparison(asked, measure, planning)
    if (measure.of === 'share' && quantity.filters.length === 0 && quantity.when.during === null)
      planning.warn('neither where nor during narrows the events, so the share is always 100 percent', 'share')
    const comparison = comparisonOf(asked ?? { atLeast: 1 })
    return { kind: 'did', quantity, comparison, includesNone: meetsComparison(measureOfNothing(measure), comparison) }
  },
  sql: (plan, compiling) => {
    // Those without any event are in no group: where they count, the others who do not are taken away instead.
    const { carried: subject = compiling.subject } = compiling.subject
    return sql`${subject.id} ${raw(plan.includesNone ? 'not in' : 'in')} (${didSubjects(plan, { ...compiling, subject })})`
  },
  readsOnlyId: () => true,
  ids: (plan, compiling) => (plan.includesNone ? null : didSubjects(plan, compiling)),
  deciding: ({ quantity }) => decidingOf(quantity),
  numbers: ({ quantity, comparison, includesNone }) => ({
    quantities: [quantity],
    met: ([value = raw('0')]) => comparedSql(value, boundsOf(comparison.operator), comparison.negated),
    includesNone,
  }),
  says: (condition, { roles, negated, who }) => {
    const { count } = condition
    const never = askedOf(condition) === undefined && negated
    const phrase = eventPhrase(condition.did, roles)
    const details = [windowWords(condition.within), duringWords(condition.during), whereWords(condition.where)]
    if (count !== undefined) details.unshift(timesWords(operatorOf(count)))
    else details.unshift(measureWords(condition))
    if (condition.share !== undefined) return shareWords(condition, { roles, negated, who })
    const doing = never
      ? `${who} did not ${phrase.base}`
      : negated
        ? `for ${who === 'who' ? 'whom' : 'which'} it is not true that they ${phrase.past}`
        : `${who} ${phrase.past}`
    return [doing, ...details].filter((each) => each !== '').join(' ')
  },
}

/** "who placed an order in the last 365 days, at least 80 percent of the times in December". */
function shareWords({ did: choice, within, during, where, share }: DidCondition, { roles, negated, who }: Pick<Saying, 'roles' | 'negated' | 'who'>): string {
  const { past } = eventPhrase(choice, roles)
  const events = [negated ? `for ${who === 'who' ? 'whom' : 'which'} it is not true that they ${past}` : `${who} ${past}`, windowWords(within)]
  const compared = share === undefined ? '' : `${comparisonWords(operatorOf(share))} percent of the times`
  const words = (parts: readonly string[]) => parts.filter((each) => each !== '').join(' ')
  return `${words(events)}, ${words([compared, duringWords(during), whereWords(where)])}`
}

/** What the number is compared with: "3 or more", "at least 80 percent". */
export function didThresholdWords(condition: DidCondition): string {
  const asked = askedOf(condition)
  if (asked === undefined) return 'at least once'
  return `${comparisonWords(operatorOf(asked))}${condition.share === undefined ? '' : ' percent'}`
}

/** The comparison that the condition gives, of whichever measure. */
function askedOf({ count, share, sum, avg, min, max, median, distinct }: DidCondition): Comparison | undefined {
  return count ?? share ?? sum ?? avg ?? min ?? max ?? median ?? distinct
}

/** One column, each subject once: who has such events and meets the comparison; where nobody's events count too, who does not meet it. */
function didSubjects({ quantity, comparison, includesNone }: DidPlan, compiling: Compiling): Sql {
  const { id, from, values } = tally([quantity], compiling)
  const [value = raw('0')] = values
  const having = isOnceOfRows(quantity, comparison)
    ? raw('')
    : sql` having ${comparedSql(value, boundsOf(comparison.operator), comparison.negated !== includesNone)}`
  return sql`select ${id} as id ${from} group by id${having}`
}

/** Whoever has a row has what is asked for: rows are narrowed to the events that count where one quantity is asked that does not depend on where people live. */
function isOnceOfRows({ measure, when }: Quantity, { operator, negated }: NumberComparison): boolean {
  if (negated || measure.of !== 'count' || isLocal(when)) return false
  return (
    (operator.name === 'atLeast' && operator.operand > 0 && operator.operand <= 1) ||
    (operator.name === 'moreThan' && operator.operand >= 0 && operator.operand < 1)
  )
}
