import {
  type catalogueRequest,
  type EventDefinition,
  eventLabel,
  eventRoles,
  hiddenProperties,
  type Page,
  type Project,
  type PropertyDefinition,
  propertyLabel,
} from '@kindred/model'
import type { z } from 'zod'
import { pageOf, readCursor } from '../http/cursor.ts'
import type { Parts } from '../parts.ts'
import { sensitivityOf, withoutSensitiveText } from './sensitive.ts'

type NamesRequest = Omit<z.output<typeof catalogueRequest>, 'search'> & { search?: string | undefined; of?: 'event' | 'person' | undefined }
const eventOrder = { list: 'event-names', placeOf: ({ count, name }: EventDefinition) => [count, name] }
const propertyOrder = { list: 'property-names', placeOf: ({ count, name, of }: PropertyDefinition) => [count, name, of] }

/** The names of events seen, most used first. Errors: `request/cursor`. */
export async function eventDefinitions({ catalog }: Pick<Parts, 'catalog'>, project: Project, request: NamesRequest): Promise<Page<EventDefinition>> {
  const { limit, cursor, search } = request
  const [count = 0, name = ''] = readCursor(eventOrder.list, cursor, [0, ''] as const) ?? []
  const rows = await catalog
    .selectFrom('event_definitions as d')
    .leftJoin('event_catalogue as c', (join) => join.onRef('c.project_id', '=', 'd.project_id').onRef('c.name', '=', 'd.name'))
    .select(['d.name', 'd.count', 'd.first_seen_at', 'd.last_seen_at', 'c.label', 'c.description', 'c.hidden', 'c.verified'])
    .where('d.project_id', '=', project.id)
    .$if(request.show === 'visible', (query) => query.where((eb) => eb(eb.fn.coalesce('c.hidden', eb.lit(0)), '=', 0)))
    .$if(request.show === 'hidden', (query) => query.where('c.hidden', '=', 1))
    .$if(cursor !== undefined, (query) => query.where((eb) => eb.or([eb('d.count', '<', count), eb.and([eb('d.count', '=', count), eb('d.name', '>', name)])])))
    .orderBy('d.count', 'desc')
    .orderBy('d.name')
    .$if(!isSearch(search), (query) => query.limit(limit + 1))
    .execute()
  const events = rows.map((row) => ({
    name: row.name,
    label: row.label ?? eventLabel(row.name),
    count: row.count,
    firstSeenAt: row.first_seen_at,
    lastSeenAt: row.last_seen_at,
    role: eventRoles.find((role) => project.roles.events[role]?.includes(row.name)) ?? null,
    ...writtenOf(row),
  }))
  return pageOf(events.filter(found(search)), limit, eventOrder)
}

/** The properties seen on events and on people, most used first. Errors: `request/cursor`. */
export async function propertyDefinitions(parts: Pick<Parts, 'catalog'>, project: Project, request: NamesRequest): Promise<Page<PropertyDefinition>> {
  const { limit, cursor, search, of: entity } = request
  const [count = 0, name = '', of = ''] = readCursor(propertyOrder.list, cursor, [0, '', ''] as const) ?? []
  const sensitivity = await sensitivityOf(parts, project.id)
  const rows = await parts.catalog
    .selectFrom('property_definitions as d')
    .leftJoin('property_catalogue as c', (join) =>
      join.onRef('c.project_id', '=', 'd.project_id').onRef('c.entity', '=', 'd.entity').onRef('c.name', '=', 'd.name'),
    )
    .select([
      'd.name',
      'd.entity',
      'd.count',
      'd.types',
      'd.samples',
      'd.first_seen_at',
      'd.last_seen_at',
      'c.label',
      'c.description',
      'c.hidden',
      'c.verified',
    ])
    .where('d.project_id', '=', project.id)
    .where('d.name', 'not in', hiddenProperties)
    .$if(entity !== undefined, (query) => query.where('d.entity', '=', entity ?? 'event'))
    .$if(request.show === 'visible', (query) => query.where((eb) => eb(eb.fn.coalesce('c.hidden', eb.lit(0)), '=', 0)))
    .$if(request.show === 'hidden', (query) => query.where('c.hidden', '=', 1))
    .$if(cursor !== undefined, (query) =>
      query.where((eb) =>
        eb.or([eb('d.count', '<', count), eb.and([eb('d.count', '=', count), eb(eb.refTuple('d.name', 'd.entity'), '>', eb.tuple(name, of as 'event'))])]),
      ),
    )
    .orderBy('d.count', 'desc')
    .orderBy('d.name')
    .orderBy('d.entity')
    .$if(!isSearch(search), (query) => query.limit(limit + 1))
    .execute()
  const properties = rows.map((row) => {
    const sensitive = sensitivity[row.entity](row.name)
    return {
      of: row.entity,
      name: row.name,
      label: row.label ?? propertyLabel(row.name),
      types: JSON.parse(row.types) as Record<string, number>,
      samples: sensitive ? [] : (JSON.parse(row.samples) as string[]).flatMap((sample) => withoutSensitiveText(sample, sensitivity[row.entity]) ?? []),
      count: row.count,
      firstSeenAt: row.first_seen_at,
      lastSeenAt: row.last_seen_at,
      ...writtenOf(row),
      sensitive,
    }
  })
  return pageOf(properties.filter(found(search)), limit, propertyOrder)
}

function writtenOf(row: {
  description: string | null
  hidden: number | null
  verified: number | null
}): Pick<EventDefinition, 'description' | 'hidden' | 'verified'> {
  return { description: row.description ?? '', hidden: row.hidden === 1, verified: row.verified === 1 }
}

function isSearch(search: string | undefined): search is string {
  return search !== undefined && search !== ''
}

/** All the words of a search, in the readable label, the raw name or the description: labels are not in the catalog, so that it cannot look for them. */
function found(search = ''): (thing: { name: string; label: string; description: string }) => boolean {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  return ({ name, label, description }) => {
    const text = `${label} ${name} ${description}`.toLowerCase()
    return words.every((word) => text.includes(word))
  }
}
