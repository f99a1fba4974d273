import { raw, render, sql } from '@kindred/engine'
import type { Parts } from '../parts.ts'
import { storeTime } from '../pipeline/rows.ts'

const rowsAtOnce = 20_000
/** Up to which entry the store beside a catalog is known to have the ledger, and the copying that runs. */
const mirrors = new WeakMap<Parts['catalog'], { through: number; running: Promise<unknown> }>()

/**
 * Copies what the ledger of consents got since into the store, where segments read it. Entries are numbered in the order they were noted and never change, so
 * the newest in the store says what is missing: a copy that was cut short, a restored one and an empty one go on by themselves. Asked before every
 * question, so that what is noted counts at once.
 */
export async function mirrorConsents(parts: Pick<Parts, 'catalog' | 'store'>): Promise<void> {
  const mirror = mirrors.get(parts.catalog) ?? { through: -1, running: Promise.resolve() }
  mirrors.set(parts.catalog, mirror)
  const run = mirror.running.then(async () => {
    if (mirror.through < 0) mirror.through = await newestInStore(parts)
    mirror.through = await copyAfter(parts, mirror.through)
  })
  mirror.running = run.catch(() => undefined)
  await run
}

async function newestInStore({ store }: Pick<Parts, 'store'>): Promise<number> {
  const [row] = await store.query<{ newest: string }>(render(sql`select max(id) as newest from ${raw('kindred.consents')}`))
  return Number(row?.newest ?? 0)
}

async function copyAfter({ catalog, store }: Pick<Parts, 'catalog' | 'store'>, after: number): Promise<number> {
  let through = after
  for (;;) {
    const rows = await catalog
      .selectFrom('consents')
      .select(['id', 'project_id', 'person_id', 'channel', 'purpose', 'state', 'at'])
      .where('id', '>', through)
      .orderBy('id')
      .limit(rowsAtOnce)
      .execute()
    const last = rows.at(-1)
    if (last === undefined) return through
    const lines = rows.map((row) => JSON.stringify({ ...row, at: storeTime(row.at) }))
    await store.insert('consents', Buffer.from(lines.join('\n')), `consents:${through}-${last.id}`)
    through = last.id
  }
}
