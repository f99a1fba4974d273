import { readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename } from 'node:path'
import type { CapturedEvent, GeographyState, Properties } from '@kindred/model'
import { Reader } from 'maxmind'
import { checkDatabase } from './check-database.ts'
import { type GeoRecord, propertiesOfRecord } from './geo-record.ts'

const bundled = '@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb'
const withoutFile = 'the country database that comes along'

/**
 * Tells an address' place by a database: the file that was named, else the one that comes along. A file that is missing or broken never stops an event: the
 * last good database goes on, and `state` says what is wrong. `refresh` takes a file that was replaced.
 */
export class Geography {
  readonly #path: string | null
  readonly #report: (state: GeographyState) => void
  #reader: Reader<never>
  #state: GeographyState
  /** Of the file as it was last looked at, good or not. */
  #fingerprint = ''

  /** `path` null: only the database that comes along. `report` is called with each new state, the first included. */
  constructor(path: string | null, report: (state: GeographyState) => void = () => {}) {
    this.#path = path
    this.#report = report
    this.#reader = new Reader<never>(readFileSync(createRequire(import.meta.url).resolve(bundled)))
    this.#state = stateOf(withoutFile, this.#reader)
    if (path === null) report(this.#state)
    else this.refresh()
  }

  get state(): GeographyState {
    return this.#state
  }

  /** Looks whether the file changed, and takes it where it is good. */
  refresh(): void {
    if (this.#path === null) return
    const fingerprint = fingerprintOf(this.#path)
    if (fingerprint === this.#fingerprint) return
    this.#fingerprint = fingerprint
    try {
      const reader = new Reader<never>(readFileSync(this.#path))
      checkDatabase(reader)
      this.#reader = reader
      this.#say(stateOf(basename(this.#path), reader))
    } catch (error) {
      this.#warn(error)
    }
  }

  /** Where an event came from, as `$geoip_…` properties; empty where the address is unknown or private, or the sender asked for none. */
  placeOf({ ip, properties }: CapturedEvent): Properties {
    if (ip === undefined || properties.$geoip_disable === true) return {}
    try {
      const record: GeoRecord | null = this.#reader.get(ip)
      return record === null ? {} : propertiesOfRecord(record)
    } catch (error) {
      // Only some records are broken; one report is enough.
      if (this.#state.problem === null) this.#warn(error)
      return {}
    }
  }

  #warn(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error)
    const problem = `The geography database ${this.#path ?? withoutFile} cannot be used: ${reason}. Meanwhile the last good one is used: ${this.#state.database}. Put a good .mmdb file in its place, or correct KINDRED_GEOIP.`
    console.error(problem)
    this.#say({ ...this.#state, problem })
  }

  #say(state: GeographyState): void {
    this.#state = state
    this.#report(state)
  }
}

function stateOf(database: string, { metadata }: Reader<never>): GeographyState {
  const builtAt = metadata.buildEpoch instanceof Date ? metadata.buildEpoch.getTime() : null
  return { database, kind: metadata.databaseType, builtAt, problem: null }
}

function fingerprintOf(path: string): string {
  try {
    const { mtimeMs, size, ino } = statSync(path)
    return `${mtimeMs} ${size} ${ino}`
  } catch {
    return 'missing'
  }
}
