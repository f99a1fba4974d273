import type { Store } from './clickhouse/store.ts'

const turns = new WeakMap<Store, Promise<unknown>>()

/**
 * Runs `work` while nobody else rewrites events, or what is kept of them: a row that one copies while another deletes or changes it would come back as it
 * was. Inserts of new events and questions go on all the while.
 */
export async function rewriting<Result>(store: Store, work: () => Promise<Result>): Promise<Result> {
  const before = turns.get(store) ?? Promise.resolve()
  const turn = before.then(work)
  turns.set(
    store,
    turn.catch(() => undefined),
  )
  return turn
}
