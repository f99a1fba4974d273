import { answerTrends, bind, type CellRow, planTrends, render, sessionFactSources, sql, type TrendsPlan, trendsSql } from '@kindred/engine'
import type { InsightAnswer, InsightQuery, Point, Project } from '@kindred/model'
import { checkValuesShown } from '../data/sensitive.ts'
import type { Parts } from '../parts.ts'
import { questionContext } from '../projects/question-context.ts'
import { notesOn } from './notes.ts'

/** A question about a project, as it stood at a watermark and a moment where they are given. */
export interface Question {
  project: Project
  query: InsightQuery
  watermark?: number | undefined
  at?: number | undefined
}

/** Everything settled, and the log position that the answer holds up to. */
export interface PlannedQuestion {
  plan: TrendsPlan
  watermark: number
}

export async function planQuestion(parts: Parts, { project, query, watermark, at }: Question): Promise<PlannedQuestion> {
  await checkBreakdown(parts, project.id, query.breakdown)
  const current = parts.ingest.watermark()
  const context = { ...(await questionContext(parts, project, watermark)), ...(at !== undefined && { now: at }) }
  const earliest = query.range.from === 'all' ? await firstEventAt(parts, project.id) : null
  return { plan: planTrends(query, context, earliest), watermark: Math.min(watermark ?? current, current) }
}

/** Refuses to list sensitive values. Errors: `property/sensitive`. */
async function checkBreakdown(parts: Parts, projectId: number, breakdown: InsightQuery['breakdown']): Promise<void> {
  if (breakdown === undefined || !('property' in breakdown)) return
  if (breakdown.of !== 'session') return checkValuesShown(parts, projectId, breakdown)
  for (const property of sessionFactSources[breakdown.property] ?? [])
    await checkValuesShown(parts, projectId, { of: 'event', property, reveal: breakdown.reveal })
}

/** Answers a question. Errors: those of the engine's `planTrends`, and of a question that takes too long or too much memory. */
export async function runInsight(parts: Parts, question: Question): Promise<InsightAnswer> {
  const started = performance.now()
  const { plan, watermark } = await planQuestion(parts, question)
  const [cells, notes] = await Promise.all([parts.store.query<CellRow>(trendsSql(plan)), notesOn(parts, plan)])
  return {
    ...answerTrends(plan, cells),
    watermark,
    timezone: plan.context.timezone,
    at: plan.context.now,
    milliseconds: Math.round(performance.now() - started),
    notes,
  }
}

/** The values that have a row of their own in the line that a point belongs to. */
export async function shownValues({ store }: Pick<Parts, 'store'>, plan: TrendsPlan, point: Point): Promise<string[]> {
  const { rows } = answerTrends(plan, await store.query<CellRow>(trendsSql(plan)))
  return rows.flatMap(({ index, formula, compare = 'current', breakdown }) => {
    const sameLine = index === point.index && formula === point.formula && compare === point.compare
    return sameLine && breakdown?.kind === 'value' ? [breakdown.value] : []
  })
}

async function firstEventAt({ store }: Pick<Parts, 'store'>, projectId: number): Promise<number | null> {
  const [row] = await store.query<{ events: string; first: string }>(
    render(
      sql`select count() as events, toUnixTimestamp64Milli(min(first_seen)) as first from kindred.person_activity where project_id = ${bind('UInt32', projectId)}`,
    ),
  )
  return row === undefined || row.events === '0' ? null : Number(row.first)
}
