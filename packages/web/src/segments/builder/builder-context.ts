import type { SegmentUnit } from '@kindred/model'
import { createContext, useContext } from 'react'
import type { Group } from '../tree/node.ts'

export interface BuilderState {
  root: Group
  /** Applies an edit. Edits with the same key one after another are one step of undo. */
  edit: (change: (root: Group) => Group, key?: string) => void
  /** What is wrong in a row, by its id: unfinished, or refused by the server. */
  mistakes: ReadonlyMap<string, string>
  /** What can be run but is hardly meant, by the id of its row. */
  warnings: ReadonlyMap<string, readonly string[]>
  /** The row that is wrong rather than unfinished. */
  refused: string | null
  /** How many people each node keeps by itself, by its id. */
  kept: ReadonlyMap<string, number>
  /** How many people were first seen too late to have been without something for so long, by the id of the row. */
  tooNew: ReadonlyMap<string, number>
  everyone: number
  /** The segment being edited, which cannot contain itself. */
  self: number | undefined
  /** The node that was just moved by keyboard: its handle takes the focus back. */
  moved: { current: string | null }
  /** Says something to whoever cannot see what moved. */
  announce: (text: string) => void
}

const BuilderContext = createContext<BuilderState | null>(null)
export const BuilderProvider = BuilderContext.Provider

export function useBuilder(): BuilderState {
  const state = useContext(BuilderContext)
  if (state === null) throw new Error('a builder row stands inside a builder')
  return state
}

/** Whom the rows here are about: in the group of a row, people instead of accounts, or accounts instead of people. */
export interface BuilderSubject {
  unit: SegmentUnit
}
const SubjectContext = createContext<BuilderSubject>({ unit: 'person' })
export const SubjectProvider = SubjectContext.Provider
export const useSubject = (): BuilderSubject => useContext(SubjectContext)
