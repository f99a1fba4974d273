import type { JsonValue } from '@kindred/model'
import type Database from 'better-sqlite3'
import { writeJson } from '../capture/json.ts'

export type PropertyEntity = 'event' | 'person'

interface EventDefinition {
  projectId: number
  name: string
  count: number
  firstAt: number
  lastAt: number
}
interface PropertyDefinition extends EventDefinition {
  entity: PropertyEntity
  types: Record<string, number>
  samples: string[]
}
interface ProjectDefinitions {
  events: Map<string, EventDefinition>
  properties: Record<PropertyEntity, Map<string, PropertyDefinition>>
}

const mostSamples = 10
const longestSample = 200

/**
 * The names of events and properties a project has, with how often, of what type and what for example. Kept in memory, since only the pipeline writes
 * them; forgotten when a batch fails.
 */
export class Definitions {
  readonly #statements: ReturnType<typeof prepareStatements>
  readonly #projects = new Map<number, ProjectDefinitions>()
  readonly #changedEvents = new Set<EventDefinition>()
  readonly #changedProperties = new Set<PropertyDefinition>()

  constructor(database: Database.Database) {
    this.#statements = prepareStatements(database)
  }

  /** From here on the names are read anew. Changes that are not saved are lost. */
  forget(): void {
    this.#projects.clear()
    this.#changedEvents.clear()
    this.#changedProperties.clear()
  }

  /** How many names of properties the project knows. */
  knownNames(projectId: number, entity: PropertyEntity): number {
    return this.#project(projectId).properties[entity].size
  }

  /** How many of `names` the project does not know yet. */
  unknownNames(projectId: number, entity: PropertyEntity, names: readonly string[]): number {
    const properties = this.#project(projectId).properties[entity]
    return names.filter((name) => !properties.has(name)).length
  }

  countEvent(projectId: number, name: string, at: number): void {
    const { events } = this.#project(projectId)
    let definition = events.get(name)
    if (definition === undefined) {
      definition = { projectId, name, count: 0, firstAt: at, lastAt: at }
      events.set(name, definition)
    }
    count(definition, at)
    this.#changedEvents.add(definition)
  }

  /** Counts one value of a property. A null says nothing and is not counted. */
  countProperty(projectId: number, entity: PropertyEntity, { name, value, at }: { name: string; value: JsonValue; at: number }): void {
    if (value === null) return
    const properties = this.#project(projectId).properties[entity]
    let definition = properties.get(name)
    if (definition === undefined) {
      definition = { projectId, entity, name, count: 0, firstAt: at, lastAt: at, types: {}, samples: [] }
      properties.set(name, definition)
    }
    count(definition, at)
    const type = typeOf(value)
    definition.types[type] = (definition.types[type] ?? 0) + 1
    if (definition.samples.length < mostSamples) addSample(definition.samples, value)
    this.#changedProperties.add(definition)
  }

  /** Takes back one event that was counted. A name of which none is left is known no more. */
  uncountEvent(projectId: number, name: string): void {
    const { events } = this.#project(projectId)
    const definition = events.get(name)
    if (definition === undefined) return
    definition.count -= 1
    this.#changedEvents.add(definition)
    if (definition.count <= 0) events.delete(name)
  }

  /** The same for a property of an event. */
  uncountProperty(projectId: number, name: string, value: JsonValue): void {
    const properties = this.#project(projectId).properties.event
    const definition = properties.get(name)
    if (definition === undefined || value === null) return
    definition.count -= 1
    const type = typeOf(value)
    definition.types[type] = Math.max(0, (definition.types[type] ?? 0) - 1)
    if (definition.types[type] === 0) delete definition.types[type]
    this.#changedProperties.add(definition)
    if (definition.count <= 0) properties.delete(name)
  }

  /** Writes what changed; belongs into the batch's transaction. */
  save(): void {
    for (const { projectId, name, count, firstAt, lastAt } of this.#changedEvents) {
      if (count <= 0) this.#statements.removeEvent.run(projectId, name)
      else this.#statements.saveEvent.run(projectId, name, count, firstAt, lastAt)
    }
    for (const { projectId, entity, name, count, firstAt, lastAt, types, samples } of this.#changedProperties) {
      if (count <= 0) this.#statements.removeProperty.run(projectId, entity, name)
      else this.#statements.saveProperty.run(projectId, entity, name, count, JSON.stringify(types), JSON.stringify(samples), firstAt, lastAt)
    }
    this.#changedEvents.clear()
    this.#changedProperties.clear()
  }

  #project(projectId: number): ProjectDefinitions {
    const known = this.#projects.get(projectId)
    if (known !== undefined) return known
    const events = this.#statements.events.all(projectId).map((each) => [each.name, { projectId, ...each }] as const)
    const definitions: ProjectDefinitions = { events: new Map(events), properties: { event: new Map(), person: new Map() } }
    for (const { types, samples, ...each } of this.#statements.properties.all(projectId)) {
      definitions.properties[each.entity].set(each.name, { projectId, ...each, types: JSON.parse(types), samples: JSON.parse(samples) })
    }
    this.#projects.set(projectId, definitions)
    return definitions
  }
}

function count(definition: EventDefinition, at: number): void {
  definition.count += 1
  if (at < definition.firstAt) definition.firstAt = at
  if (at > definition.lastAt) definition.lastAt = at
}

/** The type of a property's value in the words of Data: text, number, boolean, list, object. */
function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'list'
  const type = typeof value
  if (type === 'string') return 'text'
  return type === 'bigint' ? 'number' : type
}

/** A value as a sample shows it: its text, cut. */
export function sampleOf(value: JsonValue): string {
  const text = typeof value === 'string' ? value : writeJson(value)
  return text.slice(0, longestSample).replace(/[\ud800-\udbff]$/, '')
}

function addSample(samples: string[], value: JsonValue): void {
  const sample = sampleOf(value)
  if (sample !== '' && !samples.includes(sample)) samples.push(sample)
}

function prepareStatements(database: Database.Database) {
  return {
    events: database.prepare<[number], Omit<EventDefinition, 'projectId'>>(
      'select name, count, first_seen_at as firstAt, last_seen_at as lastAt from event_definitions where project_id = ?',
    ),
    properties: database.prepare<[number], Omit<PropertyDefinition, 'projectId' | 'types' | 'samples'> & { types: string; samples: string }>(
      'select entity, name, count, types, samples, first_seen_at as firstAt, last_seen_at as lastAt from property_definitions where project_id = ?',
    ),
    removeEvent: database.prepare<[number, string]>('delete from event_definitions where project_id = ? and name = ?'),
    removeProperty: database.prepare<[number, string, string]>('delete from property_definitions where project_id = ? and entity = ? and name = ?'),
    saveEvent: database.prepare<[number, string, number, number, number]>(
      `insert into event_definitions (project_id, name, count, first_seen_at, last_seen_at) values (?, ?, ?, ?, ?)
       on conflict do update set count = excluded.count, first_seen_at = excluded.first_seen_at, last_seen_at = excluded.last_seen_at`,
    ),
    saveProperty: database.prepare<[number, string, string, number, string, string, number, number]>(
      `insert into property_definitions (project_id, entity, name, count, types, samples, first_seen_at, last_seen_at) values (?, ?, ?, ?, ?, ?, ?, ?)
       on conflict do update set count = excluded.count, types = excluded.types, samples = excluded.samples,
         first_seen_at = excluded.first_seen_at, last_seen_at = excluded.last_seen_at`,
    ),
  }
}
