import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { raw, render } from '@kindred/engine'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { type Kindred, startKindred } from '../../src/main.ts'
import { getDeletion } from '../../src/privacy/deletions.ts'
import { privacyJobs } from '../../src/privacy/jobs.ts'

const child = fileURLToPath(new URL('./deletion-child.ts', import.meta.url))

/** Runs the child until the deletion is under way in the store, and kills it there. */
async function runAndKill(folder: string): Promise<string> {
  const running = spawn(process.execPath, ['--import', 'tsx', child, folder], { stdio: ['ignore', 'ignore', 'inherit'] })
  const closed = once(running, 'close')
  const stepOf = () => {
    try {
      const catalog = new Database(join(folder, 'catalog.sqlite'), { readonly: true, fileMustExist: true })
      const row = catalog.prepare<[], { step: string }>('select step from deletions').get()
      catalog.close()
      return row?.step
    } catch {
      return undefined
    }
  }
  while (running.exitCode === null && !['store', 'log', 'catalog'].includes(stepOf() ?? '')) await sleep(2)
  await sleep(Math.random() * 150)
  running.kill('SIGKILL')
  await closed
  return stepOf() ?? ''
}

const found = async ({ parts }: Kindred): Promise<string[]> => {
  const store = await parts.store.query<{ n: string }>(render(raw(`select count() as n from kindred.events where distinct_id = 'vera-victim'`)))
  const files = readdirSync(parts.config.dataDir).filter((name) => /\.sqlite(-wal)?$/.test(name))
  const inFiles = files.filter((name) => /vera-victim|victim-page/.test(readFileSync(join(parts.config.dataDir, name), 'latin1')))
  return [...(store[0]?.n === '0' ? [] : ['store']), ...inFiles]
}

test('a deletion that is killed in the middle is finished by the next start, and a second run through the log brings nobody back', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kindred-deletion-'))
  const start = () => startKindred({ config: readConfig({}, { dataDir: folder, port: 0, logLevel: 'silent' }), webFolder: folder })
  let kindred: Kindred | undefined
  try {
    expect(['store', 'log', 'catalog', 'check', 'wipe']).toContain(await runAndKill(folder))
    kindred = await start()
    await privacyJobs(kindred.parts).idle()
    const deletion = await getDeletion(kindred.parts, 1, 1)
    expect(deletion).toMatchObject({ state: 'done', people: 1 })
    expect(deletion.receipt?.places.find(({ place }) => place === 'store: events')).toEqual({ place: 'store: events', removed: 1500, left: 0 })
    expect(await found(kindred)).toEqual([])
    await kindred.close()

    const catalog = new Database(join(folder, 'catalog.sqlite'))
    catalog.exec(`update offsets set position = 0 where consumer = 'pipeline'`)
    catalog.close()
    kindred = await start()
    await kindred.parts.ingest.drained()
    expect(await found(kindred)).toEqual([])
    const people = await kindred.parts.catalog.selectFrom('distinct_ids').select('distinct_id').execute()
    expect(people).toHaveLength(50)
  } finally {
    await kindred?.close()
    rmSync(folder, { recursive: true, force: true })
  }
}, 120_000)
