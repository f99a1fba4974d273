import type { DropReason } from '@kindred/model'
import type Database from 'better-sqlite3'
import type { ConsentRow } from './consent-event.ts'
import { idHash } from './id-hash.ts'

/** An event as the rules see it. `ids`: all that it names of its person. */
export interface RuledEvent {
  projectId: number
  ids: readonly string[]
  position: number
  /** When it happened, epoch milliseconds. */
  at: number
}

interface IdRules {
  tombstone: { position: number; at: number } | undefined
  optOuts: { position: number; lifted: number | null }[]
}
const noRules: IdRules = { tombstone: undefined, optOuts: [] }

/** What the pipeline reads and writes of privacy, as the statements of its connection. */
export class PrivacyCatalog {
  readonly statements: ReturnType<typeof prepareStatements>
  readonly key: string

  constructor(database: Database.Database) {
    this.statements = prepareStatements(database)
    this.key = this.statements.key.get()?.value ?? ''
  }

  /** For one batch, inside its transaction. */
  begin(): Arrivals {
    return new Arrivals(this)
  }
}

/** The deletions and opt-outs that hold while one batch is worked on, and the consents it brings. */
export class Arrivals {
  readonly #catalog: PrivacyCatalog
  readonly #projects = new Map<number, boolean>()
  readonly #rules = new Map<string, IdRules>()

  constructor(catalog: PrivacyCatalog) {
    this.#catalog = catalog
  }

  /** Why the event stays out, or null. The rules are of positions and times, so that a second run through the log decides the same. */
  dropReason({ projectId, ids, position, at }: RuledEvent): DropReason | null {
    if (!this.#hasRules(projectId)) return null
    for (const id of ids) {
      const { tombstone, optOuts } = this.#rulesOf(projectId, id)
      // What happened before the deletion belongs to who was deleted, however late it comes; what came after begins somebody new.
      if (tombstone !== undefined && (position <= tombstone.position || at < tombstone.at)) return 'erased-person'
      if (optOuts.some((optOut) => position > optOut.position && (optOut.lifted === null || position <= optOut.lifted))) return 'opted-out'
    }
    return null
  }

  /** Appends to the ledger; the same reference a second time changes nothing. */
  addConsent({ projectId, personId, channel, purpose, state, source, at, recordedAt, recordedBy, reference }: ConsentRow): void {
    this.#catalog.statements.addConsent.run(projectId, personId, channel, purpose, state, source, at, recordedAt, recordedBy, reference)
  }

  #hasRules(projectId: number): boolean {
    const known = this.#projects.get(projectId)
    if (known !== undefined) return known
    const has = this.#catalog.statements.hasRules.get(projectId, projectId)?.has === 1
    this.#projects.set(projectId, has)
    return has
  }

  #rulesOf(projectId: number, id: string): IdRules {
    const key = `${projectId} ${id}`
    const known = this.#rules.get(key)
    if (known !== undefined) return known
    const { statements, key: secret } = this.#catalog
    const hash = idHash(secret, projectId, id)
    const tombstone = statements.tombstone.get(projectId, hash)
    const optOuts = statements.optOuts.all(projectId, hash)
    const rules = tombstone === undefined && optOuts.length === 0 ? noRules : { tombstone, optOuts }
    this.#rules.set(key, rules)
    return rules
  }
}

type Ids = [projectId: number, hash: string]
type Consent = [number, number, string, string, string, string, number, number, string, string]

function prepareStatements(database: Database.Database) {
  return {
    key: database.prepare<[], { value: string }>(`select value from settings where name = 'privacy.key'`),
    hasRules: database.prepare<[number, number], { has: number }>(
      'select exists (select 1 from tombstones where project_id = ?) or exists (select 1 from opt_out_ids where project_id = ?) as has',
    ),
    tombstone: database.prepare<Ids, { position: number; at: number }>('select position, at from tombstones where project_id = ? and hash = ?'),
    optOuts: database.prepare<Ids, { position: number; lifted: number | null }>(
      `select o.position, o.lifted_position as lifted from opt_out_ids i join opt_outs o on o.id = i.opt_out_id where i.project_id = ? and i.hash = ?`,
    ),
    addConsent: database.prepare<Consent>(
      `insert or ignore into consents (project_id, person_id, channel, purpose, state, source, at, recorded_at, recorded_by, reference)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
  }
}
