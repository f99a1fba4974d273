import { createContext, useContext } from 'react'
import type { Group } from '../tree/node.ts'

export interface BuilderState {
  root: Group
  /** Applies an edit. Edits with the same key one after another are one step of undo. */
  edit: (change: (root: Group) => Group, key?: string) => void
  /** What is wrong in a row, by its id: unfinished, or refused by the server. */
  mistakes: ReadonlyMap<string, string>
  /** The row that is wrong rather than unfinished. */
  refused: string | null
  /** How many people each node keeps by itself, by its id. */
  kept: ReadonlyMap<string, number>
  everyone: number
  /** The segment being edited, which cannot contain itself. */
  self: number | undefined
  /** The node that was just moved by keyboard: its handle takes the focus back. */
  moved: { current: string | null }
}

const BuilderContext = createContext<BuilderState | null>(null)
export const BuilderProvider = BuilderContext.Provider

export function useBuilder(): BuilderState {
  const state = useContext(BuilderContext)
  if (state === null) throw new Error('a builder row stands inside a builder')
  return state
}
