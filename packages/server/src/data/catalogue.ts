import {
  type EventDefinition,
  type eventCatalogueChange,
  KindredError,
  type Project,
  type PropertyDefinition,
  type propertyCatalogueChange,
} from '@kindred/model'
import type { z } from 'zod'
import type { Parts } from '../parts.ts'
import { eventDefinitions, propertyDefinitions } from './definitions.ts'

type CatalogueParts = Pick<Parts, 'catalog' | 'clock'>
const everything = { limit: 5000, show: 'all' } as const

/** Writes what is given of an event and leaves the rest. Errors: `catalogue/not-found`. */
export async function changeEvent(
  parts: CatalogueParts,
  project: Project,
  { name, ...words }: z.output<typeof eventCatalogueChange>,
): Promise<EventDefinition> {
  const find = async () => (await eventDefinitions(parts, project, { ...everything, search: name })).results.find((each) => each.name === name)
  const change = { ...columnsOf(words), changed_at: parts.clock() }
  if ((await find()) !== undefined) {
    await parts.catalog
      .insertInto('event_catalogue')
      .values({ project_id: project.id, name, description: '', hidden: 0, verified: 0, ...change })
      .onConflict((conflict) => conflict.columns(['project_id', 'name']).doUpdateSet(change))
      .execute()
  }
  return orNotFound(await find(), { kind: 'event', name })
}

/** Writes what is given of a property and leaves the rest. Errors: `catalogue/not-found`. */
export async function changeProperty(
  parts: CatalogueParts,
  project: Project,
  { of, name, sensitive, ...words }: z.output<typeof propertyCatalogueChange>,
): Promise<PropertyDefinition> {
  const find = async () => (await propertyDefinitions(parts, project, { ...everything, of, search: name })).results.find((each) => each.name === name)
  const marked = sensitive === undefined ? {} : { sensitive: sensitive === null ? null : Number(sensitive) }
  const change = { ...columnsOf(words), ...marked, changed_at: parts.clock() }
  if ((await find()) !== undefined) {
    await parts.catalog
      .insertInto('property_catalogue')
      .values({ project_id: project.id, entity: of, name, description: '', hidden: 0, verified: 0, ...change })
      .onConflict((conflict) => conflict.columns(['project_id', 'entity', 'name']).doUpdateSet(change))
      .execute()
  }
  return orNotFound(await find(), { kind: `property of ${of === 'event' ? 'events' : 'people'}`, name })
}

interface Words {
  label?: string | null | undefined
  description?: string | undefined
  hidden?: boolean | undefined
  verified?: boolean | undefined
}

function columnsOf({ label, description, hidden, verified }: Words) {
  return {
    ...(label !== undefined && { label }),
    ...(description !== undefined && { description }),
    ...(hidden !== undefined && { hidden: Number(hidden) }),
    ...(verified !== undefined && { verified: Number(verified) }),
  }
}

function orNotFound<Found>(found: Found | undefined, details: { kind: string; name: string }): Found {
  if (found === undefined) throw new KindredError('catalogue/not-found', details)
  return found
}
