import { useState } from 'react'
import type { Tree } from '../tree/definition.ts'
import { change, type History, redo, startHistory, undo } from '../tree/history.ts'
import type { Group } from '../tree/node.ts'

export interface BuilderDraft {
  tree: Tree
  edit: (apply: (root: Group) => Group, key?: string) => void
  /** Replaces all of it, as when a definition was typed, or changes whom it is about. */
  replace: (apply: (tree: Tree) => Tree, key?: string) => void
  undo: () => void
  redo: () => void
  canUndo: boolean
  canRedo: boolean
}

/** The tree being built, with undo and redo. */
export function useBuilderDraft(start: () => Tree): BuilderDraft {
  const [history, setHistory] = useState<History<Tree>>(() => startHistory(start()))
  const replace: BuilderDraft['replace'] = (apply, key) => setHistory((before) => change(before, apply(before.present), key ?? null))
  return {
    tree: history.present,
    replace,
    edit: (apply, key) =>
      replace((tree) => {
        const root = apply(tree.root)
        return root === tree.root ? tree : { ...tree, root }
      }, key),
    undo: () => setHistory(undo),
    redo: () => setHistory(redo),
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
  }
}
