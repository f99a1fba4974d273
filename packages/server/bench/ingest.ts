import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { hotTextColumns, raw, render } from '@kindred/engine'
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
 * Events over HTTP in batches of 100, each acknowledged once on disk, against parsing and inserting the same rows with nothing
 * else; then how long an acknowledgement takes while the engine is idle and while it answers eight heavy questions.
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
  const eventLoop = monitorEventLoopDelay({ resolution: 1 })
  const random = seededRandom(`reference/${shape}`)
  let bytes = 0
  const timings = await interleave(
    [
      {
        name: 'kindred',
        async run() {
          const processor = process.cpuUsage()
          eventLoop.enable()
          const result = await order(generator, { url: server.url, token: server.token, shape, requests, eventsEach, connections })
          const started = performance.now()
          await server.ingest.drained()
          eventLoop.disable()
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
          const started = performance.now()
          await parseAndInsert(server.store, bodies)
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
    eventLoop: { p999: eventLoop.percentile(99.9) / 1e6 },
    serverProcessor: timing(processors.server.slice(1)).median,
    generatorProcessor: timing(processors.generator.slice(1)).median,
  }
}

const rowsEach = 10_000
let inserts = 0

/** The least that any receiver of these bodies must do: read the JSON and insert the rows, in large blocks. */
async function parseAndInsert(store: Store, bodies: readonly string[]): Promise<void> {
  for (let from = 0; from < bodies.length; from += rowsEach / eventsEach) {
    const rows = bodies.slice(from, from + rowsEach / eventsEach).flatMap((body) => (JSON.parse(body) as { batch: SampleEvent[] }).batch.map(toRow))
    inserts += 1
    await store.insert('events', Buffer.from(rows.join('\n')), `reference-${inserts}`)
  }
}

const referenceProject = 1_000_000

function toRow({ uuid, event, distinct_id, timestamp, properties }: SampleEvent): string {
  const at = timestamp.replace('T', ' ').replace('Z', '')
  const row: Record<string, unknown> = {
    project_id: referenceProject,
    event,
    timestamp: at,
    actor_id: 1,
    person_id: 1,
    uuid,
    distinct_id,
    received_at: at,
    position: 1,
    source: 'posthog',
  }
  const rest: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(properties)) {
    const column = hotTextColumns[key as keyof typeof hotTextColumns]
    if (column === undefined) rest[key] = value
    else row[column] = String(value)
  }
  return JSON.stringify({ ...row, properties: rest })
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
