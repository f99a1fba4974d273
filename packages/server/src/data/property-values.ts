import {
  bind,
  eventHas,
  eventMatchSql,
  eventProperty,
  eventsWhere,
  itemField,
  itemValue,
  personProperty,
  personsWhere,
  raw,
  render,
  type Sql,
  sql,
} from '@kindred/engine'
import { isHiddenProperty, type Project, textPattern, type ValueCount, type valuesRequest } from '@kindred/model'
import type { z } from 'zod'
import type { Parts } from '../parts.ts'
import { personNamesOf } from '../projects/question-context.ts'
import { answersTo } from './survey-questions.ts'

type ValuesRequest = z.output<typeof valuesRequest>

/**
 * The values of a property with how often events (and their items) or people have them, or the answers to a question of surveys, most first; each value of a list counts.
 * `search`: only those that contain it, in any case.
 */
export async function propertyValues(parts: Pick<Parts, 'catalog' | 'store' | 'clock'>, project: Project, request: ValuesRequest): Promise<ValueCount[]> {
  if (isHiddenProperty(request.property)) return []
  const search = request.search?.trim() ?? ''
  const found = search === '' ? raw('1') : sql`match(value, ${bind('String', textPattern([search], 'anywhere'))})`
  const valuesOf = {
    event: async () => ofEvents(project, request),
    person: () => ofPeople(parts, project, request.property),
    survey: async () => answersTo(request.property, project),
  }
  const values = await valuesOf[request.of]()
  const rows = await parts.store.query<{ value: string; n: string }>(
    render(sql`select value, count() as n from (${values}) where ${found} group by value order by n desc, value limit ${bind('UInt32', request.limit)}`),
    { seconds: 10 },
  )
  return rows.map((row) => ({ value: row.value, count: Number(row.n) }))
}

async function ofPeople(parts: Pick<Parts, 'catalog' | 'clock'>, { id, timezone }: Project, property: string): Promise<Sql> {
  const by = { now: parts.clock(), timezone, personNames: await personNamesOf(parts, id) }
  return sql`select arrayJoin(${personProperty(property, by).list}) as value ${personsWhere({ projectId: id })}`
}

/** Where the event itself lacks the property, its items may have it. */
function ofEvents(project: Project, { property, event }: ValuesRequest): Sql {
  const { items } = project.roles.properties
  const own = eventProperty(property).list
  const ofItems = (list: string) => sql`arrayFlatten(arrayMap(item -> ${itemValue(list, raw('item')).list}, ${itemField(list, property)}))`
  const values = items === undefined || items === property ? own : sql`if(${eventHas(property)}, ${own}, ${ofItems(items)})`
  const named = event === undefined ? [] : [eventMatchSql(event, project)]
  return sql`select arrayJoin(${values}) as value ${eventsWhere({ projectId: project.id }, named)}`
}
