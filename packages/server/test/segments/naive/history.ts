import type { Condition, JsonValue, Properties, Roles, Season, SegmentDefinition, TraitDefinition } from '@kindred/model'

/** What happened, as plainly as it can be held: what the plain reading reads, and what is put into the store for the compiled one. */
export interface History {
  people: readonly Person[]
  events: readonly Event[]
  accounts?: readonly Account[]
  /** Entries of the ledger, in the order they were noted. */
  consents?: readonly ConsentEntry[]
  /** The postal codes that are installed, by two letters of the country, bare. */
  postalCodes?: readonly PostalCode[]
  /** From a person that was merged to who it became. */
  merges: ReadonlyMap<number, number>
  /** The ids of kept lists, by segment. */
  lists: ReadonlyMap<number, readonly number[]>
  /** The same of accounts. */
  accountLists?: ReadonlyMap<number, readonly number[]>
  /** The record of memberships, in the order it was written. `since`: where a merge kept an earlier moment. */
  record?: readonly MemberChange[]
  /** Who was put into a segment, or left out of it, by hand, in the order it was done. */
  choices?: readonly MemberChoice[]
}
export interface MemberChoice {
  segment: number
  /** Of an account, its number. */
  member: number
  unit: 'person' | 'account'
  choice: 'include' | 'exclude' | 'taken back'
}
export interface PostalCode {
  country: string
  code: string
  latitude: number
  longitude: number
}
export interface MemberChange {
  segment: number
  /** Of an account, its number. */
  person: number
  unit?: 'person' | 'account' | undefined
  entered: boolean
  /** Epoch milliseconds. */
  at: number
  since?: number | undefined
  position: number
}
export interface Person {
  id: number
  properties: Properties
  deleted: boolean
  /** Epoch milliseconds; left out: 1970. */
  createdAt?: number | undefined
}
export interface Event {
  personId: number
  event: string
  /** Epoch milliseconds. */
  timestamp: number
  properties: Properties
  position: number
  sessionId?: string | undefined
  /** The accounts it carries: from type to key. */
  groups?: Readonly<Record<string, string>> | undefined
}
export interface ConsentEntry {
  personId: number
  channel: string
  purpose: string
  state: 'granted' | 'withdrawn'
  /** Epoch milliseconds. */
  at: number
}
export interface Account {
  id: number
  type: string
  key: string
  properties: Properties
  createdAt?: number | undefined
  deleted?: boolean
  /** Who was seen with it in 1970, by events that are kept no more. */
  people?: readonly number[]
}

/** What is asked beside the definition. */
export interface Question {
  now: number
  timezone: string
  weekStart: 'sunday' | 'monday'
  roles: Roles
  seasons?: readonly Season[]
  watermark: number
  segments: ReadonlyMap<number, SegmentDefinition>
  /** The project's own traits. */
  traits?: ReadonlyMap<string, TraitDefinition>
}

/** A condition is asked of one person or one account. */
export interface Asked {
  subject: Person | Account
  unit: 'person' | 'account'
  /** The account as one of whose people a person is asked. */
  memberOf?: Account | undefined
  /** Which accounts are asked; all of them where it is left out. They are what an account is ranked among. */
  accountType?: string | undefined
  /** The events that count for the subject, whatever their time, in the order of (time, position). */
  events: readonly Event[]
  history: History
  question: Question
  /** The plain reading of any condition. */
  meets(condition: Condition, asked: Asked): boolean
}

export type Value = JsonValue | undefined
