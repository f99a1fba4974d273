import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, createWriteStream, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createGunzip } from 'node:zlib'
import { quantile } from '@kindred/science'
import { Session } from 'chdb'
import type { Bench } from './bench.ts'
import { benchFolder } from './dataset.ts'
import { invoiceFile, invoiceLines } from './invoice-file.ts'
import { table } from './report.ts'

/** Of the product for a file of 1 GB, in megabytes. */
const aim = 600
const sampleEvery = 250
const longestStart = 60_000
const command = fileURLToPath(new URL('../bin/kindred.mjs', import.meta.url))
const csvMapping = fileURLToPath(new URL('../mappings/online-retail.yaml', import.meta.url))

const invoiceColumns =
  'InvoiceNo String, StockCode String, Description String, Quantity String, InvoiceDate String, UnitPrice String, CustomerID String, Country String'

/**
 * What the running product has resident, at rest and while a large file comes in by `kindred import`: Linux alone tells it. The file is the shop's invoice lines as often as
 * it takes, each time with invoices and customers of its own; once as CSV, once as Parquet with a million rows in a group.
 */
export const memory: Bench = async ({ events, say }) => {
  if (process.platform !== 'linux') throw new Error('What a process has resident at most is read from /proc, which Linux alone has.')
  const copies = Math.max(1, Math.round((events ?? 35 * invoiceLines) / invoiceLines))
  const csv = await manyInvoices(copies)
  const taken: Taken[] = []
  for (const path of [csv, await asParquet(csv)]) taken.push(await takeIn(path, say))
  const rows = taken.map(({ format, bytes, seconds, atRest, median, most }) => [
    format,
    ...[bytes / 1e6, seconds, atRest, median, most].map((number) => String(Math.round(number))),
    most <= aim ? '' : `above ${aim} MB`,
  ])
  const heads = ['file', 'MB', 'seconds', 'resident at rest', 'half of the time below', 'at most', '']
  return { says: `${(copies * invoiceLines).toLocaleString('en')} lines\n${table(heads, rows)}`, figures: { lines: copies * invoiceLines, aim, taken } }
}

interface Taken {
  format: string
  bytes: number
  seconds: number
  atRest: number
  median: number
  most: number
}

/** By a server of its own. */
async function takeIn(path: string, say: (line: string) => void): Promise<Taken> {
  const dataDir = join(benchFolder, `memory-${process.pid}`)
  const server = spawn(process.execPath, [command, 'start', '--data', dataDir, '--port', '0'], { stdio: 'ignore' })
  try {
    const { pid } = await announced(dataDir)
    await sleep(5000)
    const atRest = megabytes(pid, 'VmRSS')
    const bytes = statSync(path).size
    const format = extname(path).slice(1)
    say(`at rest: ${atRest} MB; now ${Math.round(bytes / 1e6)} MB of ${format} come in`)
    const started = performance.now()
    const importing = spawn(process.execPath, [command, 'import', path, '--map', mappingOf(format), '--data', dataDir], { stdio: 'ignore' })
    const over = once(importing, 'exit')
    const samples: number[] = []
    const timer = setInterval(() => {
      samples.push(megabytes(pid, 'VmRSS'))
      if (samples.length % 80 === 0) say(`${samples.length / 4} s: ${samples.at(-1)} MB`)
    }, sampleEvery)
    const [code] = await over
    clearInterval(timer)
    if (code !== 0) throw new Error(`the import of ${format} ended with ${code}`)
    return { format, bytes, seconds: Math.round((performance.now() - started) / 1000), atRest, median: quantile(samples, 0.5), most: megabytes(pid, 'VmHWM') }
  } finally {
    server.kill('SIGTERM')
    await once(server, 'exit')
    rmSync(dataDir, { recursive: true, force: true })
  }
}

function mappingOf(format: string): string {
  const path = join(benchFolder, `online-retail.${format}.yaml`)
  writeFileSync(path, readFileSync(csvMapping, 'utf8').replace('format: csv', `format: ${format}`))
  return path
}

/** Made once, all columns text as in the CSV. */
async function asParquet(csv: string): Promise<string> {
  const path = csv.replace(/csv$/, 'parquet')
  if (existsSync(path)) return path
  const session = new Session()
  try {
    await session.queryAsync(
      `select * from file('${csv}', CSVWithNames, '${invoiceColumns}') into outfile '${path}.part' format Parquet settings max_threads = 1, output_format_parquet_row_group_size = 1000000`,
    )
  } finally {
    session.close()
  }
  renameSync(`${path}.part`, path)
  return path
}

/** Made once: some time, and room on the disk. */
async function manyInvoices(copies: number): Promise<string> {
  const { folder, name } = invoiceFile()
  const path = join(benchFolder, `invoices-${copies}.csv`)
  if (existsSync(path)) return path
  mkdirSync(benchFolder, { recursive: true })
  const out = createWriteStream(`${path}.part`)
  for (let copy = 0; copy < copies; copy += 1) {
    let isHeader = true
    for await (const line of createInterface({ input: createReadStream(join(folder, name)).pipe(createGunzip()) })) {
      if (!isHeader || copy === 0) if (!out.write(`${isHeader ? line : ofCopy(line, copy)}\n`)) await once(out, 'drain')
      isHeader = false
    }
  }
  out.end()
  await once(out, 'finish')
  renameSync(`${path}.part`, path)
  return path
}

/** `C536365,…,17850.0,France` with another invoice, and one of seven times as many customers. */
function ofCopy(line: string, copy: number): string {
  const customers = (copy % 7) * 10_000
  return line
    .replace(/^(\D*)/, `$1${copy}`)
    .replace(/,(\d+)\.0,([^,]*)$/, (_, customer: string, country: string) => `,${Number(customer) + customers}.0,${country}`)
}

async function announced(dataDir: string): Promise<{ pid: number }> {
  for (const deadline = Date.now() + longestStart; Date.now() < deadline; await sleep(200)) {
    const path = join(dataDir, 'instance.json')
    const told = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as { pid: number; url: string }) : undefined
    if (told?.url) return told
  }
  throw new Error('the product did not start')
}

function megabytes(pid: number, name: 'VmRSS' | 'VmHWM'): number {
  const kilobytes = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Math.round((Number(kilobytes) * 1024) / 1e6)
}
