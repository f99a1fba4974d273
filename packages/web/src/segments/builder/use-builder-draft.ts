import { useState } from 'react'
import { change, type History, redo, startHistory, undo } from '../tree/history.ts'
import type { Group } from '../tree/node.ts'

export interface BuilderDraft {
  root: Group
  edit: (apply: (root: Group) => Group, key?: string) => void
  undo: () => void
  redo: () => void
  canUndo: boolean
  canRedo: boolean
}

/** The tree being built, with undo and redo. */
export function useBuilderDraft(start: () => Group): BuilderDraft {
  const [history, setHistory] = useState<History<Group>>(() => startHistory(start()))
  return {
    root: history.present,
    edit: (apply, key) => setHistory((before) => change(before, apply(before.present), key ?? null)),
    undo: () => setHistory(undo),
    redo: () => setHistory(redo),
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
  }
}
