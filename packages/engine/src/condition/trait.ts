import { KindredError, labelInSentence, matches, type Operator, operatorOf, operatorProblem, type Rank, type TraitCondition } from '@kindred/model'
import { operatorSql } from '../operator/operator.ts'
import { bind, raw, type Sql, sql } from '../sql.ts'
import { eventsMet } from '../trait/event-measure.ts'
import { traitLabel } from '../trait/label.ts'
import { measuresOf, type TraitPlan } from '../trait/plan.ts'
import { traitRows } from '../trait/rows.ts'
import { valueProperty } from '../trait/value-property.ts'
import { isLocal } from '../zone/when.ts'
import { decidingAny } from './deciding.ts'
import { operatorWords } from './operator-words.ts'
import type { Plan } from './plan.ts'
import { warnOfNothing } from './property.ts'
import type { Compiling, Reading } from './reading.ts'

export interface TraitConditionPlan extends Plan {
  readonly kind: 'trait'
  readonly trait: TraitPlan
  readonly asks: { readonly operator: Operator } | { readonly rank: Rank }
  readonly now: number
  readonly timezone: string
}

/**
 * A computed trait, compared like a property, or ranked among all of whom something tells it. Whoever is in no row has the trait's value without events:
 * 0 of a count, none of an average.
 */
export const trait: Reading<TraitCondition, TraitConditionPlan> = {
  plan: (condition, planning) => {
    const { context, path, trait: planned } = planning
    const { now, timezone } = context
    const found = planned(condition.trait, 'trait')
    if (condition.rank === undefined) {
      const operator = checked(condition, path)
      warnOfNothing(operator, planning)
      return { kind: 'trait', trait: found, asks: { operator }, now, timezone }
    }
    if (found.type !== 'number' && found.type !== 'date') {
      throw new KindredError('segment/invalid', {
        path: `${path}.rank`,
        reason: `“${condition.trait}” is a ${found.type}: only numbers and dates have an order`,
      })
    }
    return { kind: 'trait', trait: found, asks: { rank: condition.rank }, now, timezone }
  },
  sql: (plan, compiling) => traitMetSql(plan, compiling.subject.id, compiling),
  readsOnlyId: () => true,
  ids: (plan, compiling) => {
    const { statement, others } = idsOf(plan, compiling)
    return others ? null : statement
  },
  deciding: ({ trait: { value } }) => {
    const measures = measuresOf(value)
    return measures.length === 0 ? null : decidingAny(measures.map((each) => ({ events: eventsMet(each), whens: [each.when].filter(isLocal) })))
  },
  says: (condition, { who, negated, ...words }) => {
    const label = labelInSentence(traitLabel(condition.trait, words))
    if (condition.rank === undefined) return `whose ${label} ${operatorWords(operatorOf(condition), negated)}`
    return `${who} are ${negated ? 'not ' : ''}${rankWords(condition.rank)} by ${label}`
  },
}

function checked(condition: TraitCondition, path: string): Operator {
  const operator = operatorOf(condition)
  const reason = operatorProblem(operator)
  if (reason !== null) throw new KindredError('segment/invalid', { path: `${path}.${operator.name}`, reason })
  return operator
}

/** UInt8: whoever has the id, an expression, meets the plan. */
export function traitMetSql(plan: TraitConditionPlan, id: Sql, compiling: Compiling): Sql {
  const { statement, others } = idsOf(plan, compiling)
  if (statement === null) return raw(others ? '1' : '0')
  return sql`${id} ${raw(others ? 'not in' : 'in')} (${statement})`
}

/** The ids of those who meet the plan or, where those in no row meet it too (`others`), of those who do not. Null: there are no rows. */
function idsOf(plan: TraitConditionPlan, compiling: Compiling): { statement: Sql | null; others: boolean } {
  const rows = traitRows(plan.trait, compiling)
  if ('rank' in plan.asks) {
    return { statement: rows === null ? null : rankedIds(rows.statement, plan.asks.rank), others: false }
  }
  const { operator } = plan.asks
  const others = matches(rows?.absent ?? undefined, operator, plan)
  if (rows === null) return { statement: null, others }
  const met = operatorSql(valueProperty(plan.trait.type, raw('value')), operator, plan)
  if (rows.ofEverybody) return { statement: sql`select id from (${rows.statement}) where ${met}`, others: false }
  return { statement: sql`select id from (${rows.statement}) where ${raw(others ? 'not ' : '')}(${met})`, others }
}

/** Equal values share the best of their places, so that whoever ties with the last one taken is taken too. */
function rankedIds(rows: Sql, rank: Rank): Sql {
  const fromBelow = rank.bottom !== undefined || rank.bottomPercent !== undefined
  const placed = sql`select id, rank() over (order by value ${raw(fromBelow ? 'asc' : 'desc')}) as place, count() over () as places from (${rows}) where told and isNotNull(value)`
  return sql`select id from (${placed}) where ${placesTaken(rank)}`
}

/** Over `place` (from 1) and `places`: whether a place is taken. The part of a number of places is rounded up: of five, the first decile is one. */
function placesTaken({ top, bottom, topPercent, bottomPercent, decile, quintile }: Rank): Sql {
  const number = top ?? bottom
  if (number !== undefined) return sql`place <= ${bind('UInt64', number)}`
  const percent = topPercent ?? bottomPercent
  // What rounding adds to a whole number must not take one more.
  if (percent !== undefined) return sql`place <= ceil(places * ${bind('Float64', percent)} / 100 - 1e-9)`
  const [parts, wanted] = decile === undefined ? [5, quintile ?? 1] : [10, decile]
  return sql`intDiv((place - 1) * ${raw(String(parts))}, places) = ${bind('UInt64', wanted - 1)}`
}

function rankWords({ top, bottom, topPercent, bottomPercent, decile, quintile }: Rank): string {
  if (top !== undefined) return `in the top ${top}`
  if (bottom !== undefined) return `in the bottom ${bottom}`
  if (topPercent !== undefined) return `in the top ${topPercent} %`
  if (bottomPercent !== undefined) return `in the bottom ${bottomPercent} %`
  return decile === undefined ? `in quintile ${quintile} of 5` : `in decile ${decile} of 10`
}
