import { bind, type CompileContext, personsWhere, raw, rawPersonProperty, render, type Sql, sql } from '@kindred/engine'
import type { PeoplePage, Project, peopleRequest } from '@kindred/model'
import type { z } from 'zod'
import { checkPage, pageOf, readCursor } from '../http/cursor.ts'
import type { Parts } from '../parts.ts'
import { questionContext } from '../projects/question-context.ts'
import { customersSql, hasEmailSql } from './customers.ts'
import { activitySql } from './person-activity.ts'
import { personRows } from './person-rows.ts'

type PeopleRequest = z.infer<typeof peopleRequest>

/** What people are ordered by, as an Int64: the most comes first, people with as much by their id. */
const orders: Record<PeopleRequest['sort'], Sql> = {
  lastSeen: raw('toUnixTimestamp64Milli(s.last_seen)'),
  created: raw('toUnixTimestamp64Milli(p.created_at)'),
  events: raw('toInt64(s.events)'),
}

interface ListedPerson {
  id: string
  place: string
  total: string
}

/** One page of the project's people. `search` looks in names, e-mail addresses and ids. Errors: `request/cursor`. */
export async function listPeople(parts: Parts, project: Project, request: PeopleRequest): Promise<PeoplePage> {
  checkPage(request)
  const order = { list: `people:${request.sort}`, placeOf: ({ place, id }: ListedPerson) => [Number(place), Number(id)] }
  const after = readCursor(order.list, request.cursor, [0, 0] as const)
  const watermark = parts.ingest.watermark()
  const context = await questionContext(parts, project)
  const rows = await parts.store.query<ListedPerson>(
    render(sql`select id, place, total from (
  select p.person_id as id, ${orders[request.sort]} as place, count() over () as total
  from (select p.person_id as person_id, p.created_at as created_at ${personsWhere(context, filters(request, context))}) as p
  left join (${activitySql(context)}) as s on s.person_id = p.person_id
)${after === undefined ? raw('') : afterSql(after)} order by place desc, id limit ${bind('UInt32', request.limit + 1)} offset ${bind('UInt32', request.offset)}`),
  )
  const { results, next } = pageOf(rows, request.limit, order)
  const ids = results.map((row) => Number(row.id))
  return { total: Number(rows[0]?.total ?? 0), results: await personRows(parts, project, ids), next, says: 'People of this project', watermark }
}

function afterSql([place, id]: readonly [number, number]): Sql {
  const at = bind('Int64', place)
  return sql` where place < ${at} or (place = ${at} and id > ${bind('UInt64', id)})`
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
  const properties = ['email', 'name', 'first_name', 'last_name'].map((key) => contains(rawPersonProperty(key).text))
  const id = contains(raw('id'))
  return sql`(${properties.reduce((left, right) => sql`${left} or ${right}`)} or arrayExists(id -> ${id}, p.distinct_ids))`
}

function countrySql(country: string): Sql {
  const value = bind('String', country)
  const keys = ['country', '$geoip_country_code', '$geoip_country_name'].map((key) => sql`ifNull(${rawPersonProperty(key).text}, '') = ${value}`)
  return sql`(${keys.reduce((left, right) => sql`${left} or ${right}`)})`
}
