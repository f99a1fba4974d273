import { createReadStream, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createGunzip } from 'node:zlib'
import { importMappingSchema } from '@kindred/model'
import { parse as parseCsv } from 'csv-parse'
import { parse as parseYaml } from 'yaml'
import { importJobs } from '../src/imports/jobs.ts'
import { createProject } from '../src/projects/projects.ts'
import type { Store } from '../src/store/clickhouse/store.ts'
import type { Bench } from './bench.ts'
import { type BenchServer, startBenchServer } from './bench-server.ts'
import { invoiceFile, invoiceLines } from './invoice-file.ts'
import { interleave } from './measure.ts'
import { milliseconds, perSecond, table, times } from './report.ts'

/** The aim of the product for this file. */
const aim = 20_000

/**
 * A shop's invoice lines through the whole way in, grouped into orders, until they are in the store, against reading the same file and
 * inserting its lines with nothing else. Every round imports into a project of its own, since a repeat adds nothing.
 */
export const importing: Bench = async ({ times: rounds, say }) => {
  const file = invoiceFile()
  const path = join(file.folder, file.name)
  const server = await startBenchServer('import', file.folder)
  try {
    const timings = await interleave(
      [
        { name: 'kindred', run: () => importInto(server, file.name, say) },
        { name: 'reference', run: () => readAndInsert(server.store, path) },
      ],
      rounds,
    )
    const kindred = timings.get('kindred')?.median ?? Number.NaN
    const reference = timings.get('reference')?.median ?? Number.NaN
    const spread = timings.get('kindred')?.spread ?? Number.NaN
    const rows = [
      ['Kindred', milliseconds(kindred), `± ${milliseconds(spread / 2)}`, perSecond(invoiceLines, kindred), kindred <= aim ? '' : `above ${milliseconds(aim)}`],
      ['read and insert only', milliseconds(reference), '', perSecond(invoiceLines, reference), times(kindred / reference)],
    ]
    const name = file.made ? 'a generated file of the same shape as Online Retail' : file.name
    return {
      says: `${invoiceLines.toLocaleString('en')} lines of ${name}\n${table(['', 'median', '', 'lines', ''], rows)}`,
      figures: { lines: invoiceLines, made: file.made, aim, kindred, reference, spread },
    }
  } finally {
    await server.close()
  }
}

const mapping = importMappingSchema.parse(parseYaml(readFileSync(new URL('../mappings/online-retail.yaml', import.meta.url), 'utf8')))

async function importInto({ parts }: BenchServer, path: string, say: (line: string) => void): Promise<number> {
  const project = await createProject(parts, { name: 'Import', timezone: 'UTC' })
  const jobs = importJobs(parts)
  const started = performance.now()
  const { id } = await jobs.create(project, { path, mapping })
  let state = await jobs.get(project.id, id)
  while (state.state === 'waiting' || state.state === 'running') {
    await sleep(10)
    state = await jobs.get(project.id, id)
  }
  if (state.state !== 'done' || state.rows !== invoiceLines) throw new Error(`the import is ${state.state} after ${state.rows} lines: ${state.error}`)
  await parts.ingest.drained()
  const took = performance.now() - started
  say(`imported ${state.events.toLocaleString('en')} events in ${milliseconds(took)}`)
  return took
}

const rowsEach = 50_000
const referenceProject = 1_000_000
let inserts = 0

/** The least that any reader of this file must do: unpack it, read its fields, insert its lines in large blocks. */
async function readAndInsert(store: Store, path: string): Promise<number> {
  const started = performance.now()
  const insert = async (rows: readonly string[]) => {
    inserts += 1
    await store.insert('events', Buffer.from(rows.join('\n')), `reference-${inserts}`)
  }
  let rows: string[] = []
  for await (const record of createReadStream(path)
    .pipe(createGunzip())
    .pipe(parseCsv({ columns: true }))) {
    rows.push(toRow(record as Record<string, string>))
    if (rows.length < rowsEach) continue
    await insert(rows)
    rows = []
  }
  if (rows.length > 0) await insert(rows)
  return performance.now() - started
}

function toRow({ InvoiceNo, StockCode, Description, Quantity, InvoiceDate, UnitPrice, CustomerID, Country }: Record<string, string>): string {
  const properties = { order_id: InvoiceNo, product_id: StockCode, product_name: Description, quantity: Number(Quantity), price: Number(UnitPrice), Country }
  const ids = { project_id: referenceProject, actor_id: 1, person_id: 1, distinct_id: CustomerID, position: 1 }
  return JSON.stringify({ ...ids, event: 'line', timestamp: InvoiceDate, received_at: InvoiceDate, source: 'import', properties })
}
