import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { memberCountSql, membersSql, planDefinition, render } from '@kindred/engine'
import { segmentDefinitionSchema } from '@kindred/model'
import { readConfig } from '../src/config.ts'
import type { Parts } from '../src/parts.ts'
import { exportPeople } from '../src/segments/export.ts'
import { openCatalog } from '../src/store/catalog/catalog.ts'
import type { Bench } from './bench.ts'
import { benchFolder, datasetSize, openDataset } from './dataset.ts'
import { interleave } from './measure.ts'
import { benchContext } from './questions.ts'
import { milliseconds, perSecond, table } from './report.ts'

/** The aim of the product: every person of the usual data set, half a million, as a file in so many milliseconds. */
const aim = 10_000
const formats = ['csv', 'json', 'parquet'] as const
const columns = 'id,distinct_id,email,created_at,last_seen,country,plan,age'

/** All members of a segment that everyone is in, written as each kind of file to a reader who keeps up. */
export const exporting: Bench = async ({ events, times, say }) => {
  const store = await openDataset(datasetSize(events ?? 10_000_000), say)
  const dataDir = mkdtempSync(join(benchFolder, 'export-'))
  const catalog = await openCatalog(join(dataDir, 'catalog.sqlite'))
  try {
    const config = readConfig({}, { dataDir, importRoot: null, port: 0, logLevel: 'error' })
    const parts = { store, catalog, config } as unknown as Parts
    const plan = planDefinition(segmentDefinitionSchema.parse({ unit: 'person', where: { property: 'country', exists: true } }), benchContext)
    const [row] = await store.query<{ members: string }>(render(memberCountSql(plan, benchContext)))
    const members = Number(row?.members)
    const source = { people: membersSql(plan, benchContext), context: benchContext }
    const subjects = formats.map((format) => ({
      name: format,
      async run() {
        let size = 0
        for await (const piece of exportPeople(parts, source, { format, columns })) size += piece.length
        if (size < members) throw new Error(`${format}: ${size} bytes are not ${members} members`)
        return undefined
      },
    }))
    const timings = await interleave(subjects, times)
    const figures = formats.map((format) => ({ format, members, took: timings.get(format)?.median ?? Number.NaN, aim }))
    const rows = figures.map(({ format, took }) => [
      format,
      members.toLocaleString('en'),
      milliseconds(took),
      perSecond(members, took),
      took <= aim ? '' : `above ${milliseconds(aim)}`,
    ])
    return { says: table(['file', 'members', 'took', 'members', ''], rows), figures: { aim, exports: figures } }
  } finally {
    await catalog.destroy()
    await store.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}
