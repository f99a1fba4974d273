import { type CompileContext, clauseSentence, clausesOf, type PreviewRow, planDefinition, previewSql, render } from '@kindred/engine'
import type { Project, SegmentDefinition, SegmentPreview } from '@kindred/model'
import type { Parts } from '../parts.ts'
import { personRows } from '../people/person-rows.ts'
import { questionContext } from '../projects/question-context.ts'
import type { QueryLimits } from '../store/clickhouse/store.ts'
import { definitionForms } from './forms.ts'
import { clauseReasons } from './reasons.ts'
import { wordsOf } from './words.ts'

export interface PreviewRequest {
  definition: SegmentDefinition
  watermark?: number | undefined
  limits?: QueryLimits
}

/**
 * A definition counted exactly, clause by clause, with five of its people and why they are in. Errors: those of `planDefinition`, and of a
 * question that takes too long.
 */
export async function previewSegment(parts: Parts, project: Project, { definition, watermark, limits }: PreviewRequest): Promise<SegmentPreview> {
  const started = performance.now()
  const now = parts.ingest.watermark()
  const context = await questionContext(parts, project, watermark)
  const planned = planDefinition(definition, context)
  const clauses = clausesOf(definition, planned)
  const words = wordsOf(context)
  const [row] = await parts.store.query<PreviewRow>(render(previewSql(planned, clauses, context)), limits)
  const { everyone, members, counts, sample } = row ?? { everyone: '0', members: '0', counts: [], sample: [] }
  return {
    count: Number(members),
    everyone: Number(everyone),
    clauses: clauses.map(({ path, condition }, index) => ({ path, sentence: clauseSentence(condition, words), count: Number(counts[index] ?? 0) })),
    warnings: [...planned.warnings],
    people: await sampledPeople({ parts, project, context }, clauses, sample),
    ...definitionForms(definition, words),
    watermark: Math.min(watermark ?? now, now),
    at: context.now,
    milliseconds: Math.round(performance.now() - started),
  }
}

interface Asking {
  parts: Parts
  project: Project
  context: CompileContext
}

async function sampledPeople(
  { parts, project, context }: Asking,
  clauses: ReturnType<typeof clausesOf>,
  sampled: PreviewRow['sample'],
): Promise<SegmentPreview['people']> {
  const ids = sampled.map(([id]) => Number(id))
  const rows = await personRows(parts, project, ids)
  const reasonsOf = await clauseReasons(parts, { context, clauses, people: ids })
  const met = new Map(sampled.map(([id, each]) => [Number(id), each]))
  return rows.map((person) => ({ ...person, reasons: reasonsOf(person, met.get(person.id) ?? []) }))
}
