import { bind, type CompileContext, eventProperty, personOfEvent, type Sql, sql } from '@kindred/engine'
import type { liveRequest, Project, timelineRequest } from '@kindred/model'
import type { z } from 'zod'
import type { Parts } from '../parts.ts'

/** The conditions of one page of a timeline. */
export function timelineSql({ event }: Pick<z.infer<typeof timelineRequest>, 'event'>): Sql[] {
  return event === undefined ? [] : [sql`e.event = ${bind('String', event)}`]
}

type LiveRequest = z.output<typeof liveRequest>

/** The conditions of the live stream's filters, all of which hold. */
export async function liveSql(
  parts: Pick<Parts, 'catalog'>,
  project: Project,
  { request, context }: { request: LiveRequest; context: CompileContext },
): Promise<Sql[]> {
  const conditions = timelineSql(request)
  if (request.distinctId !== undefined) conditions.push(await ofPerson(parts, { project, context, distinctId: request.distinctId }))
  if (request.property !== undefined) {
    const { exists, list } = eventProperty(request.property)
    conditions.push(request.value === undefined ? sql`ifNull(${exists}, 0)` : sql`has(${list}, ${bind('String', request.value)})`)
  }
  if (request.lib !== undefined) conditions.push(sql`e.lib = ${bind('String', request.lib === 'none' ? '' : request.lib)}`)
  if (request.source !== undefined) conditions.push(sql`e.source = ${bind('String', request.source)}`)
  return conditions
}

/** Everything of whoever has the id today; an id that is nobody's may still stand on events without a profile. */
async function ofPerson(
  { catalog }: Pick<Parts, 'catalog'>,
  { project, context, distinctId }: { project: Project; context: CompileContext; distinctId: string },
): Promise<Sql> {
  const row = await catalog
    .selectFrom('distinct_ids')
    .select('person_id')
    .where('project_id', '=', project.id)
    .where('distinct_id', '=', distinctId)
    .executeTakeFirst()
  return row === undefined ? sql`e.distinct_id = ${bind('String', distinctId)}` : sql`${personOfEvent(context)} = ${bind('UInt64', row.person_id)}`
}
