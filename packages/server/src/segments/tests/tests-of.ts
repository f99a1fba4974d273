import type { SegmentTest, WrittenPerson } from '@kindred/model'
import type { Selectable } from 'kysely'
import type { Parts } from '../../parts.ts'
import type { CatalogTables } from '../../store/catalog/tables.ts'

/** The sample people of a segment, in their order. */
export async function testsOf({ catalog }: Pick<Parts, 'catalog'>, id: number): Promise<SegmentTest[]> {
  const rows = await catalog.selectFrom('segment_tests').selectAll().where('segment_id', '=', id).orderBy('id').execute()
  return rows.map(testOf)
}

/** The sample people of every segment of a project, each segment's in their order. */
export async function testsOfAll({ catalog }: Pick<Parts, 'catalog'>, projectId: number): Promise<Map<number, SegmentTest[]>> {
  const rows = await catalog.selectFrom('segment_tests').selectAll().where('project_id', '=', projectId).orderBy('id').execute()
  const tests = new Map<number, SegmentTest[]>()
  for (const row of rows) tests.set(row.segment_id, [...(tests.get(row.segment_id) ?? []), testOf(row)])
  return tests
}

function testOf({ name, distinct_id: distinctId, person, expected }: Selectable<CatalogTables['segment_tests']>): SegmentTest {
  if (distinctId !== null) return { name, distinctId, expected }
  const sample = JSON.parse(person) as WrittenPerson | Pick<SegmentTest, 'accountKey' | 'account'>
  return 'events' in sample ? { name, person: sample, expected } : { name, ...sample, expected }
}

/** The columns that hold whom a test is about: a person as they are written, an account under its name. */
export function sampleColumns({ distinctId, person, accountKey, account }: SegmentTest): { distinct_id: string | null; person: string } {
  return { distinct_id: distinctId ?? null, person: distinctId === undefined ? JSON.stringify(person ?? { accountKey, account }) : '' }
}
