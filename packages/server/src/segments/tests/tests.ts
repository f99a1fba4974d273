import {
  KindredError,
  type Project,
  type SegmentDefinition,
  type SegmentTest,
  type SegmentTests,
  type SegmentUnit,
  type TestResult,
  type testsSave,
  unitOfTest,
} from '@kindred/model'
import type { z } from 'zod'
import type { Parts } from '../../parts.ts'
import { segmentRow, unitOf } from '../segment-row.ts'
import { runTests } from './run.ts'
import { sampleColumns, testsOf } from './tests-of.ts'

/** The samples of a segment, in their order. Errors: `segment/not-found`. */
export async function segmentTests(parts: Pick<Parts, 'catalog'>, project: Project, id: number): Promise<SegmentTests> {
  const { test_policy: policy } = await segmentRow(parts, project, id)
  return { policy, tests: await testsOf(parts, id) }
}

/** Replaces the samples of a segment. Errors: `segment/not-found`, `request/invalid` for a sample of the other unit. */
export async function saveTests(parts: Parts, project: Project, { id, policy, tests }: z.output<typeof testsSave> & { id: number }): Promise<SegmentTests> {
  const row = await segmentRow(parts, project, id)
  const problem = sampleProblem(tests, unitOf(row))
  if (problem !== null) throw new KindredError('request/invalid', { field: `tests.${problem.index}`, reason: problem.reason })
  await parts.catalog.transaction().execute(async (catalog) => {
    await catalog.updateTable('segments').set({ test_policy: policy }).where('id', '=', id).execute()
    await replaceTests(catalog, { projectId: project.id, id, tests })
  })
  return segmentTests(parts, project, id)
}

/** The first sample that is not of whom the segment holds, and what to say of it; null where all are. */
export function sampleProblem(tests: readonly SegmentTest[], unit: SegmentUnit): { index: number; reason: string } | null {
  const index = tests.findIndex((test) => unitOfTest(test) !== unit)
  if (index === -1) return null
  const asked = unit === 'account' ? 'accounts: give an accountKey or an account' : 'people: give a distinctId or a person'
  return { index, reason: `the segment holds ${asked}` }
}

/** In a transaction of the caller's. */
export async function replaceTests(
  catalog: Parts['catalog'],
  { projectId, id, tests }: { projectId: number; id: number; tests: readonly SegmentTest[] },
): Promise<void> {
  await catalog.deleteFrom('segment_tests').where('segment_id', '=', id).execute()
  for (const test of tests) {
    const { name, expected } = test
    const row = { project_id: projectId, segment_id: id, name, ...sampleColumns(test), expected }
    await catalog.insertInto('segment_tests').values(row).execute()
  }
}

/** The tests that a changed definition fails. Errors: `segment/tests-failed` where the segment's policy refuses such a change. */
export async function checkTests(
  parts: Parts,
  project: Project,
  { id, definition, policy }: { id: number; definition: SegmentDefinition; policy: 'refuse' | 'warn' },
): Promise<TestResult[]> {
  const failed = (await runTests(parts, project, { id, definition })).filter(({ passed }) => !passed)
  if (failed.length > 0 && policy === 'refuse') {
    const tests = failed
      .map(({ name, expected, found }) => (found === 'unknown' ? `“${name}” is not there` : `“${name}” should be ${expected} and is ${found}`))
      .join(', ')
    throw new KindredError('segment/tests-failed', { tests })
  }
  return failed
}
