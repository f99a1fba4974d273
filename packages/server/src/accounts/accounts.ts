import type { JsonValue, Properties } from '@kindred/model'
import type Database from 'better-sqlite3'
import { parseJson, writeJson } from '../capture/json.ts'
import type { ChangeCause, SavedPeople } from '../identity/people.ts'
import { type Person, rootOf } from '../identity/person.ts'

/** An account while a batch is worked on. */
export interface Account {
  readonly id: number
  readonly projectId: number
  readonly type: string
  readonly key: string
  /** Epoch milliseconds of the first event that named it. */
  readonly createdAt: number
  properties: Properties
  /** Of each property, the event that gave it its value. */
  origins: Record<string, ChangeCause>
  /** Of the row in the store; it rises once per batch that changes the account. */
  version: number
  changed: boolean
}

/** When a person was seen with an account, epoch milliseconds. `person` is who they were at that moment. */
export interface Membership {
  account: Account
  person: Person
  first: number
  last: number
}

/** What a batch did to accounts. */
export interface SavedAccounts {
  accounts: Account[]
  memberships: Membership[]
}

interface AccountRow {
  id: number
  created_at: number
  properties: string
  origins: string
  version: number
}

/** Types come from programs: ids used as types by mistake would fill the lists of a project. */
export const mostAccountTypes = 20
/** Names of properties that one account may have. */
const mostAccountProperties = 1000

/** The catalog's accounts, as the statements of one connection. */
export class AccountsCatalog {
  readonly #statements: ReturnType<typeof prepareStatements>

  constructor(database: Database.Database) {
    this.#statements = prepareStatements(database)
  }

  /** Accounts for one batch; everything it does belongs into the batch's transaction. */
  begin(): Accounts {
    return new Accounts(this.#statements)
  }
}

/** The accounts of one batch: read once, changed in memory, saved at its end. */
export class Accounts {
  readonly #statements: ReturnType<typeof prepareStatements>
  readonly #byKey = new Map<string, Account>()
  readonly #memberships = new Map<Account, Map<Person, Membership>>()
  readonly #types = new Map<number, Set<string>>()

  constructor(statements: ReturnType<typeof prepareStatements>) {
    this.#statements = statements
  }

  /** The account of a type and key, made when new; null where it would be of one type more than a project may have. */
  find(projectId: number, { type, key, at }: { type: string; key: string; at: number }): Account | null {
    // Neither text holds a NUL: the guard replaced it.
    const name = `${projectId}\0${type}\0${key}`
    const known = this.#byKey.get(name) ?? this.#load(projectId, type, key)
    const account = known ?? this.#create(projectId, { type, key, at })
    if (account !== null) this.#byKey.set(name, account)
    return account
  }

  /** Notes that the person was seen with the account. */
  join(account: Account, person: Person, at: number): void {
    let people = this.#memberships.get(account)
    if (people === undefined) {
      people = new Map()
      this.#memberships.set(account, people)
    }
    const known = people.get(person)
    if (known === undefined) people.set(person, { account, person, first: at, last: at })
    else {
      known.first = Math.min(known.first, at)
      known.last = Math.max(known.last, at)
    }
  }

  /**
   * Sets properties, those of earlier events included: the order of arrival decides; `setOnce` only those that are not there yet, for which `set` wins too. Answers
   * false where some were too many to keep.
   */
  setProperties(account: Account, { set, setOnce }: { set: Properties; setOnce: Properties }, cause: ChangeCause): boolean {
    let [names, complete] = [Object.keys(account.properties).length, true]
    const first = Object.entries(setOnce).filter(([key]) => !Object.hasOwn(account.properties, key) && !Object.hasOwn(set, key))
    for (const [key, value] of [...Object.entries(set), ...first]) {
      const isNew = !Object.hasOwn(account.properties, key)
      if (isNew && names >= mostAccountProperties) complete = false
      else if (this.#setProperty(account, { key, value }, cause) && isNew) names += 1
    }
    return complete
  }

  /** Writes what changed to the catalog. People who were merged in this batch bring their accounts along. */
  save({ overrides }: Pick<SavedPeople, 'overrides'>): SavedAccounts {
    for (const { from, to } of overrides) {
      this.#statements.moveMemberships.run(to, from)
      this.#statements.deleteMemberships.run(from)
    }
    const accounts = [...this.#byKey.values()].filter(({ changed }) => changed)
    for (const account of accounts) this.#saveAccount(account)
    const memberships = [...this.#memberships.values()].flatMap((people) => [...people.values()])
    for (const { account, person, first, last } of memberships) {
      this.#statements.join.run(account.id, rootOf(person).id, account.projectId, first, last)
    }
    return { accounts, memberships }
  }

  #setProperty(account: Account, { key, value }: { key: string; value: JsonValue }, cause: ChangeCause): boolean {
    const before = account.properties[key]
    if (before !== undefined && writeJson(before) === writeJson(value)) return false
    account.properties[key] = value
    account.origins[key] = cause
    account.changed = true
    return true
  }

  #load(projectId: number, type: string, key: string): Account | undefined {
    const row = this.#statements.find.get(projectId, type, key)
    if (row === undefined) return undefined
    const { id, created_at: createdAt, properties, origins, version } = row
    const read = { properties: parseJson(properties) as Properties, origins: JSON.parse(origins) as Account['origins'] }
    return { id, projectId, type, key, createdAt, ...read, version, changed: false }
  }

  #create(projectId: number, { type, key, at }: { type: string; key: string; at: number }): Account | null {
    if (!this.#addType(projectId, type, at)) return null
    const id = Number(this.#statements.insert.run(projectId, type, key, at).lastInsertRowid)
    return { id, projectId, type, key, createdAt: at, properties: {}, origins: {}, version: 0, changed: true }
  }

  /** False where the project has as many types as it may have. */
  #addType(projectId: number, type: string, at: number): boolean {
    let types = this.#types.get(projectId)
    if (types === undefined) {
      types = new Set(this.#statements.types.all(projectId).map(({ name }) => name))
      this.#types.set(projectId, types)
    }
    if (types.has(type)) return true
    if (types.size >= mostAccountTypes) return false
    types.add(type)
    this.#statements.addType.run(projectId, type, at)
    return true
  }

  #saveAccount(account: Account): void {
    account.version += 1
    this.#statements.update.run(writeJson(account.properties), JSON.stringify(account.origins), account.version, account.id)
  }
}

function prepareStatements(database: Database.Database) {
  return {
    types: database.prepare<[number], { name: string }>('select name from account_types where project_id = ?'),
    addType: database.prepare<[number, string, number]>('insert into account_types (project_id, name, first_seen_at) values (?, ?, ?)'),
    find: database.prepare<[number, string, string], AccountRow>(
      'select id, created_at, properties, origins, version from accounts where project_id = ? and type = ? and key = ?',
    ),
    insert: database.prepare<[number, string, string, number]>(
      `insert into accounts (project_id, type, key, created_at, properties, origins, version) values (?, ?, ?, ?, '{}', '{}', 0)`,
    ),
    update: database.prepare<[string, string, number, number]>('update accounts set properties = ?, origins = ?, version = ? where id = ?'),
    join: database.prepare<[number, number, number, number, number]>(
      `insert into account_people (account_id, person_id, project_id, first_seen_at, last_seen_at) values (?, ?, ?, ?, ?)
       on conflict do update set first_seen_at = min(first_seen_at, excluded.first_seen_at), last_seen_at = max(last_seen_at, excluded.last_seen_at)`,
    ),
    moveMemberships: database.prepare<[number, number]>(
      `insert into account_people (account_id, person_id, project_id, first_seen_at, last_seen_at)
       select account_id, ?, project_id, first_seen_at, last_seen_at from account_people where person_id = ?
       on conflict do update set first_seen_at = min(first_seen_at, excluded.first_seen_at), last_seen_at = max(last_seen_at, excluded.last_seen_at)`,
    ),
    deleteMemberships: database.prepare<[number]>('delete from account_people where person_id = ?'),
  }
}
