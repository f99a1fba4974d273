import { setTimeout as sleep } from 'node:timers/promises'
import type { Store, Table } from '../store/clickhouse/store.ts'
import type { RefusedRow } from './outbox.ts'

export interface Delivery {
  table: Table
  token: string
  rows: Uint8Array
}

const newline = 10
const firstWait = 200
const longestWait = 30_000

/** ClickHouse's numbers for data that no repetition will make acceptable. Anything else (memory, disk, too many parts) passes, so it is tried again. */
const refusals = new Set([
  6, 9, 25, 26, 27, 32, 33, 34, 36, 38, 41, 43, 44, 48, 49, 53, 69, 70, 72, 73, 117, 130, 131, 153, 190, 321, 349, 376, 386, 407, 441, 467, 469, 549, 691, 1001,
])

/**
 * Inserts rows and answers those the store would not take. A refused insert is halved: the halves of token `t` are `t/0` and `t/1`, cut at the same line each
 * time, so that a repetition after a crash walks the same way and every part is taken once. Waits and tries again for as long as the store itself is in trouble.
 */
export async function deliver(store: Store, delivery: Delivery, signal: AbortSignal): Promise<RefusedRow[]> {
  const error = await insertOrRefusal(store, delivery, signal)
  if (error === null) return []
  const middle = middleLine(delivery.rows)
  if (middle === null)
    return [{ table: delivery.table, row: Buffer.from(delivery.rows).toString('utf8'), reason: `${delivery.table}: ${error.message.slice(0, 500)}` }]
  const { table, token, rows } = delivery
  const before = await deliver(store, { table, token: `${token}/0`, rows: rows.slice(0, middle) }, signal)
  const after = await deliver(store, { table, token: `${token}/1`, rows: rows.slice(middle + 1) }, signal)
  return [...before, ...after]
}

/** null once the rows are in; the error where the rows themselves are refused. Errors: the signal's reason. */
async function insertOrRefusal(store: Store, { table, rows, token }: Delivery, signal: AbortSignal): Promise<Error | null> {
  for (let wait = firstWait; ; wait = Math.min(longestWait, wait * 2)) {
    signal.throwIfAborted()
    try {
      await store.insert(table, rows, token)
      return null
    } catch (error) {
      if (error instanceof Error && refusals.has(clickhouseCode(error))) return error
      signal.throwIfAborted()
      console.error(`the store cannot take rows for ${table} now, trying again in ${wait} ms`, error)
      await sleep(wait, undefined, { signal })
    }
  }
}

function clickhouseCode(error: Error): number {
  if ('clickhouseCode' in error) return Number(error.clickhouseCode)
  return Number(/Code: (\d+)/.exec(error.message)?.[1] ?? 0)
}

/** The end of the line nearest the middle; null for a single line. */
function middleLine(rows: Uint8Array): number | null {
  const half = Math.floor(rows.byteLength / 2)
  const after = rows.indexOf(newline, half)
  const found = after === -1 ? rows.lastIndexOf(newline, half) : after
  return found === -1 ? null : found
}
