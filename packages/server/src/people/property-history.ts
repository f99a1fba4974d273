import { bind, mergedInto, raw, render, type Sql, sql } from '@kindred/engine'
import { type historyRequest, isHiddenProperty, type Page, type Project, type PropertyChangeRow, type Source } from '@kindred/model'
import type { z } from 'zod'
import { sensitivityOf, withoutSensitiveValue } from '../data/sensitive.ts'
import { pageOf, readCursor } from '../http/cursor.ts'
import type { Parts } from '../parts.ts'
import { readStoredValue } from '../store/clickhouse/stored-properties.ts'

interface StoredChange {
  key: string
  /** JSON text; '' where it was taken away. */
  value: string
  at: string
  position: string
  source: Source
  person: string
  event: string
  uuid: string
}

const order = { list: 'property-changes', placeOf: ({ position, key, person }: StoredChange) => [Number(position), key, Number(person)] }

/** `from … where …` over the changes `c` of a person, and of those who were merged into them. */
export function changesOf(project: Project, person: number, and: readonly Sql[] = []): Sql {
  const of = bind('UInt32', project.id)
  const id = bind('UInt64', person)
  const conditions = and.reduce((left, right) => sql`${left} and ${right}`, raw('1'))
  return sql`from kindred.person_property_changes as c where c.project_id = ${of} and (c.person_id = ${id}
  or c.person_id in (${mergedInto(project.id, person)})) and ${conditions}`
}

/** Every change of a person's properties, or of one of them, newest first, with the event that did it. Errors: `request/cursor`. */
export async function propertyHistory(
  parts: Pick<Parts, 'catalog' | 'store'>,
  { project, person }: { project: Project; person: number },
  request: z.output<typeof historyRequest>,
): Promise<Page<PropertyChangeRow>> {
  const and: Sql[] = request.key === undefined ? [] : [sql`c.key = ${bind('String', request.key)}`]
  const after = readCursor(order.list, request.cursor, [0, '', 0] as const)
  if (after !== undefined) {
    const [position, key, other] = after
    // Several properties change with one event.
    and.push(
      sql`(c.position < ${bind('UInt64', position)} or (c.position = ${bind('UInt64', position)} and (c.key, c.person_id) > (${bind('String', key)}, ${bind('UInt64', other)})))`,
    )
  }
  const changes = sql`select c.key as key, c.value as value, c.at as at, c.position as position, c.source as source, c.person_id as person
${changesOf(project, person, and)} order by position desc, key, person limit ${bind('UInt32', request.limit + 1)}`
  const events = sql`select e.position as position, e.event as event, toString(e.uuid) as uuid from kindred.events as e
where e.project_id = ${bind('UInt32', project.id)} and e.position in (select position from (${changes}))`
  const rows = await parts.store.query<StoredChange>(
    render(sql`select c.key as key, c.value as value, toUnixTimestamp64Milli(c.at) as at, c.position as position, c.source as source, c.person as person,
e.event as event, e.uuid as uuid from (${changes}) as c left join (${events}) as e on e.position = c.position order by c.position desc, key, person`),
  )
  const sensitivity = await sensitivityOf(parts, project.id)
  const page = pageOf(rows, request.limit, order)
  const results = page.results
    .filter(({ key }) => !isHiddenProperty(key))
    .map((row): PropertyChangeRow => {
      const masked = sensitivity.person(row.key)
      const value = masked || row.value === '' ? null : readStoredValue(row.value)
      return {
        key: row.key,
        value: withoutSensitiveValue(value, sensitivity.person),
        unset: row.value === '',
        masked,
        at: Number(row.at),
        source: row.source,
        event: row.event === '' ? null : row.event,
        eventId: row.uuid === '' ? null : row.uuid,
        mergedPersonId: Number(row.person) === person ? null : Number(row.person),
      }
    })
  return { results, next: page.next }
}
