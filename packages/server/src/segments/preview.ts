import { type CompileContext, clauseSentence, clausesOf, type PreviewRow, planDefinition, previewSql, render, type Subject } from '@kindred/engine'
import type { AccountRow, PersonRow, Project, SegmentDefinition, SegmentPreview } from '@kindred/model'
import { knownAccounts } from '../accounts/known-accounts.ts'
import type { Parts } from '../parts.ts'
import { personRows } from '../people/person-rows.ts'
import { questionContext } from '../projects/question-context.ts'
import { definitionWarnings } from './definition-warnings.ts'
import { definitionForms } from './forms.ts'
import { clauseReasons } from './reasons.ts'
import { wordsOf } from './words.ts'

export interface PreviewRequest {
  definition: SegmentDefinition
  watermark?: number | undefined
}

/**
 * A definition counted exactly, clause by clause, with five of its people and why they are in. Errors: those of `planDefinition`, and of a
 * question that takes too long.
 */
export async function previewSegment(parts: Parts, project: Project, { definition, watermark }: PreviewRequest): Promise<SegmentPreview> {
  const started = performance.now()
  const now = parts.ingest.watermark()
  const context = await questionContext(parts, project, watermark)
  const planned = planDefinition(definition, context)
  const clauses = clausesOf(definition, planned)
  const words = wordsOf(context)
  const [row] = await parts.store.query<PreviewRow>(render(previewSql(planned, clauses, context)))
  const { everyone, members, counts, sample } = row ?? { everyone: '0', members: '0', counts: [], sample: [] }
  const { unit } = definition
  return {
    unit,
    count: Number(members),
    everyone: Number(everyone),
    clauses: clauses.map(({ path, condition }, index) => ({
      path,
      sentence: clauseSentence(condition, words, unit === 'account' ? 'that' : 'who'),
      count: Number(counts[index] ?? 0),
    })),
    warnings: await definitionWarnings(parts, definition, planned),
    ...(await sampled({ parts, project, context, subject: planned.subject }, clauses, sample)),
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
  subject: Subject
}

async function sampled(
  { parts, project, context, subject }: Asking,
  clauses: ReturnType<typeof clausesOf>,
  sample: PreviewRow['sample'],
): Promise<Pick<SegmentPreview, 'people' | 'accounts'>> {
  const ids = sample.map(([id]) => Number(id))
  const reasonsOf = await clauseReasons(parts, { context, clauses, subject, ids })
  const met = new Map(sample.map(([id, each]) => [Number(id), each]))
  const withReasons = <Row extends PersonRow | AccountRow>(rows: readonly Row[]) =>
    rows.map((row) => ({ ...row, reasons: reasonsOf(row, met.get(row.id) ?? []) }))
  if (subject.unit === 'account') return { people: [], accounts: withReasons(await knownAccounts(parts, project.id, ids)) }
  return { people: withReasons(await personRows(parts, project, ids)), accounts: [] }
}
