import type { Project, SegmentFilesTested, SegmentFileText, TestResult } from '@kindred/model'
import type { Parts } from '../parts.ts'
import { runTestsWith } from '../segments/tests/run.ts'
import { type FilesPlan, planFiles, type Step } from './plan.ts'

/** Asks the rule in each file about its sample people, or about those that Kindred holds where the file has none of its own. */
export async function testFiles(parts: Parts, project: Project, files: readonly SegmentFileText[]): Promise<SegmentFilesTested> {
  const { steps, mistakes, after } = await planFiles(parts, project, { files, prune: false, sizes: false })
  const bad = new Set(mistakes.map(({ path }) => path))
  const tested: SegmentFilesTested['files'] = []
  for (const step of steps) {
    const { file, key, tests } = step.wanted
    if (tests.length === 0 || bad.has(file.path)) continue
    tested.push({ path: file.path, key, results: await resultsOf(parts, project, { step, after }) })
  }
  return { files: tested, mistakes }
}

/** What came of the tests of one file, as the project would be with all of them. */
export async function resultsOf(parts: Parts, project: Project, { step, after }: { step: Step } & Pick<FilesPlan, 'after'>): Promise<TestResult[]> {
  const { tests, definition } = step.wanted
  return runTestsWith(parts, project, { tests, definition, context: after })
}
