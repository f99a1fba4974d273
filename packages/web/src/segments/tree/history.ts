/** A value with its past and future, for undo and redo. */
export interface History<T> {
  past: T[]
  present: T
  future: T[]
  /** What the last change was about; changes with the same key are one step, as typing a word is. */
  key: string | null
}

const longest = 200

export const startHistory = <T>(present: T): History<T> => ({ past: [], present, future: [], key: null })

export function change<T>(history: History<T>, present: T, key: string | null = null): History<T> {
  if (present === history.present) return history
  if (key !== null && key === history.key) return { ...history, present, future: [] }
  return { past: [...history.past, history.present].slice(-longest), present, future: [], key }
}

export function undo<T>(history: History<T>): History<T> {
  const last = history.past.at(-1)
  if (last === undefined) return history
  return { past: history.past.slice(0, -1), present: last, future: [history.present, ...history.future], key: null }
}

export function redo<T>(history: History<T>): History<T> {
  const [next, ...future] = history.future
  if (next === undefined) return history
  return { past: [...history.past, history.present], present: next, future, key: null }
}
