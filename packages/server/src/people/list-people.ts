import { bind, type CompileContext, personProperty, personsWhere, raw, render, type Sql, sql } from '@kindred/engine'
import type { PeoplePage, Project, peopleRequest } from '@kindred/model'
import type { z } from 'zod'
import type { Parts } from '../parts.ts'
import { questionContext } from '../projects/question-context.ts'
import { customersSql, hasEmailSql } from './customers.ts'
import { activitySql } from './person-activity.ts'
import { personRows } from './person-rows.ts'

type PeopleRequest = z.infer<typeof peopleRequest>

const orders: Record<PeopleRequest['sort'], Sql> = { lastSeen: raw('last_seen desc'), created: raw('created_at desc'), events: raw('events desc') }

/** One page of the project's people. `search` looks in names, e-mail addresses and ids. */
export async function listPeople(parts: Parts, project: Project, request: PeopleRequest): Promise<PeoplePage> {
  const watermark = parts.ingest.watermark()
  const context = await questionContext(parts, project)
  const rows = await parts.store.query<{ id: string; total: string }>(
    render(sql`select id, count() over () as total from (
  select p.person_id as id, p.created_at as created_at, s.last_seen as last_seen, s.events as events
  from (select p.person_id as person_id, p.created_at as created_at ${personsWhere(context, filters(request, context))}) as p
  left join (${activitySql(context)}) as s on s.person_id = p.person_id
) order by ${orders[request.sort]}, id limit ${bind('UInt32', request.limit)} offset ${bind('UInt32', request.offset)}`),
  )
  const ids = rows.map((row) => Number(row.id))
  return { total: Number(rows[0]?.total ?? 0), people: await personRows(parts, project, ids), says: 'People of this project', watermark }
}

function filters({ search, kind, country }: PeopleRequest, context: CompileContext): Sql[] {
  const found: Sql[] = []
  if (search !== undefined && search.trim() !== '') found.push(searchSql(search.trim()))
  if (kind === 'customer') found.push(sql`p.person_id in (${customersSql(context)})`)
  else if (kind !== undefined) found.push(sql`p.person_id not in (${customersSql(context)}) and ${kind === 'known' ? raw('') : raw('not ')}${hasEmailSql()}`)
  if (country !== undefined && country !== '') found.push(countrySql(country))
  return found
}

function searchSql(search: string): Sql {
  const contains = (text: Sql) => sql`positionCaseInsensitiveUTF8(ifNull(${text}, ''), ${bind('String', search)}) > 0`
  const properties = ['email', 'name', 'first_name', 'last_name'].map((key) => contains(personProperty(key).text))
  const id = contains(raw('id'))
  return sql`(${properties.reduce((left, right) => sql`${left} or ${right}`)} or arrayExists(id -> ${id}, p.distinct_ids))`
}

function countrySql(country: string): Sql {
  const value = bind('String', country)
  const keys = ['country', '$geoip_country_code', '$geoip_country_name'].map((key) => sql`ifNull(${personProperty(key).text}, '') = ${value}`)
  return sql`(${keys.reduce((left, right) => sql`${left} or ${right}`)})`
}
