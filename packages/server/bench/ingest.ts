import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { bind, raw, render, sql } from '@kindred/engine'
import { quantile, seededRandom } from '@kindred/science'
import type { Store } from '../src/store/clickhouse/store.ts'
import type { Bench, BenchOptions } from './bench.ts'
import { type BenchServer, startBenchServer } from './bench-server.ts'
import type { LoadOrder, LoadResult } from './load-generator.ts'
import { interleave, timing } from './measure.ts'
import { milliseconds, table, times } from './report.ts'
import { type SampleEvent, type Shape, shapes } from './sample-events.ts'

const eventsEach = 100
const connections = 16
/** The aims of the product, in events a second on two cores. */
const aims: Record<Shape, number> = { small: 10_000, recorded: 3000 }

/**
 * Events over HTTP in batches of 100, each acknowledged once on disk, against parsing them and inserting the same rows with nothing
 * else. What either leaves to be merged is merged before the other begins, so that nobody pays for the other; then how long an acknowledgement takes while the engine is idle and while it answers eight heavy questions.
 */
export const ingest: Bench = async (options) => {
  const server = await startBenchServer('ingest')
  const generator = fork(new URL('./load-generator.ts', import.meta.url), { execArgv: ['--import', 'tsx'] })
  try {
    const figures = []
    for (const shape of ['small', 'recorded'] as const) figures.push(await throughput({ server, generator, shape, options }))
    const quiet = await latency({ server, generator })
    const busy = await underQueries(server.store, () => latency({ server, generator }))
    const says = [
      table(
        ['events', 'acknowledged', 'in the store', 'reference', 'of reference', 'aim', 'server CPU', 'generator CPU', 'event loop p99.9'],
        figures.map((f) => [
          f.shape,
          `${f.acknowledgedPerSecond}/s`,
          `${f.storedPerSecond}/s`,
          `${f.referencePerSecond}/s`,
          times(f.ofReference),
          `${f.aim}/s`,
          milliseconds(f.serverProcessor),
          milliseconds(f.generatorProcessor),
          milliseconds(f.eventLoop.p999),
        ]),
      ),
      table(
        ['acknowledgement at 2,000 events/s', 'p50', 'p99'],
        [
          ['alone', milliseconds(quiet.p50), milliseconds(quiet.p99)],
          ['while 8 heavy queries run', milliseconds(busy.p50), milliseconds(busy.p99)],
        ],
      ),
    ]
    return { says: says.join('\n\n'), figures: { throughput: figures, acknowledgement: { alone: quiet, busy } } }
  } finally {
    generator.kill()
    await server.close()
  }
}

interface Load {
  server: BenchServer
  generator: ChildProcess
}

async function order(generator: ChildProcess, load: LoadOrder): Promise<LoadResult> {
  const answer = once(generator, 'message')
  generator.send(load)
  const [result] = (await answer) as [LoadResult]
  return result
}

async function throughput({ server, generator, shape, options }: Load & { shape: Shape; options: BenchOptions }) {
  const share = shape === 'small' ? 1 : 0.3
  const requests = Math.max(1, Math.round(((options.events ?? 300_000) * share) / options.times / eventsEach))
  const events = requests * eventsEach
  const acknowledged: number[] = []
  const processors = { server: [] as number[], generator: [] as number[] }
  const eventLoops: number[] = []
  const random = seededRandom(`reference/${shape}`)
  const load: LoadOrder = { url: server.url, token: server.token, shape, requests, eventsEach, connections }
  await order(generator, load)
  await server.ingest.drained()
  const rows = await lastRows(server, events)
  let bytes = 0
  const timings = await interleave(
    [
      {
        name: 'kindred',
        async run() {
          await merged(server.store)
          const processor = process.cpuUsage()
          // A monitor that goes on from round to round would take the reference, which has the same thread to itself, for one long delay.
          const eventLoop = monitorEventLoopDelay({ resolution: 1 })
          eventLoop.enable()
          const result = await order(generator, load)
          const started = performance.now()
          await server.ingest.drained()
          eventLoop.disable()
          eventLoops.push(eventLoop.percentile(99.9) / 1e6)
          const { user, system } = process.cpuUsage(processor)
          acknowledged.push(result.took)
          processors.server.push((user + system) / 1000)
          processors.generator.push(result.processor)
          bytes = result.bytes
          return result.took + performance.now() - started
        },
      },
      {
        name: 'reference',
        async run() {
          const bodies = Array.from({ length: requests }, () => JSON.stringify({ batch: Array.from({ length: eventsEach }, () => shapes[shape](random)) }))
          await merged(server.store)
          const started = performance.now()
          await parseAndInsert(server.store, bodies, rows)
          return performance.now() - started
        },
      },
    ],
    options.times,
  )
  const kindred = timings.get('kindred')?.median ?? Number.NaN
  const reference = timings.get('reference')?.median ?? Number.NaN
  const rate = (took: number) => Math.round((events * 1000) / took)
  return {
    shape,
    events,
    bytesEach: Math.round(bytes / events),
    times: options.times,
    acknowledgedPerSecond: rate(timing(acknowledged.slice(1)).median),
    storedPerSecond: rate(kindred),
    referencePerSecond: rate(reference),
    ofReference: reference / kindred,
    aim: aims[shape],
    eventLoop: { p999: timing(eventLoops.slice(1)).median },
    serverProcessor: timing(processors.server.slice(1)).median,
    generatorProcessor: timing(processors.generator.slice(1)).median,
  }
}

const rowsEach = 10_000
const referenceProject = 1_000_000
let inserts = 0

/** A row of `events` as the pipeline writes it: without what is empty. */
type Row = Record<string, unknown>

/** The last rows that came of events of the benchmark. */
async function lastRows({ store, projectId }: BenchServer, count: number): Promise<Row[]> {
  const rows = await store.query<Row>(
    render(sql`select * from kindred.events where project_id = ${bind('UInt32', projectId)} order by position desc limit ${bind('UInt32', count)}`),
  )
  return rows.map((row) => Object.fromEntries(Object.entries<unknown>({ ...row, project_id: referenceProject }).filter(([, value]) => value !== '')))
}

/** The least that any receiver of these bodies must do: read the JSON and insert the rows that they come to, in large blocks. */
async function parseAndInsert(store: Store, bodies: readonly string[], rows: readonly Row[]): Promise<void> {
  const bodiesEach = rowsEach / eventsEach
  for (let from = 0; from < bodies.length; from += bodiesEach) {
    const events = bodies.slice(from, from + bodiesEach).flatMap((body) => (JSON.parse(body) as { batch: SampleEvent[] }).batch)
    const lines = events.map(({ uuid }, index) => JSON.stringify({ ...rows[from * eventsEach + index], uuid }))
    inserts += 1
    await store.insert('events', Buffer.from(lines.join('\n')), `reference-${inserts}`)
  }
}

/** Waits until the store merges nothing. */
async function merged(store: Store): Promise<void> {
  const merges = render(raw('select count() as open from system.merges'))
  for (let quiet = 0; quiet < 3; await sleep(100)) {
    const [{ open } = { open: '0' }] = await store.query<{ open: string }>(merges)
    quiet = open === '0' ? quiet + 1 : 0
  }
}

/** Acknowledgements at a steady 2,000 small events a second, for ten seconds. */
async function latency({ server, generator }: Load): Promise<{ p50: number; p99: number }> {
  const load: LoadOrder = { url: server.url, token: server.token, shape: 'small', requests: 200, eventsEach, connections, perSecond: 20 }
  const { acknowledged } = await order(generator, load)
  await server.ingest.drained()
  return { p50: quantile(acknowledged, 0.5), p99: quantile(acknowledged, 0.99) }
}

/** A question that keeps a core busy for about a second. */
const heavy = render(raw('select uniqExact(cityHash64(number) % 300007), quantileExact(0.9)(cityHash64(number, 1) % 1000) from numbers(8000000)'))

async function underQueries<Result>(store: Store, run: () => Promise<Result>): Promise<Result> {
  let running = true
  const asking = Array.from({ length: 8 }, async () => {
    while (running) await store.query(heavy)
  })
  const result = await run()
  running = false
  await Promise.all(asking)
  return result
}
