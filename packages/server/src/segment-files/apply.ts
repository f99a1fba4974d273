import { KindredError, type Project, type SegmentFileMistake, type SegmentFilesApplied, type segmentFilesApplyRequest } from '@kindred/model'
import type { z } from 'zod'
import type { Parts } from '../parts.ts'
import { membershipJobs } from '../segments/membership/jobs.ts'
import type { Author } from '../segments/segments.ts'
import { replaceTests } from '../segments/tests/tests.ts'
import { heldSegments } from './held.ts'
import { namedBy, withNumbers } from './named.ts'
import { type FilesPlan, planFiles, type Step } from './plan.ts'
import { mistakeAt } from './read-files.ts'
import { resultsOf } from './test-files.ts'

type Asked = z.output<typeof segmentFilesApplyRequest>
/** So many mistakes are told in one sentence; the plan tells all. */
const told = 20

/** Makes a project's rules what files say, in one transaction: all of it or nothing. Errors: `segment-files/invalid`, `segment-files/drift`, `segment-files/changed`. */
export async function applyFiles(parts: Parts, project: Project, { asked, author }: { asked: Asked; author: Author }): Promise<SegmentFilesApplied> {
  const plan = await planFiles(parts, project, { ...asked, sizes: true })
  if (plan.mistakes.length > 0) throw new KindredError('segment-files/invalid', { told: mistakesText(plan.mistakes) })
  const failed = await failedTests(parts, project, plan)
  if (failed.length > 0) throw new KindredError('segment-files/invalid', { told: mistakesText(failed) })
  const drifted = plan.changes.filter(({ drift }) => drift !== null)
  if (drifted.length > 0 && !asked.force) {
    const words = { changed: 'was changed', renamed: 'was renamed or described anew', deleted: 'was deleted', ahead: 'is at an earlier version' }
    throw new KindredError('segment-files/drift', {
      told: drifted.map(({ key, drift }) => `${key} ${words[drift?.kind ?? 'changed']} in Kindred since version ${drift?.version}`).join('; '),
    })
  }
  await parts.catalog.transaction().execute(async (catalog) => {
    const now = await heldSegments(catalog, project.id)
    if (now.state !== plan.held.state) throw new KindredError('segment-files/changed')
    await new Writer({ ...plan, catalog, projectId: project.id, authorId: author.id, at: parts.clock() }).write()
  })
  const made = await heldSegments(parts.catalog, project.id)
  for (const { wanted, isNewVersion } of plan.steps) {
    const id = isNewVersion ? made.byKey.get(wanted.key)?.id : undefined
    if (id !== undefined) membershipJobs(parts).soon(id, 'saved')
  }
  return { changes: plan.changes.map((change) => ({ ...change, id: change.id ?? made.byKey.get(change.key)?.id ?? null })) }
}

/** Of segments whose tests may refuse a change: those that the changed rule, or the tests in the file, would fail. */
async function failedTests(parts: Parts, project: Project, { steps, after }: FilesPlan): Promise<SegmentFileMistake[]> {
  const failed: SegmentFileMistake[] = []
  for (const step of steps) {
    if (step.held?.policy !== 'refuse' || step.change.kind === 'unchanged') continue
    const results = await resultsOf(parts, project, { step, after })
    for (const [index, { name, expected, found, passed }] of results.entries()) {
      if (!passed) failed.push(mistakeAt(step.wanted.file, ['tests', index], `“${name}” should be ${expected} and is ${found}`))
    }
  }
  return failed
}

function mistakesText(mistakes: readonly SegmentFileMistake[]): string {
  const lines = mistakes
    .slice(0, told)
    .map(({ path, line, at, reason }) => [line === null ? path : `${path}:${line}`, ...(at === '' ? [] : [at]), reason].join(': '))
  return [...lines, ...(mistakes.length > told ? [`and ${mistakes.length - told} more`] : [])].join('; ')
}

type Writing = Pick<FilesPlan, 'steps' | 'deleted'> & { catalog: Parts['catalog']; projectId: number; authorId: number; at: number }

/** Writes a plan's changes into an open transaction. */
class Writer {
  readonly #writing: Writing
  /** Of those that are made: the number that stood for each, and the one it got. */
  readonly #numbers = new Map<number, number>()

  constructor(writing: Writing) {
    this.#writing = writing
  }

  async write(): Promise<void> {
    const { steps, deleted, catalog, at } = this.#writing
    for (const step of steps) await this.#make(step)
    for (const step of steps) if (step.held !== undefined) await this.#change(step, step.held.id)
    if (deleted.length === 0) return
    await catalog
      .updateTable('segments')
      .set({ deleted_at: at })
      .where(
        'id',
        'in',
        deleted.map(({ id }) => id),
      )
      .execute()
  }

  /** Makes what a new segment names before it, so that it can hold their numbers. Ways round were refused. */
  async #make(step: Step): Promise<void> {
    const { steps, catalog, projectId, at } = this.#writing
    const { wanted, mark, counted } = step
    if (step.held !== undefined || this.#numbers.has(wanted.id)) return
    for (const { id } of namedBy(wanted.definition)) {
      const named = steps.find((each) => each.wanted.id === id)
      if (named !== undefined) await this.#make(named)
    }
    const { key, name, description, definition } = wanted
    const row = { project_id: projectId, key, applied: mark, name, description, kind: 'rule' as const, unit: definition.unit, definition: this.#text(step) }
    const { id } = await catalog
      .insertInto('segments')
      .values({ ...row, version: 1, ...counted, created_at: at, updated_at: at, used_at: at, deleted_at: null })
      .returning('id')
      .executeTakeFirstOrThrow()
    this.#numbers.set(wanted.id, id)
    if (wanted.tests.length > 0) await replaceTests(catalog, { projectId, id, tests: wanted.tests })
    await this.#version(id, 1, step)
  }

  async #change(step: Step, id: number): Promise<void> {
    const { catalog, projectId, at } = this.#writing
    const { wanted, held, mark, isNewVersion, counted, change } = step
    const version = (held?.version ?? 0) + (isNewVersion ? 1 : 0)
    const changed =
      change.kind === 'unchanged'
        ? {}
        : { name: wanted.name, description: wanted.description, definition: this.#text(step), version, updated_at: at, used_at: at, ...counted }
    await catalog
      .updateTable('segments')
      .set({ applied: mark, ...changed })
      .where('id', '=', id)
      .execute()
    if (change.kind !== 'unchanged' && wanted.tests !== held?.tests) await replaceTests(catalog, { projectId, id, tests: wanted.tests })
    if (isNewVersion) await this.#version(id, version, step)
  }

  async #version(id: number, version: number, step: Step): Promise<void> {
    const { catalog, authorId, at } = this.#writing
    const changes = JSON.stringify(step.ruleChanges)
    await catalog
      .insertInto('segment_versions')
      .values({ segment_id: id, version, definition: this.#text(step), author_id: authorId, changes, created_at: at })
      .execute()
  }

  #text({ wanted }: Step): string {
    return JSON.stringify(withNumbers(wanted.definition, (id) => this.#numbers.get(id) ?? id))
  }
}
