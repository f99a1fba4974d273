import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openSqliteLog } from '../../src/log/sqlite.ts'

/** Appends to a log on a small disk until it is full, makes room, goes on, and prints how it went. */
const [disk = ''] = process.argv.slice(2)
const log = openSqliteLog({ path: join(disk, 'log.db'), deduplicationDays: 30, logDays: 7 })
const filler = join(disk, 'filler')
writeFileSync(filler, Buffer.alloc(2 * 1024 * 1024))
const taken: number[] = []
let refused = 0

async function append(number: number): Promise<boolean> {
  try {
    const uuid = `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`
    await log.append([{ projectId: 1, source: 'api', receivedAt: Date.now(), entries: [{ uuid, json: JSON.stringify({ uuid, text: 'x'.repeat(50_000) }) }] }])
    taken.push(number)
    return true
  } catch {
    refused += 1
    return false
  }
}

let next = 0
while (next < 1000 && (await append(next))) next += 1
const full = next
// A sender that was refused sends the same again.
for (let again = 0; again < 3; again++) await append(full)
rmSync(filler)
for (let more = 0; more < 5; more++) await append(full + more)
const { chunks, end } = await log.read(0, { events: 10_000, bytes: 1e9 })
const kept = chunks.map(({ text }) => Number.parseInt((JSON.parse(text) as [{ uuid: string }])[0].uuid.slice(-12), 16))
log.close()
console.log(JSON.stringify({ full, refused, taken, kept, end }))
