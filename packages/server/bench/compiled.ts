import { readFileSync } from 'node:fs'
import { type RenderedSql, raw, render } from '@kindred/engine'
import type { Store } from '../src/store/clickhouse/store.ts'
import type { Bench, BenchOptions, BenchResult } from './bench.ts'
import { datasetSize, openDataset } from './dataset.ts'
import { interleave } from './measure.ts'
import { insightQuestions, type Question, segmentQuestions } from './questions.ts'
import { milliseconds, table, times } from './report.ts'

/** The aim of the product: compiled SQL takes at most so many times as long as that of someone who writes it by hand. */
const aim = 1.3

export const insights: Bench = (options) => compare(insightQuestions(), options)
export const segments: Bench = (options) => compare(segmentQuestions(), options)

interface Figure {
  name: string
  kindred: number
  reference: number
  floor: number
  ofReference: number
  spread: number
  times: number
}

async function compare(questions: readonly Question[], options: BenchOptions): Promise<BenchResult> {
  const store = await openDataset(datasetSize(options.events ?? 10_000_000), options.say)
  try {
    const figures: Figure[] = []
    for (const question of questions) {
      options.say(question.name)
      figures.push(await measure(store, question, options.times))
    }
    const rows = figures.map((figure) => [
      figure.name,
      milliseconds(figure.kindred),
      `± ${milliseconds(figure.spread / 2)}`,
      milliseconds(figure.reference),
      milliseconds(figure.floor),
      times(figure.ofReference),
      figure.ofReference <= aim ? '' : `above ${aim}`,
    ])
    return { says: table(['question', 'compiled', '', 'hand-written', 'floor', 'compiled / hand-written', ''], rows), figures: { aim, questions: figures } }
  } finally {
    await store.close()
  }
}

async function measure(store: Store, question: Question, rounds: number): Promise<Figure> {
  const reference = frozen(question.name)
  await checkSameAnswer(store, question, reference)
  const ask = (name: string, statement: RenderedSql) => ({
    name,
    async run() {
      await store.query(statement)
      return undefined
    },
  })
  const timings = await interleave([ask('kindred', question.sql), ask('reference', reference), ask('floor', frozen(`${question.name}.floor`))], rounds)
  const took = (name: string) => timings.get(name)?.median ?? Number.NaN
  return {
    name: question.name,
    kindred: took('kindred'),
    reference: took('reference'),
    floor: took('floor'),
    ofReference: took('kindred') / took('reference'),
    spread: timings.get('kindred')?.spread ?? Number.NaN,
    times: rounds,
  }
}

async function checkSameAnswer(store: Store, { name, sql, total }: Question, reference: RenderedSql): Promise<void> {
  const compiled = total(await store.query<Record<string, unknown>>(sql))
  const written = (await store.query<{ value: unknown }>(reference)).flatMap((row) => row.value).reduce<number>((sum, value) => sum + Number(value), 0)
  if (Math.abs(compiled - written) > 1e-9 * Math.abs(written)) throw new Error(`${name}: compiled SQL answers ${compiled}, the hand-written ${written}`)
}

function frozen(name: string): RenderedSql {
  return render(raw(readFileSync(new URL(`./sql/${name}.sql`, import.meta.url), 'utf8')))
}
