import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'

const child = fileURLToPath(new URL('./delivery-child.ts', import.meta.url))
const everyone = 150

interface Received {
  number: string
  people: string[]
}

async function receiver(): Promise<{ url: string; received: Received[]; server: Server }> {
  const received: Received[] = []
  const server = createServer((request, reply) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const { members } = JSON.parse(Buffer.concat(parts).toString()) as { members: { distinct_id: string }[] }
      const one: Received = { number: String(request.headers['x-kindred-delivery']), people: members.map((each) => each.distinct_id) }
      received.push(one)
      setTimeout(() => {
        reply.writeHead(200).end()
      }, 20)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, received, server }
}

test('a delivery that is killed goes on with exactly what was not acknowledged', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kindred-delivery-'))
  const target = await receiver()
  const run = (people: number) =>
    spawn(process.execPath, ['--import', 'tsx', child, folder, target.url, String(people)], { stdio: ['ignore', 'ignore', 'inherit'] })
  const stored = () => {
    const catalog = new Database(join(folder, 'catalog.sqlite'), { readonly: true })
    const row = catalog.prepare<[], { state: string; sent: number; batches: number }>('select state, sent, batches from segment_deliveries').get()
    catalog.close()
    return row
  }
  let running = run(everyone)
  try {
    // Killed twice on the way, each time once some more batches came.
    for (const batches of [4, 11]) {
      while (target.received.length < batches && running.exitCode === null) await sleep(5)
      const closed = once(running, 'close')
      running.kill('SIGKILL')
      await closed
      expect(stored()?.state).toBe('running')
      running = run(0)
    }
    await expect.poll(() => stored()?.state, { timeout: 120_000 }).toBe('done')
    expect(stored()).toEqual({ state: 'done', sent: everyone, batches: Math.ceil(everyone / 7) })
    const byNumber = new Map<string, string[][]>()
    for (const { number, people } of target.received) byNumber.set(number, [...(byNumber.get(number) ?? []), people])
    // Whoever leaves out the numbers it has taken already has everybody once.
    const everybody = [...byNumber.values()].flatMap(([people = []]) => people)
    expect(everybody.toSorted()).toEqual(Array.from({ length: everyone }, (_, index) => `person-${index}`).toSorted())
    // What came again is the same, and no more of it than was on its way at each kill.
    for (const sent of byNumber.values()) for (const again of sent) expect(again).toEqual(sent[0])
    expect(target.received.length - byNumber.size).toBeLessThanOrEqual(2)
  } finally {
    running.kill('SIGKILL')
    target.server.close()
    rmSync(folder, { recursive: true, force: true })
  }
}, 240_000)
