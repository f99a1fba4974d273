import { bind, personProperty, personsWhere, render, sql } from '@kindred/engine'
import type { Project } from '@kindred/model'
import type { Parts } from '../../parts.ts'
import { emailText } from '../../people/customers.ts'
import { questionContext } from '../../projects/question-context.ts'

/** SQLite takes so many values in one statement. */
const idsAtOnce = 5000

/** How a value of a list finds people: the same form of both is compared. */
export interface Matching {
  by: string
  /** The form in which values are compared. */
  normal(value: string): string
  /** The people of some values, by normal form; several where a value is not one person's alone. */
  find(values: readonly string[]): Promise<Map<string, number[]>>
}

/** By `email` (case and blanks around it do not matter), `distinct_id`, or any person property, as text. */
export function matching(parts: Parts, project: Project, by: string): Matching {
  if (by === 'distinct_id') {
    return {
      by,
      normal: (value) => value.trim(),
      find: async (values) => new Map([...(await peopleOfIds(parts, project.id, values))].map(([id, person]) => [id, [person]])),
    }
  }
  const isEmail = by === 'email'
  return {
    by,
    normal: (value) => (isEmail ? value.trim().toLowerCase() : value.trim()),
    async find(values) {
      const context = await questionContext(parts, project)
      const text = isEmail ? sql`lower(trim(${emailText}))` : sql`trim(${personProperty(by, context).text})`
      const rows = await parts.store.query<{ value: string; people: string[] }>(
        render(sql`select ifNull(${text}, '') as value, groupUniqArray(3)(p.person_id) as people
${personsWhere(context, [sql`ifNull(${text}, '') in ${bind('Array(String)', [...values])}`])} group by value`),
      )
      return new Map(rows.map(({ value, people }) => [value, people.map(Number)]))
    },
  }
}

/** By distinct id, the people of today. */
export async function peopleOfIds({ catalog }: Pick<Parts, 'catalog'>, projectId: number, ids: readonly string[]): Promise<Map<string, number>> {
  const found = new Map<string, number>()
  for (let from = 0; from < ids.length; from += idsAtOnce) {
    const rows = await catalog
      .selectFrom('distinct_ids')
      .select(['distinct_id', 'person_id'])
      .where('project_id', '=', projectId)
      .where('distinct_id', 'in', ids.slice(from, from + idsAtOnce))
      .execute()
    for (const row of rows) found.set(row.distinct_id, row.person_id)
  }
  return found
}

/** By number, the people of today: a merged person's old number leads to whom they became. */
export async function peopleOfNumbers({ catalog }: Pick<Parts, 'catalog'>, projectId: number, numbers: readonly number[]): Promise<Map<number, number>> {
  const found = new Map<number, number>()
  for (let from = 0; from < numbers.length; from += idsAtOnce) {
    const some = numbers.slice(from, from + idsAtOnce)
    const merges = await catalog
      .selectFrom('person_merges')
      .select(['from_id', 'to_id'])
      .where('project_id', '=', projectId)
      .where('from_id', 'in', some)
      .execute()
    const people = await catalog.selectFrom('persons').select('id').where('project_id', '=', projectId).where('id', 'in', some).execute()
    for (const { id } of people) found.set(id, id)
    for (const { from_id, to_id } of merges) found.set(from_id, to_id)
  }
  return found
}
