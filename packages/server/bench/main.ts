import { spawnSync } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { nodeFlags, settledEnvironment } from '../bin/process-settings.mjs'
import type { Bench } from './bench.ts'

const usage = `npm run bench -- ingest|soak|import|memory|insights|segments|export|technology [--events 10e6] [--times N] [--json]

  --events  events of the data set (insights, segments, export; 10 million), to send in all (ingest; 300,000), or lines of the file
            that comes in (memory; 11 million, which are 1 GB); segments also takes several, such as 1e6,10e6,30e6, and shows how its answers grow
  --seconds, --rate  how long a soak takes (60 s) and how many events a second it sends (5,000)
  --times   counted rounds (15; 25 of segments and insights, which are short); every round runs Kindred and its references in turn
  --json    only the last line, the numbers as JSON`

/** Each bench is loaded only when it runs: the ones that need a server bring all of it along. */
const benches: Record<string, () => Promise<Bench>> = {
  ingest: async () => (await import('./ingest.ts')).ingest,
  soak: async () => (await import('./soak.ts')).soak,
  import: async () => (await import('./import.ts')).importing,
  memory: async () => (await import('./memory.ts')).memory,
  insights: async () => (await import('./compiled.ts')).insights,
  segments: async () => (await import('./compiled.ts')).segments,
  export: async () => (await import('./export.ts')).exporting,
  technology: async () => (await import('./technology.ts')).technology,
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      events: { type: 'string' },
      times: { type: 'string' },
      seconds: { type: 'string' },
      rate: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  })
  const name = positionals[0] ?? ''
  const load = benches[name]
  const numberOf = (text: string | undefined) => (text === undefined ? undefined : Number(text))
  const sizes = values.events?.split(',').map(Number) ?? []
  const [events, seconds, rate] = [sizes[0], numberOf(values.seconds), numberOf(values.rate)]
  const times = numberOf(values.times) ?? (['segments', 'insights'].includes(name) ? 25 : 15)
  if (load === undefined || [...sizes, seconds, rate].some(Number.isNaN) || !(times >= 1)) throw new Error(usage)
  const bench = await load()
  const { says, figures } = await bench({ events, sizes, times, seconds, rate, say: (line) => values.json || console.error(line) })
  if (!values.json) console.log(`\n${says}\n`)
  console.log(JSON.stringify({ bench: name, events, times, cores: availableParallelism(), node: process.version, ...figures }))
}

/** As the product is started, so is what is measured: some of it is settled before a process starts. */
if (!nodeFlags.every((flag) => process.execArgv.includes(flag))) {
  const args = [...nodeFlags, ...process.execArgv, ...process.argv.slice(1)]
  process.exit(spawnSync(process.execPath, args, { stdio: 'inherit', env: settledEnvironment(process.env) }).status ?? 1)
}
try {
  await main()
  process.exit(0)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
