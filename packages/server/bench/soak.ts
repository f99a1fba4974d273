import { fork } from 'node:child_process'
import { once } from 'node:events'
import { raw, render } from '@kindred/engine'
import { quantile } from '@kindred/science'
import type { Bench, BenchOptions } from './bench.ts'
import { type BenchServer, startBenchServer } from './bench-server.ts'
import type { LoadOrder, LoadResult } from './load-generator.ts'
import { milliseconds, table } from './report.ts'

const eventsEach = 100
const connections = 64
const sampleEvery = 250
const megabyte = 1024 * 1024

/** What is held over the whole run; memory is looked at once the server has warmed up. */
interface Samples {
  lagSeconds: number[]
  memory: number[]
}

/**
 * Small events at an even rate for a long time: how late acknowledgements come, how far the store is behind, whether memory stays level, and whether
 * everything that was acknowledged is in the store in the end. Requests that are refused are counted; nothing is sent twice.
 */
export const soak: Bench = async (options) => {
  const seconds = options.seconds ?? 60
  const rate = options.rate ?? 5000
  const server = await startBenchServer('soak')
  const generator = fork(new URL('./load-generator.ts', import.meta.url), { execArgv: ['--import', 'tsx'] })
  const samples: Samples = { lagSeconds: [], memory: [] }
  const timer = setInterval(() => sample(server, { samples, rate, options }), sampleEvery)
  try {
    const { token, url } = server
    const answer = once(generator, 'message')
    generator.send({
      url,
      token,
      shape: 'small',
      eventsEach,
      connections,
      requests: (rate / eventsEach) * seconds,
      perSecond: rate / eventsEach,
    } satisfies LoadOrder)
    const [result] = (await answer) as [LoadResult]
    clearInterval(timer)
    const behind = performance.now()
    await server.ingest.drained()
    return report({ result, samples, seconds, rate, caughtUp: performance.now() - behind, stored: await storedEvents(server) })
  } finally {
    clearInterval(timer)
    generator.kill()
    await server.close()
  }
}

function sample({ ingest }: BenchServer, { samples, rate, options }: { samples: Samples; rate: number; options: BenchOptions }): void {
  samples.lagSeconds.push(ingest.lag() / rate)
  samples.memory.push(process.memoryUsage().rss / megabyte)
  const latest = samples.lagSeconds.length
  if (latest % 40 === 0) options.say(`${latest / 4} s: ${Math.round(samples.memory.at(-1) ?? 0)} MB, ${(samples.lagSeconds.at(-1) ?? 0).toFixed(1)} s behind`)
}

async function storedEvents({ store, projectId }: BenchServer): Promise<number> {
  const [row] = await store.query<{ events: string }>(render(raw(`select count() as events from kindred.events where project_id = ${projectId}`)))
  return Number(row?.events ?? 0)
}

interface Outcome {
  result: LoadResult
  samples: Samples
  seconds: number
  rate: number
  caughtUp: number
  stored: number
}

function report({ result, samples, seconds, rate, caughtUp, stored }: Outcome) {
  const { acknowledged, refused } = result
  const later = samples.memory.slice(samples.memory.length / 2)
  const half = Math.floor(later.length / 2)
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
  const figures = {
    seconds,
    rate,
    sent: (acknowledged.length + refused) * eventsEach,
    acknowledged: acknowledged.length * eventsEach,
    refused: refused * eventsEach,
    stored,
    lost: acknowledged.length * eventsEach - stored,
    ack: { p50: quantile(acknowledged, 0.5), p99: quantile(acknowledged, 0.99), longest: quantile(acknowledged, 1) },
    lagSeconds: { p99: quantile(samples.lagSeconds, 0.99), longest: quantile(samples.lagSeconds, 1) },
    caughtUp,
    memory: { longest: quantile(samples.memory, 1), risingPercent: (100 * (mean(later.slice(half)) - mean(later.slice(0, half)))) / mean(later) },
    generatorProcessor: result.processor,
  }
  const says = table(
    ['', 'measured'],
    [
      ['sent', `${figures.sent} events, ${rate}/s for ${seconds} s`],
      ['acknowledged', `${figures.acknowledged}, refused ${figures.refused}`],
      ['in the store', `${stored} (${figures.lost} lost)`],
      ['acknowledgement p50, p99, longest', `${milliseconds(figures.ack.p50)}, ${milliseconds(figures.ack.p99)}, ${milliseconds(figures.ack.longest)}`],
      ['store behind p99, longest', `${figures.lagSeconds.p99.toFixed(1)} s, ${figures.lagSeconds.longest.toFixed(1)} s`],
      ['caught up after the end', milliseconds(caughtUp)],
      ['memory, highest', `${Math.round(figures.memory.longest)} MB; ${figures.memory.risingPercent.toFixed(1)} % more in the last quarter than in the third`],
    ],
  )
  return { says, figures }
}
