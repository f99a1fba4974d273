import type { Parts } from '../parts.ts'

const idsAtOnce = 500

/** The people of today that distinct ids belong to; ids that are nobody's are left out. */
export async function peopleOfIds({ catalog }: Pick<Parts, 'catalog'>, projectId: number, distinctIds: readonly string[]): Promise<Map<string, number>> {
  const people = new Map<string, number>()
  for (let from = 0; from < distinctIds.length; from += idsAtOnce) {
    const rows = await catalog
      .selectFrom('distinct_ids')
      .select(['distinct_id', 'person_id'])
      .where('project_id', '=', projectId)
      .where('distinct_id', 'in', distinctIds.slice(from, from + idsAtOnce))
      .execute()
    for (const { distinct_id, person_id } of rows) people.set(distinct_id, person_id)
  }
  return people
}

/** The person with those who were merged into them. */
export async function withMerged({ catalog }: Pick<Parts, 'catalog'>, projectId: number, person: number): Promise<number[]> {
  const merged = await catalog.selectFrom('person_merges').select('from_id').where('project_id', '=', projectId).where('to_id', '=', person).execute()
  return [person, ...merged.map(({ from_id }) => from_id)]
}
