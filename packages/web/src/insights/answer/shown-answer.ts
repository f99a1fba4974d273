import type { BreakdownKey, InsightAnswer, InsightRow, NumberFormat, Point, Project, TrendsQuery } from '@kindred/model'
import { type Labels, lettersInWords, seriesWords } from '../question/words.ts'
import { kindOfRow, type NumberWriter, numberWriter } from './number-format.ts'

/** A row of an answer as every view shows it: named, with its earlier self, its way of writing and its place in the palette. */
export interface ShownRow {
  key: string
  name: string
  /** What is measured, in words. */
  measure: string
  /** The breakdown value alone, where several rows differ only in it. */
  value: string
  breakdown: BreakdownKey | undefined
  data: number[]
  total: number
  /** Whether its numbers over time add up to one that means something: those of a formula or an average do not. */
  adds: boolean
  previous: { data: number[]; total: number } | null
  headcount: boolean
  kind: NumberFormat
  write: NumberWriter
  place: number
  /** What this row's people are asked for by. */
  point: Pick<Point, 'index' | 'formula' | 'breakdown'>
}

export interface ShownAnswer {
  rows: ShownRow[]
  query: TrendsQuery
  answer: InsightAnswer
}

export interface Showing {
  query: TrendsQuery
  labels: Labels
  project: Pick<Project, 'currency' | 'roles'>
  locale?: string
}

export function showAnswer(answer: InsightAnswer, showing: Showing): ShownAnswer {
  const previous = new Map(answer.rows.filter((row) => row.compare === 'previous').map((row) => [keyOf(row), row]))
  const current = answer.rows.filter((row) => row.compare !== 'previous')
  const several = new Set(current.map((row) => `${row.formula}${row.index}`)).size > 1
  const rows = current.map((row, place) => showRow({ row, before: previous.get(keyOf(row)), place, several, showing }))
  return { rows, query: showing.query, answer }
}

interface RowToShow {
  row: InsightRow
  before: InsightRow | undefined
  place: number
  several: boolean
  showing: Showing
}

function showRow({ row, before, place, several, showing }: RowToShow): ShownRow {
  const kind = kindOfRow(row, showing.query, showing.project.roles)
  const measured = measuredWords(row, showing)
  const value = row.breakdown === undefined ? measured : valueWords(row.breakdown)
  return {
    key: keyOf(row),
    measure: measured,
    name: row.breakdown === undefined ? measured : several ? `${measured}: ${value}` : value,
    value,
    breakdown: row.breakdown,
    data: row.data,
    total: row.total,
    adds: addsUp(row, showing.query),
    previous: before === undefined ? null : { data: before.data, total: before.total },
    headcount: row.headcount,
    kind,
    write: numberWriter(kind, showing.project.currency, showing.locale),
    place,
    point: { index: row.index, formula: row.formula, ...(row.breakdown === undefined ? {} : { breakdown: row.breakdown }) },
  }
}

function addsUp(row: InsightRow, { series, cumulative }: TrendsQuery): boolean {
  // A running sum is its own total.
  return cumulative || (!row.formula && ['total', 'people', 'sessions', 'sum'].includes(series[row.index]?.measure ?? 'total'))
}

/** The number that stands for all those of a row over time. */
export function overallWords({ adds, data, total, write }: Pick<ShownRow, 'adds' | 'data' | 'total' | 'write'>): string {
  if (adds || data.length < 2) return write.full(total)
  return `${write.full(data.reduce((sum, each) => sum + each, 0) / data.length)} on average`
}

/** The rows of all others that are so much higher than every other that drawn beside them they would press them flat. */
export function flatteningRows(rows: readonly ShownRow[]): ShownRow[] {
  const highest = (row: ShownRow) => Math.max(0, ...row.data)
  const [others, named] = [rows.filter(isOthers), rows.filter((row) => !isOthers(row))]
  const most = Math.max(0, ...named.map(highest))
  return named.length < 2 || most === 0 ? [] : others.filter((row) => highest(row) > flatAt * most)
}
/** Rows are then drawn in the lowest third of the chart. */
const flatAt = 3
const isOthers = ({ breakdown }: ShownRow) => breakdown?.kind === 'other'

/** The words of a breakdown's row: its value, or what stands for no value and for the rest. */
function valueWords(key: BreakdownKey): string {
  if (key.kind === 'none') return 'No value'
  if (key.kind === 'other') return 'All others'
  return key.kind === 'segment' ? key.name : key.value
}

/** The point behind one cell. */
export const pointOf = (row: ShownRow, bucket?: number, compare: Point['compare'] = 'current'): Point => ({
  ...row.point,
  compare,
  ...(bucket === undefined ? {} : { bucket }),
})

function measuredWords(row: InsightRow, { query, labels }: Showing): string {
  if (row.formula) return lettersInWords(query.formulas[row.index] ?? row.label, query, labels)
  const series = query.series[row.index]
  return series === undefined ? row.label : seriesWords(series, labels)
}

const keyOf = (row: InsightRow): string => `${row.formula ? 'f' : 's'}${row.index}:${row.breakdown === undefined ? '' : JSON.stringify(row.breakdown)}`
