import type { SegmentTest, WrittenPerson } from '@kindred/model'
import type { Parts } from '../../parts.ts'

/** The sample people of a segment, in their order. */
export async function testsOf({ catalog }: Pick<Parts, 'catalog'>, id: number): Promise<SegmentTest[]> {
  const rows = await catalog.selectFrom('segment_tests').selectAll().where('segment_id', '=', id).orderBy('id').execute()
  return rows.map(({ name, distinct_id: distinctId, person, expected }) =>
    distinctId === null ? { name, person: JSON.parse(person) as WrittenPerson, expected } : { name, distinctId, expected },
  )
}
