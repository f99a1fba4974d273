import { type EventDefinition, eventLabel, eventRoles, isHiddenProperty, type Project, type PropertyDefinition, propertyLabel } from '@kindred/model'
import type { Parts } from '../parts.ts'

/** The names of events seen, most used first. */
export async function eventDefinitions({ catalog }: Pick<Parts, 'catalog'>, project: Project): Promise<EventDefinition[]> {
  const rows = await catalog.selectFrom('event_definitions').selectAll().where('project_id', '=', project.id).orderBy('count', 'desc').orderBy('name').execute()
  return rows.map((row) => ({
    name: row.name,
    label: eventLabel(row.name),
    count: row.count,
    firstSeenAt: row.first_seen_at,
    lastSeenAt: row.last_seen_at,
    role: eventRoles.find((role) => project.roles.events[role]?.includes(row.name)) ?? null,
  }))
}

/** The properties seen on events and on people, most used first. */
export async function propertyDefinitions({ catalog }: Pick<Parts, 'catalog'>, project: Project): Promise<PropertyDefinition[]> {
  const rows = await catalog
    .selectFrom('property_definitions')
    .selectAll()
    .where('project_id', '=', project.id)
    .orderBy('count', 'desc')
    .orderBy('name')
    .execute()
  return rows
    .filter((row) => !isHiddenProperty(row.name))
    .map((row) => ({
      of: row.entity,
      name: row.name,
      label: propertyLabel(row.name),
      types: JSON.parse(row.types) as Record<string, number>,
      samples: JSON.parse(row.samples) as string[],
      count: row.count,
      firstSeenAt: row.first_seen_at,
      lastSeenAt: row.last_seen_at,
    }))
}
