import { bind, type CompileContext, eventProperty, eventsWhere, personProperty, personsWhere, render, type Sql, sql } from '@kindred/engine'
import { isHiddenProperty, type Project, type ValueCount, type valuesRequest } from '@kindred/model'
import type { z } from 'zod'
import type { Parts } from '../parts.ts'
import { questionContext } from '../projects/question-context.ts'

type ValuesRequest = z.infer<typeof valuesRequest>
const day = 86_400_000
/** Values of an event property are looked for in the last days only, so that a picker answers at once however much there is. */
const lookBack = 180 * day

/** The values of a property with how many events or people have them, most first. `search`: only those that contain it, in any case. */
export async function propertyValues(parts: Parts, project: Project, request: ValuesRequest): Promise<ValueCount[]> {
  if (isHiddenProperty(request.property)) return []
  const context = await questionContext(parts, project)
  const { text, from } = request.of === 'person' ? ofPeople(context, request) : ofEvents(context, request)
  const search = sql`positionCaseInsensitiveUTF8(value, ${bind('String', request.search ?? '')}) > 0`
  const rows = await parts.store.query<{ value: string; n: string }>(
    render(sql`select value, count() as n from (select assumeNotNull(text) as value from (select ${text} as text ${from}) where isNotNull(text))
${request.search === undefined || request.search === '' ? sql`` : sql`where ${search}`} group by value order by n desc, value limit ${bind('UInt32', request.limit)}`),
    { seconds: 10 },
  )
  return rows.map((row) => ({ value: row.value, count: Number(row.n) }))
}

function ofPeople(context: CompileContext, { property }: ValuesRequest): { text: Sql; from: Sql } {
  return { text: personProperty(property).text, from: personsWhere(context) }
}

function ofEvents(context: CompileContext, { property, event }: ValuesRequest): { text: Sql; from: Sql } {
  const since = sql`e.timestamp > fromUnixTimestamp64Milli(${bind('Int64', context.now - lookBack)})`
  const named = event === undefined ? [] : [sql`e.event = ${bind('String', event)}`]
  return { text: eventProperty(property).text, from: eventsWhere({ ...context, hasOverrides: false }, [since, ...named]) }
}
