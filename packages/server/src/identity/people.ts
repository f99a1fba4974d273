import type { Properties, Source } from '@kindred/model'
import type Database from 'better-sqlite3'
import { parseJson, writeJson } from '../capture/json.ts'
import { PersonSessions, prepareSessions } from '../enrich/person-sessions.ts'
import type { PersonSetup } from '../pipeline/ingest.ts'
import { PeopleMemory } from './people-memory.ts'
import { type Person, rootOf } from './person.ts'

/** Where a change comes from; kept with it. `at` is the event's own time. */
export interface ChangeCause {
  at: number
  position: number
  source: Source
}
/** `value` is JSON text; '' when the property was taken away. */
export interface PropertyChange {
  cause: ChangeCause
  person: Person
  key: string
  value: string
}
/** The person `from` is now `to`, which is nobody's `from`. */
export interface Override {
  projectId: number
  from: number
  to: number
  position: number
}
export interface SavedPerson {
  person: Person
  /** The first of them; a person may have many. */
  distinctIds: string[]
}

/** What a batch did to people. */
export interface SavedPeople {
  saved: SavedPerson[]
  gone: Person[]
  overrides: Override[]
  changes: PropertyChange[]
}

interface PersonRow {
  id: number
  created_at: number
  is_identified: number
  has_profile: number
  properties: string
  version: number
}

/** Ids that travel with a person into the store. */
const projectedIds = 100

/** The catalog's people, as the statements of one connection. */
export class PeopleCatalog {
  readonly #statements: ReturnType<typeof prepareStatements>
  readonly #memory = new PeopleMemory()

  constructor(database: Database.Database) {
    this.#statements = prepareStatements(database)
  }

  /** People for one batch; everything it does belongs into the batch's transaction. Where that fails, `forget` is called. */
  begin(): People {
    return new People(this.#statements, this.#memory)
  }

  /** From here on everybody is read from the catalog anew. */
  forget(): void {
    this.#memory.clear()
  }
}

/** The people of one batch: read where the batches before did not leave them in memory, changed there, saved at its end. Ids and merges are written at once, so that the next event finds them. */
export class People {
  readonly #changes: PropertyChange[] = []
  /** The changes of the event under way by property: of several only the last counts. */
  readonly #current = new Map<string, PropertyChange>()
  #currentPosition = 0
  readonly sessions: PersonSessions
  readonly #statements: ReturnType<typeof prepareStatements>
  readonly #memory: PeopleMemory
  readonly #byDistinctId = new Map<string, Person>()
  readonly #byId = new Map<number, Person>()
  readonly #overrides = new Map<number, Override>()

  constructor(statements: ReturnType<typeof prepareStatements>, memory: PeopleMemory) {
    this.#statements = statements
    this.#memory = memory
    this.sessions = new PersonSessions(statements.sessions)
  }

  find(projectId: number, distinctId: string): Person | undefined {
    const key = `${projectId} ${distinctId}`
    const known = this.#byDistinctId.get(key) ?? this.#recall(this.#memory.find(key)) ?? this.#load(projectId, distinctId)
    if (known === undefined) return undefined
    const person = rootOf(known)
    this.#byDistinctId.set(key, person)
    return person
  }

  create(projectId: number, distinctId: string, createdAt: number): Person {
    const { lastInsertRowid } = this.#statements.insertPerson.run(projectId, createdAt)
    const id = Number(lastInsertRowid)
    const unknown = { isIdentified: false, hasProfile: false, properties: {}, textLength: 0, sessions: [], version: 0 }
    const person: Person = { id, projectId, createdAt, ...unknown, changed: true, mergedInto: null }
    this.#byId.set(id, person)
    this.attach(person, distinctId)
    return person
  }

  /** Makes a person as it is given. Errors: an id belongs to somebody already. */
  add(projectId: number, { distinctIds, properties, isIdentified = false, createdAt = Date.now() }: PersonSetup): void {
    const [first, ...others] = distinctIds
    if (first === undefined) return
    const person = this.create(projectId, first, createdAt)
    for (const distinctId of others) this.attach(person, distinctId)
    Object.assign(person, { properties, isIdentified, hasProfile: true })
  }

  attach(person: Person, distinctId: string): void {
    this.#statements.insertDistinctId.run(person.projectId, distinctId, person.id)
    this.#byDistinctId.set(`${person.projectId} ${distinctId}`, person)
    person.changed = true
  }

  /** All that is the source's becomes the target's; on a clash of properties the target's stand. */
  merge(source: Person, target: Person, cause: ChangeCause): void {
    const { projectId } = target
    const earlier = this.#statements.mergedInto.all(source.id).map((row) => row.from_id)
    for (const from of [source.id, ...earlier]) {
      this.#statements.insertMerge.run(from, target.id, projectId, cause.position)
      this.#overrides.set(from, { projectId, from, to: target.id, position: cause.position })
    }
    this.#statements.moveDistinctIds.run(target.id, source.id)
    this.sessions.merge(source, target)
    this.#statements.deletePerson.run(source.id)
    for (const [key, value] of Object.entries(source.properties)) {
      if (!Object.hasOwn(target.properties, key)) this.setProperty(target, { key, value }, cause)
    }
    target.createdAt = Math.min(target.createdAt, source.createdAt)
    target.hasProfile ||= source.hasProfile
    target.changed = true
    source.mergedInto = target
  }

  /** Sets one property and notes the change; nothing where the value is the same already. Answers whether it changed. */
  setProperty(person: Person, { key, value }: { key: string; value: Properties[string] }, cause: ChangeCause): boolean {
    if (value === person.properties[key]) return false
    const text = writeJson(value)
    const had = Object.hasOwn(person.properties, key)
    if (had && writeJson(person.properties[key]) === text) return false
    person.properties[key] = value
    person.changed = true
    // To a reader of the past null and nothing are the same; SDKs send many nulls.
    if (value !== null || had) this.#note({ cause, person, key, value: text })
    return true
  }

  unsetProperty(person: Person, key: string, cause: ChangeCause): void {
    if (!Object.hasOwn(person.properties, key)) return
    delete person.properties[key]
    person.changed = true
    this.#note({ cause, person, key, value: '' })
  }

  /** Writes what changed to the catalog: the people as they are now, those that are gone, and who they became. */
  save(): SavedPeople {
    this.sessions.save()
    const saved: SavedPerson[] = []
    const gone: Person[] = []
    for (const person of this.#byId.values()) {
      if (!person.changed && person.mergedInto === null) continue
      person.version += 1
      if (person.mergedInto !== null) gone.push(person)
      else saved.push(this.#savePerson(person))
    }
    this.#memory.keep(this.#byId.values(), this.#byDistinctId)
    return { saved, gone, overrides: [...this.#overrides.values()], changes: this.#changes }
  }

  #note(change: PropertyChange): void {
    if (this.#currentPosition !== change.cause.position) this.#current.clear()
    this.#currentPosition = change.cause.position
    const earlier = this.#current.get(change.key)
    if (earlier !== undefined && earlier.person === change.person) {
      earlier.value = change.value
      return
    }
    this.#current.set(change.key, change)
    this.#changes.push(change)
  }

  #savePerson(person: Person): SavedPerson {
    const { createdAt, isIdentified, hasProfile, properties, version, id } = person
    const text = writeJson(properties)
    this.#statements.updatePerson.run(createdAt, Number(isIdentified), Number(hasProfile), text, version, id)
    person.textLength = text.length
    person.changed = false
    return { person, distinctIds: this.#statements.distinctIds.all(id).map((row) => row.distinct_id) }
  }

  /** Takes somebody whom an earlier batch left in memory into this one. */
  #recall(person: Person | undefined): Person | undefined {
    if (person !== undefined) this.#byId.set(person.id, person)
    return person
  }

  #load(projectId: number, distinctId: string): Person | undefined {
    const row = this.#statements.find.get(projectId, distinctId)
    if (row === undefined) return undefined
    const known = this.#byId.get(row.id) ?? this.#recall(this.#memory.get(row.id))
    if (known !== undefined) return known
    const person: Person = {
      id: row.id,
      projectId,
      createdAt: row.created_at,
      isIdentified: row.is_identified === 1,
      hasProfile: row.has_profile === 1,
      properties: parseJson(row.properties) as Properties,
      textLength: row.properties.length,
      sessions: undefined,
      version: row.version,
      changed: false,
      mergedInto: null,
    }
    this.#byId.set(person.id, person)
    return person
  }
}

function prepareStatements(database: Database.Database) {
  return {
    sessions: prepareSessions(database),
    find: database.prepare<[number, string], PersonRow>(
      `select p.id, p.created_at, p.is_identified, p.has_profile, p.properties, p.version
       from distinct_ids d join persons p on p.id = d.person_id where d.project_id = ? and d.distinct_id = ?`,
    ),
    insertPerson: database.prepare<[number, number]>(
      `insert into persons (project_id, created_at, is_identified, has_profile, properties, version) values (?, ?, 0, 0, '{}', 0)`,
    ),
    updatePerson: database.prepare<[number, number, number, string, number, number]>(
      'update persons set created_at = ?, is_identified = ?, has_profile = ?, properties = ?, version = ? where id = ?',
    ),
    deletePerson: database.prepare<[number]>('delete from persons where id = ?'),
    insertDistinctId: database.prepare<[number, string, number]>('insert into distinct_ids (project_id, distinct_id, person_id) values (?, ?, ?)'),
    moveDistinctIds: database.prepare<[number, number]>('update distinct_ids set person_id = ? where person_id = ?'),
    distinctIds: database.prepare<[number], { distinct_id: string }>(
      `select distinct_id from distinct_ids where person_id = ? order by distinct_id limit ${projectedIds}`,
    ),
    mergedInto: database.prepare<[number], { from_id: number }>('select from_id from person_merges where to_id = ?'),
    insertMerge: database.prepare<[number, number, number, number]>(
      `insert into person_merges (from_id, to_id, project_id, position) values (?, ?, ?, ?)
       on conflict (from_id) do update set to_id = excluded.to_id, position = excluded.position`,
    ),
  }
}
