import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { raw, render } from '@kindred/engine'
import { type TraitDefinition, type TraitPreview, traitDefinitionSchema } from '@kindred/model'
import { afterEach, expect, test } from 'vitest'
import { makeBackup } from '../../src/backup/make-backup.ts'
import { restoreBackup } from '../../src/backup/restore.ts'
import { readConfig } from '../../src/config.ts'
import { entryOf, packEntries } from '../../src/log/entry.ts'
import { type Kindred, startKindred } from '../../src/main.ts'
import { findProject } from '../../src/projects/projects.ts'
import { questionContext } from '../../src/projects/question-context.ts'
import { Upkeep } from '../../src/traits/kept/upkeep.ts'
import { previewTrait } from '../../src/traits/preview.ts'
import { createTrait } from '../../src/traits/save-traits.ts'

const folder = mkdtempSync(join(tmpdir(), 'kindred-kept-restore-'))
let kindred: Kindred | undefined
afterEach(async () => {
  await kindred?.close().catch(() => undefined)
  rmSync(folder, { recursive: true, force: true })
})

const definitions: Record<string, Omit<TraitDefinition, 'unit'>> = {
  looks: { count: { did: 'look' } },
  pages: { distinct: { did: { any: true }, property: 'page' } },
}
const people = ['ann', 'bob', 'cleo']
/** So many looks of each, at pages of a number of their own. */
const looks = (round: number) =>
  people.flatMap((distinctId, person) =>
    Array.from({ length: 4 * (person + 1) }, (_, index) => ({
      uuid: crypto.randomUUID(),
      event: 'look',
      distinctId,
      timestamp: Date.UTC(2026, 0, 1 + index),
      properties: { page: `${round} ${index % (person + 2)}` },
    })),
  )
/** By an independent reading of the lists above, highest first. */
const expected = (rounds: number) => ({ looks: [12, 8, 4].map((each) => each * rounds), pages: [4, 3, 2].map((each) => each * rounds) })

async function start(dataDir: string) {
  kindred = await startKindred({ config: readConfig({}, { dataDir, port: 0, logLevel: 'silent' }), webFolder: dataDir })
  const { parts } = kindred
  await parts.ingest.drained()
  const project = await findProject(parts, 1)
  return {
    parts,
    project,
    async append(round: number) {
      await parts.ingest.append({ projectId: 1, source: 'api', events: packEntries(looks(round).map(entryOf)) })
      await parts.ingest.drained()
    },
    keep: () => new Upkeep(parts, { leastEvents: 1, eventsOfEach: 1, bareEventsOfEach: 1, lag: 1 }).run(),
    keepings: async () => [...((await questionContext(parts, project)).kept ?? [])].map(([, { id }]) => id),
    states: async () =>
      (await parts.store.query<{ id: string }>(render(raw('select distinct keeping as id from kindred.trait_states')))).map(({ id }) => Number(id)),
    async values() {
      const valuesOf = async (name: string) => {
        const { people: found }: TraitPreview = await previewTrait({ parts, project }, { name })
        return found.map(({ value }) => value)
      }
      return { looks: await valuesOf('looks'), pages: await valuesOf('pages') }
    },
  }
}

test('nothing that was kept before a restore is read after it, whatever the store holds of it, and it is kept anew', async () => {
  const [data, saved, restored] = ['data', 'saved', 'restored'].map((name) => join(folder, name)) as [string, string, string]
  const before = await start(data)
  for (const [name, of] of Object.entries(definitions)) {
    const definition = traitDefinitionSchema.parse({ unit: 'person', ...of })
    await createTrait(before.parts, before.project, { save: { name, label: name, description: '', definition }, author: { id: 0 } })
  }
  await before.append(1)
  await before.keep()
  const old = await before.keepings()
  // Those two; no event here has a channel, but what the first one was is measured all the same.
  expect(old.length).toBeGreaterThanOrEqual(2)
  expect(await before.values()).toEqual(expected(1))

  // As if the store had been copied at another moment than the catalog: of each keeping more than was noted, and states of those that are to come.
  const most = Math.max(...old)
  for (const keeping of ['keeping', `keeping + ${most}`]) {
    const rows = `select * replace (${keeping} as keeping) from kindred.trait_states where keeping <= ${most}`
    await before.parts.store.command(render(raw(`insert into kindred.trait_states ${rows} and actor_id != 0`)))
  }
  expect((await before.values()).looks, 'what is kept is read').not.toEqual(expected(1).looks)

  await makeBackup(before.parts, saved)
  await kindred?.close()
  await restoreBackup(saved, restored)
  const after = await start(restored)
  expect(await after.states()).toEqual(expect.arrayContaining(old))
  expect(await after.keepings()).toEqual([])
  expect(await after.values()).toEqual(expected(1))
  await after.append(2)
  expect(await after.values()).toEqual(expected(2))
  await after.keep()
  const made = await after.keepings()
  expect(made).toHaveLength(old.length)
  expect((await after.states()).toSorted(), 'what was kept before is gone').toEqual(made.toSorted())
  expect(await after.values()).toEqual(expected(2))
}, 120_000)
