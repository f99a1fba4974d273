import { type Enrichment, readEnrichment } from '@kindred/model'
import type Database from 'better-sqlite3'
import type { Geography } from './geo.ts'

/** What the enriching steps of one batch work with. */
export interface Enrichers {
  readonly geography: Geography
  /** The project's switches, the same for all of a batch. */
  settingsOf(projectId: number): Enrichment
}

/** Gives each batch the switches as they are when it begins. */
export class EnrichersCatalog {
  readonly #geography: Geography
  readonly #find: Database.Statement<[number], { enrichment: string }>

  constructor(database: Database.Database, geography: Geography) {
    this.#geography = geography
    this.#find = database.prepare('select enrichment from projects where id = ?')
  }

  begin(): Enrichers {
    const known = new Map<number, Enrichment>()
    return {
      geography: this.#geography,
      settingsOf: (projectId) => {
        const settings = known.get(projectId) ?? readEnrichment(this.#find.get(projectId)?.enrichment ?? '')
        known.set(projectId, settings)
        return settings
      },
    }
  }
}
