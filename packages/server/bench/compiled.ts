import { readFileSync } from 'node:fs'
import { type RenderedSql, raw, render } from '@kindred/engine'
import { median } from '@kindred/science'
import type { Store } from '../src/store/clickhouse/store.ts'
import type { Bench, BenchOptions } from './bench.ts'
import { datasetSize, openDataset } from './dataset.ts'
import { interleave } from './measure.ts'
import { insightQuestions, type Question, segmentQuestions } from './questions.ts'
import { milliseconds, table, times } from './report.ts'

/** The aims of the product: compiled SQL takes at most so many times as long as that of someone who writes it by hand. */
const aims = { insights: 1.3, segments: 1.15 }
/** And what the builder shows at most so many times as long as the size alone. */
const previewAim = 1.5
/** Milliseconds on two cores with 10 million events: of the median definition, and of the slowest. */
const sizeAims = { median: 200, worst: 700 }

const usual = 10_000_000

export const insights: Bench = async (options) => {
  const figures = await compare(insightQuestions(), options, options.events ?? usual)
  return { says: comparisonTable(figures, aims.insights), figures: { aim: aims.insights, questions: figures } }
}

/** Of the first of the sizes each definition beside its references; of all of them how the answers grow. */
export const segments: Bench = async (options) => {
  const [first = usual, ...others] = options.sizes
  const figures = await compare(segmentQuestions(), options, first)
  const took = figures.map(({ kindred }) => kindred)
  const summary = { median: median(took), worst: Math.max(...took) }
  const growth = [{ events: first, took }]
  for (const events of others) growth.push({ events, took: (await compare(segmentQuestions(), options, events)).map(({ kindred }) => kindred) })
  const says = [
    comparisonTable(figures, aims.segments),
    `median ${milliseconds(summary.median)} (aim ${sizeAims.median} ms), worst ${milliseconds(summary.worst)} (aim ${sizeAims.worst} ms)`,
    ...(growth.length > 1 ? [growthTable(figures, growth)] : []),
  ]
  return { says: says.join('\n\n'), figures: { aim: aims.segments, previewAim, sizeAims, ...summary, questions: figures, growth } }
}

interface Figure {
  name: string
  kindred: number
  reference: number
  floor: number
  ofReference: number
  preview: number | null
  spread: number
  times: number
}

async function compare(questions: readonly Question[], options: BenchOptions, events: number): Promise<Figure[]> {
  const store = await openDataset(datasetSize(events), options.say)
  try {
    const figures: Figure[] = []
    for (const question of questions) {
      options.say(question.name)
      figures.push(await measure(store, question, options.times))
    }
    return figures
  } finally {
    await store.close()
  }
}

function comparisonTable(figures: readonly Figure[], aim: number): string {
  const previewed = figures.some(({ preview }) => preview !== null)
  const header = [
    'question',
    'compiled',
    '',
    'hand-written',
    'floor',
    'compiled / hand-written',
    '',
    ...(previewed ? ['preview', 'preview / compiled', ''] : []),
  ]
  const rows = figures.map((figure) => [
    figure.name,
    milliseconds(figure.kindred),
    `± ${milliseconds(figure.spread / 2)}`,
    milliseconds(figure.reference),
    milliseconds(figure.floor),
    times(figure.ofReference),
    above(figure.ofReference, aim),
    ...(figure.preview === null
      ? []
      : [milliseconds(figure.preview), times(figure.preview / figure.kindred), above(figure.preview / figure.kindred, previewAim)]),
  ])
  return table(header, rows)
}

function growthTable(figures: readonly Figure[], growth: readonly { events: number; took: readonly number[] }[]): string {
  const header = ['definition', ...growth.map(({ events }) => `${events.toLocaleString('en')} events`)]
  return table(
    header,
    figures.map(({ name }, index) => [name, ...growth.map(({ took }) => milliseconds(took[index] ?? Number.NaN))]),
  )
}

function above(ratio: number, aim: number): string {
  return ratio <= aim ? '' : `above ${aim}`
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
  const { preview } = question
  const subjects = [ask('kindred', question.sql), ask('reference', reference), ask('floor', frozen(`${question.name}.floor`))]
  const timings = await interleave(preview === undefined ? subjects : [...subjects, ask('preview', preview)], rounds)
  const took = (name: string) => timings.get(name)?.median ?? Number.NaN
  return {
    name: question.name,
    kindred: took('kindred'),
    reference: took('reference'),
    floor: took('floor'),
    ofReference: took('kindred') / took('reference'),
    preview: preview === undefined ? null : took('preview'),
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
