import type { Properties } from '@kindred/model'
import type { Session } from '../enrich/sessions.ts'

/** A person while a batch is worked on. A merged one points to the person it went into. */
export interface Person {
  readonly id: number
  readonly projectId: number
  createdAt: number
  isIdentified: boolean
  hasProfile: boolean
  properties: Properties
  /** Of the properties as JSON text, when they were last read or written. */
  textLength: number
  /** Those that are remembered; undefined until somebody asks. */
  sessions: Session[] | undefined
  /** Of the row in the store; it rises once per batch that changes the person. */
  version: number
  changed: boolean
  mergedInto: Person | null
}

/** Who a person is after the merges of the batch. */
export function rootOf(person: Person): Person {
  let root = person
  while (root.mergedInto !== null) root = root.mergedInto
  return root
}
