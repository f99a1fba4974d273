import { KindredError, type Point, type Series } from '@kindred/model'
import { join, type Sql, sql } from '../sql.ts'
import { isSmoothed, seriesWords } from './answer.ts'
import { keySql } from './breakdown.ts'
import { seriesOf } from './formula.ts'
import { isWholeRange, measurePlan } from './measure.ts'
import type { TrendsPlan } from './plan.ts'
import { seriesRows } from './series-rows.ts'
import { pointWindow } from './window.ts'

/** The people behind one point of an answer. */
export interface PointPeople {
  /** A query with one column `person`, each person once. */
  people: Sql
  /** Which people they are, in words. */
  says: string
  /** The number shown counts these people. */
  headcount: boolean
}

/**
 * The people whose events a point, bar or cell was made from: read by the very rows its number was. `shown` are the values with a row of their own,
 * for the people of `other`. Errors: `insight/invalid` where the question has no such point.
 */
export function pointPeople(plan: TrendsPlan, point: Point, shown: readonly string[] = []): PointPeople {
  checkPoint(plan, point)
  const indexes = point.formula ? seriesOf(plan.formulas[point.index] ?? { kind: 'number', value: 0 }) : [point.index]
  const behind = indexes.flatMap((index) => {
    const series = plan.query.series[index]
    return series === undefined ? [] : [sql`select distinct person from (${rowsBehind(plan, series, point)})${keyCondition(point, shown)}`]
  })
  const people = behind.length === 1 ? (behind[0] ?? sql``) : sql`select distinct person from (${join(behind, ' union all ')})`
  return { people, ...wordsOf(plan, point) }
}

function rowsBehind(plan: TrendsPlan, series: Series, point: Point): Sql {
  const { query, context } = plan
  return seriesRows({ series, query, period: pointWindow(plan, series, point), bucket: sql`toUInt32(0)`, needsPerson: true }, context)
}

function keyCondition({ breakdown }: Point, shown: readonly string[]): Sql {
  return breakdown === undefined ? sql`` : sql` where ${keySql(breakdown, shown)}`
}

function checkPoint(plan: TrendsPlan, point: Point): void {
  const count = point.formula ? plan.formulas.length : plan.query.series.length
  const refuse = (field: string, reason: string) => new KindredError('insight/invalid', { field: `point.${field}`, reason })
  if (point.index >= count) throw refuse('index', `the question has ${count} ${point.formula ? 'formulas' : 'series'}`)
  if ((point.breakdown === undefined) !== (plan.query.breakdown === undefined))
    throw refuse('breakdown', 'it is given exactly where the question has a breakdown')
  const ofSegments = plan.segments !== undefined
  if (point.breakdown !== undefined && (point.breakdown.kind === 'segment') !== ofSegments) throw refuse('breakdown', 'it is not of the kind of the breakdown')
}

/** Says when the list is something else than the number counts. */
function wordsOf(plan: TrendsPlan, point: Point): Omit<PointPeople, 'people'> {
  const series = plan.query.series[point.index]
  if (point.formula || series === undefined) {
    const names = seriesOf(plan.formulas[point.index] ?? { kind: 'number', value: 0 }).map((index) => String.fromCharCode(65 + index))
    return { says: `Everyone behind ${names.join(' or ')} of the formula; the number itself counts no people`, headcount: false }
  }
  const who = `People with “${seriesWords(series)}”`
  if (point.breakdown?.kind === 'other') return { says: `${who} and a value that has no row of its own, each counted once`, headcount: false }
  if (isSmoothed(plan) || !measurePlan(series.measure, plan.query).headcount) return { says: `${who} behind this number, each counted once`, headcount: false }
  const sumOfBuckets = point.bucket === undefined && !isWholeRange(plan.query) && !(plan.query.cumulative && series.measure === 'people')
  return sumOfBuckets ? { says: `${who} in the whole range, each counted once`, headcount: false } : { says: who, headcount: true }
}
