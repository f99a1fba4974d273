import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { planTrait, render, toldValuesSql } from '@kindred/engine'
import { type TraitDefinition, traitDefinitionSchema } from '@kindred/model'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { type Kindred, startKindred } from '../../src/main.ts'
import { findProject } from '../../src/projects/projects.ts'
import { questionContext } from '../../src/projects/question-context.ts'
import { Upkeep } from '../../src/traits/kept/upkeep.ts'
import { createTrait } from '../../src/traits/save-traits.ts'

const child = fileURLToPath(new URL('./kept-child.ts', import.meta.url))
const measures: Record<string, Omit<TraitDefinition, 'unit'>> = {
  how_often: { count: { did: { any: true } } },
  pages: { distinct: { did: { any: true }, property: 'page' } },
  last_look: { lastDate: { did: 'look' } },
}
const definitions = Object.entries(measures).map(([name, of]) => [name, traitDefinitionSchema.parse({ unit: 'person', ...of })] as const)

/** `KINDRED_RUNS=10` kills more often: each time two servers have to start. */
const kills = Number(process.env.KINDRED_RUNS ?? 1)

const start = (folder: string) => startKindred({ config: readConfig({}, { dataDir: folder, port: 0, logLevel: 'silent' }), webFolder: folder })

/** Runs the child until keepings are being filled, and kills it somewhere there. */
async function runAndKill(folder: string): Promise<void> {
  const running = spawn(process.execPath, ['--import', 'tsx', child, folder], { stdio: ['ignore', 'ignore', 'inherit'] })
  const closed = once(running, 'close')
  const catalog = new Database(join(folder, 'catalog.sqlite'), { readonly: true })
  const last = () => catalog.prepare<[], { id: number; through: number }>('select max(id) as id, max(through) as through from trait_keepings').get()
  const before = JSON.stringify(last())
  while (running.exitCode === null && JSON.stringify(last()) === before) await sleep(2)
  await sleep(Math.random() * 400)
  running.kill('SIGKILL')
  await closed
  catalog.close()
}

/** The values of all, from what is kept or from the events alone; and of how many traits something is kept. */
async function valuesOf({ parts }: Kindred, fromEvents: boolean): Promise<string[]> {
  const context = await questionContext(parts, await findProject(parts, 1))
  const found: string[] = []
  for (const [name, definition] of definitions) {
    const { kept: _, ...rest } = context
    const asked = fromEvents ? rest : context
    const statement = toldValuesSql(planTrait(definition, asked), asked)
    if (statement === null) throw new Error('it has values')
    const { text, params } = render(statement)
    const rows = await parts.store.query<object>({ text: `${text} order by id`, params })
    found.push(...rows.map((row) => `${name} ${JSON.stringify(row)}`))
  }
  return found
}

test(
  'an upkeep that is killed anywhere leaves answers as the events give them, before and after the next one',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kindred-kept-kill-'))
    let kindred: Kindred | undefined
    try {
      kindred = await start(folder)
      const project = await findProject(kindred.parts, 1)
      for (const [name, definition] of definitions) {
        await createTrait(kindred.parts, project, { save: { name, label: name, description: '', definition }, author: { id: 0 } })
      }
      await kindred.close()
      for (let round = 0; round < kills; round += 1) {
        await runAndKill(folder)
        kindred = await start(folder)
        await kindred.parts.ingest.drained()
        const plain = await valuesOf(kindred, true)
        expect(plain.length).toBeGreaterThan(100)
        expect(await valuesOf(kindred, false)).toEqual(plain)
        await new Upkeep(kindred.parts, { leastEvents: 1, eventsOfEach: 1, bareEventsOfEach: 1, lag: 1 }).run()
        expect((await questionContext(kindred.parts, project)).kept?.size).toBeGreaterThanOrEqual(definitions.length)
        expect(await valuesOf(kindred, false)).toEqual(plain)
        await kindred.close()
      }
    } finally {
      await kindred?.close().catch(() => undefined)
      rmSync(folder, { recursive: true, force: true })
    }
  },
  120_000 + kills * 30_000,
)
