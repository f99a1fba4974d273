import type { WayIn } from '../pipeline/way-in.ts'

interface FoundPerson {
  id: number
  ids: string[]
  properties: Record<string, unknown>
  isIdentified: boolean
  hasProfile: boolean
  createdAt: number
}

/** The people of a project as the store has them, sorted by their ids; fails where catalog and store disagree. */
export async function peopleOf(wayIn: WayIn, project: number): Promise<FoundPerson[]> {
  const stored = await wayIn.rows<{ id: string; ids: string[]; identified: number; profile: number; created: string; version: string }>(
    `select toString(person_id) as id, distinct_ids as ids, is_identified as identified, has_profile as profile,
       toUnixTimestamp64Milli(created_at) as created, version from kindred.persons final where project_id = ${project}`,
  )
  const catalog = wayIn.catalog
    .prepare<[number], { id: number; ids: string; is_identified: number; has_profile: number; created_at: number; version: number; properties: string }>(
      `select p.*, (select json_group_array(distinct_id) from distinct_ids d where d.person_id = p.id) as ids from persons p where project_id = ?`,
    )
    .all(project)
  const inCatalog = catalog.map((row) => [row.id, (JSON.parse(row.ids) as string[]).sort(), row.is_identified, row.has_profile, row.created_at, row.version])
  const inStore = stored.map((row) => [Number(row.id), [...row.ids].sort(), row.identified, row.profile, Number(row.created), Number(row.version)])
  const byId = (a: unknown[], b: unknown[]) => Number(a[0]) - Number(b[0])
  if (JSON.stringify(inStore.sort(byId)) !== JSON.stringify(inCatalog.sort(byId))) {
    throw new Error(`the store has other people than the catalog:\n${JSON.stringify(inStore)}\n${JSON.stringify(inCatalog)}`)
  }
  return catalog
    .map((row) => ({
      id: row.id,
      ids: (JSON.parse(row.ids) as string[]).sort(),
      properties: JSON.parse(row.properties) as Record<string, unknown>,
      isIdentified: row.is_identified === 1,
      hasProfile: row.has_profile === 1,
      createdAt: row.created_at,
    }))
    .sort((a, b) => (a.ids.join() < b.ids.join() ? -1 : 1))
}
