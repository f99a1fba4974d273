import type { Project, Properties } from '@kindred/model'
import { accountLabel } from '../../accounts/account-label.ts'
import type { Parts } from '../../parts.ts'
import { personRows } from '../../people/person-rows.ts'

/** A page of members as recorded, by id: who they are today (a merged person is whom they became), and what they are called. */
export async function memberLabels(
  parts: Parts,
  project: Project,
  { unit, ids }: { unit: 'person' | 'account'; ids: readonly number[] },
): Promise<(id: number) => { id: number; label: string | null }> {
  const unique = [...new Set(ids)]
  if (unique.length === 0) return (id) => ({ id, label: null })
  if (unit === 'account') {
    const rows = await parts.catalog
      .selectFrom('accounts')
      .select(['id', 'key', 'properties'])
      .where('project_id', '=', project.id)
      .where('id', 'in', unique)
      .execute()
    const labels = new Map(rows.map(({ id, key, properties }) => [id, accountLabel(JSON.parse(properties) as Properties, key)]))
    return (id) => ({ id, label: labels.get(id) ?? null })
  }
  const merges = await parts.catalog.selectFrom('person_merges').select(['from_id', 'to_id']).where('from_id', 'in', unique).execute()
  const today = new Map(merges.map(({ from_id, to_id }) => [from_id, to_id]))
  const people = await personRows(parts, project, [...new Set(unique.map((id) => today.get(id) ?? id))])
  const labels = new Map(people.map(({ id, label }) => [id, label]))
  return (id) => {
    const now = today.get(id) ?? id
    return { id: now, label: labels.get(now) ?? null }
  }
}
