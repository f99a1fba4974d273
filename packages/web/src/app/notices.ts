/** What was said to the reader last, as a store that React can read. */
export interface Notice {
  id: number
  kind: 'done' | 'warning' | 'error'
  message: string
}

let notices: readonly Notice[] = []
let lastId = 0
const listeners = new Set<() => void>()

function change(next: readonly Notice[]): void {
  notices = next
  for (const listener of listeners) listener()
}

export const currentNotices = (): readonly Notice[] => notices

export function subscribeToNotices(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function closeNotice(id: number): void {
  change(notices.filter((notice) => notice.id !== id))
}

/** Shows at most the last three; the same words are not said twice at once. */
export function addNotice(kind: Notice['kind'], message: string): number {
  lastId += 1
  change([...notices.filter((notice) => notice.message !== message), { id: lastId, kind, message }].slice(-3))
  return lastId
}
