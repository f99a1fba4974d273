import type { Project, SegmentDefinition, SegmentTest, SegmentTests, testsSave } from '@kindred/model'
import { KindredError, type TestResult } from '@kindred/model'
import type { z } from 'zod'
import type { Parts } from '../../parts.ts'
import { needPeople, segmentRow } from '../segment-row.ts'
import { runTests } from './run.ts'
import { testsOf } from './tests-of.ts'

/** The sample people of a segment, in their order. Errors: `segment/not-found`. */
export async function segmentTests(parts: Pick<Parts, 'catalog'>, project: Project, id: number): Promise<SegmentTests> {
  const { test_policy: policy } = await segmentRow(parts, project, id)
  return { policy, tests: await testsOf(parts, id) }
}

/** Replaces the sample people of a segment. Errors: `segment/not-found`, `segment/unit` for samples of a segment of accounts. */
export async function saveTests(parts: Parts, project: Project, { id, policy, tests }: z.output<typeof testsSave> & { id: number }): Promise<SegmentTests> {
  const row = await segmentRow(parts, project, id)
  // None at all is let through, so that what was kept before this was refused can be taken away.
  if (tests.length > 0) needPeople(row)
  await parts.catalog.transaction().execute(async (catalog) => {
    await catalog.updateTable('segments').set({ test_policy: policy }).where('id', '=', id).execute()
    await replaceTests(catalog, { projectId: project.id, id, tests })
  })
  return segmentTests(parts, project, id)
}

/** In a transaction of the caller's. */
export async function replaceTests(
  catalog: Parts['catalog'],
  { projectId, id, tests }: { projectId: number; id: number; tests: readonly SegmentTest[] },
): Promise<void> {
  await catalog.deleteFrom('segment_tests').where('segment_id', '=', id).execute()
  for (const { name, distinctId, person, expected } of tests) {
    const row = {
      project_id: projectId,
      segment_id: id,
      name,
      distinct_id: distinctId ?? null,
      person: person === undefined ? '' : JSON.stringify(person),
      expected,
    }
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
