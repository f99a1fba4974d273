import type { Accounts } from '../accounts/accounts.ts'
import type { Enrichers } from '../enrich/enrichers.ts'
import type { People } from '../identity/people.ts'
import type { Arrivals } from '../privacy/arrivals.ts'
import type { Definitions } from './definitions.ts'
import type { RowSet } from './rows.ts'

/** What the steps of one batch work with. */
export interface Batch {
  readonly people: People
  readonly accounts: Accounts
  readonly definitions: Definitions
  readonly enrichers: Enrichers
  readonly rows: RowSet
  readonly privacy: Arrivals
  /** Names of properties a project may have, of events and of people each. */
  readonly propertyNames: number
}
