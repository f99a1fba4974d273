import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { openSqliteLog } from '../../src/log/sqlite.ts'

const folder = mkdtempSync(join(tmpdir(), 'kindred-faults-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const day = 86_400_000
const uuidOf = (number: number) => `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`
const open = (name: string) => openSqliteLog({ path: join(folder, name), deduplicationDays: 30, logDays: 7 })
const batch = (number: number, receivedAt = Date.now()) => [
  { projectId: 1, source: 'api' as const, receivedAt, entries: [{ uuid: uuidOf(number), json: JSON.stringify({ number, text: 'x'.repeat(3000) }) }] },
]
async function numbersIn(log: ReturnType<typeof open>): Promise<number[]> {
  const { chunks } = await log.read(0, { events: 10_000, bytes: 1e9 })
  return chunks.flatMap(({ text }) => (JSON.parse(text) as { number: number }[]).map(({ number }) => number))
}

test('a journal torn anywhere in its last write holds all that was acknowledged before, and goes on without a gap', async () => {
  const log = open('whole.db')
  for (let number = 0; number < 20; number++) await log.append(batch(number))
  const synced = readFileSync(join(folder, 'whole.db-wal')).byteLength
  await log.append(batch(20))
  copyFileSync(join(folder, 'whole.db'), join(folder, 'copy.db'))
  const journal = readFileSync(join(folder, 'whole.db-wal'))
  log.close()
  expect(journal.byteLength).toBeGreaterThan(synced + 3000)
  const torn = [
    journal.subarray(0, synced + 1),
    journal.subarray(0, synced + 2000),
    journal.subarray(0, journal.byteLength - 1),
    Buffer.concat([journal.subarray(0, journal.byteLength - 500), Buffer.alloc(500, 0xa5)]),
    Buffer.concat([journal.subarray(0, synced), Buffer.alloc(9000, 0xff)]),
  ]
  for (const [index, bytes] of torn.entries()) {
    const name = `torn-${index}.db`
    copyFileSync(join(folder, 'copy.db'), join(folder, name))
    writeFileSync(join(folder, `${name}-wal`), bytes)
    const again = open(name)
    expect(await numbersIn(again)).toEqual(Array.from({ length: 20 }, (_, number) => number))
    expect(await again.append(batch(20))).toEqual([{ appended: 1, duplicates: 0, position: 21 }])
    expect(await again.append(batch(3))).toEqual([{ appended: 0, duplicates: 1, position: 21 }])
    again.close()
  }
})

test('when the clock jumps a day ahead and back, positions stay dense and a repeat is a repeat', async () => {
  const log = open('clock.db')
  const now = Date.UTC(2026, 5, 15, 12)
  const clocks = [now, now + day, now - day, now, now + 2 * day, now]
  for (const [number, at] of clocks.entries()) {
    expect(await log.append(batch(number, at))).toEqual([{ appended: 1, duplicates: 0, position: number + 1 }])
    for (const other of clocks) expect(await log.append(batch(number, other))).toEqual([{ appended: 0, duplicates: 1, position: number + 1 }])
  }
  expect(await numbersIn(log)).toEqual([0, 1, 2, 3, 4, 5])
  log.close()
})

const mount = (command: string) => ['-Urm', 'sh', '-c', `mount -t tmpfs -o size=6m none "$0" && ${command}`, folder]
const canMount = process.platform === 'linux' && spawnSync('unshare', mount('true')).status === 0

test.skipIf(!canMount)('on a disk that is full nothing is acknowledged, and nothing acknowledged is lost; with room again it goes on', () => {
  const child = fileURLToPath(new URL('./full-disk-child.ts', import.meta.url))
  const { stdout, stderr } = spawnSync('unshare', mount(`exec "${process.execPath}" --import tsx "${child}" "$0"`), { encoding: 'utf8' })
  const { full, refused, taken, kept, end } = JSON.parse(stdout || `"${stderr}"`) as {
    full: number
    refused: number
    taken: number[]
    kept: number[]
    end: number
  }
  expect(full).toBeGreaterThan(5)
  expect(refused).toBe(4)
  expect(taken).toEqual(Array.from({ length: full + 5 }, (_, number) => number))
  expect(kept).toEqual(taken)
  expect(end).toBe(taken.length)
})
