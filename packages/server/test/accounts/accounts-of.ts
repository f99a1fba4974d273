import type { WayIn } from '../pipeline/way-in.ts'

interface FoundAccount {
  type: string
  key: string
  properties: Record<string, unknown>
  /** Id, first and last seen, epoch milliseconds. */
  people: [person: number, first: number, last: number][]
}

/** The accounts of a project as the catalog has them, by type and key; fails where the store has others, or other people in them. */
export async function accountsOf(wayIn: WayIn, project: number): Promise<FoundAccount[]> {
  const rows = wayIn.catalog
    .prepare<[number], { id: number; type: string; key: string; version: number; created_at: number; properties: string; people: string }>(
      `select a.*, (select json_group_array(json_array(person_id, first_seen_at, last_seen_at)) from account_people m where m.account_id = a.id) as people
       from accounts a where project_id = ? order by type, key`,
    )
    .all(project)
  const catalog = rows.map((row) => ({ ...row, people: sorted(JSON.parse(row.people) as FoundAccount['people']) }))
  const stored = await wayIn.rows<{ id: number; type: string; key: string; version: number; created: number; people: FoundAccount['people'] }>(
    `select account_id as id, type, key, version, toUnixTimestamp64Milli(created_at) as created, m.people as people
     from (select * from kindred.accounts final where project_id = ${project}) a left join (
       select account_id, groupArray((toInt64(person), first, last)) as people from (
         select account_id, if(o.to_id = 0, p.person_id, o.to_id) as person, toUnixTimestamp64Milli(min(first_seen)) as first,
           toUnixTimestamp64Milli(max(last_seen)) as last
         from kindred.account_people p left join (select * from kindred.person_overrides final where project_id = ${project}) o on o.from_id = p.person_id
         where project_id = ${project} group by account_id, person
       ) group by account_id
     ) m using account_id order by type, key settings output_format_json_quote_64bit_integers = 0`,
  )
  const inCatalog = catalog.map(({ id, type, key, version, created_at, people }) => [id, type, key, version, created_at, people])
  const inStore = stored.map(({ id, type, key, version, created, people }) => [id, type, key, version, created, sorted(people)])
  if (JSON.stringify(inStore) !== JSON.stringify(inCatalog)) {
    throw new Error(`the store has other accounts than the catalog:\n${JSON.stringify(inStore)}\n${JSON.stringify(inCatalog)}`)
  }
  return catalog.map(({ type, key, properties, people }) => ({ type, key, people, properties: JSON.parse(properties) as FoundAccount['properties'] }))
}

const sorted = (people: FoundAccount['people']) => [...people].sort(([a], [b]) => a - b)
