import type { EChartsCoreOption } from 'echarts/core'
import { axisWords, bucketWords } from '../answer/bucket-words.ts'
import type { ShownAnswer, ShownRow } from '../answer/shown-answer.ts'
import { unfinishedBuckets } from '../answer/unfinished.ts'
import { colourOf, type Inks, inksOf, markOf, type Scheme } from './palette.ts'
import { escapeHtml } from './text.ts'

interface TimeChart {
  shown: ShownAnswer
  kind: 'line' | 'bar'
  scheme: Scheme
}

/** Lines or bars over time. A row's earlier period is drawn beside it: dashed, or paler. */
export function timeOption({ shown, kind, scheme }: TimeChart): EChartsCoreOption {
  const inks = inksOf(scheme)
  const { rows, answer } = shown
  const short = rows[0]?.write.short ?? String
  const drawing = { scheme, stack: kind === 'bar' && addsUp(shown), unfinished: shown.query.cumulative ? new Set<number>() : unfinishedBuckets(answer) }
  return {
    animation: false,
    grid: { left: 8, right: 16, top: 16, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: {
      type: 'category',
      data: answer.buckets.map((bucket) => axisWords(bucket, answer.interval)),
      boundaryGap: kind === 'bar',
      axisLine: { lineStyle: { color: inks.faint } },
      axisTick: { show: false },
      axisLabel: { color: inks.text, hideOverlap: true, margin: 12 },
    },
    yAxis: {
      type: 'value',
      axisLabel: { color: inks.text, formatter: (value: number) => short(value) },
      splitLine: { lineStyle: { color: inks.faint } },
    },
    tooltip: tooltip(shown, inks),
    series: rows.flatMap((row) => (kind === 'line' ? linesOf(row, drawing) : barsOf(row, drawing))),
  }
}

/** Whether the rows are parts of one total, so that bars may stand on each other: whoever is a person of two values would count twice. */
function addsUp({ query: { breakdown, series, formulas, compare }, rows }: ShownAnswer): boolean {
  const measure = series[0]?.measure
  return (
    rows.length > 1 &&
    breakdown !== undefined &&
    series.length === 1 &&
    formulas.length === 0 &&
    compare === undefined &&
    (measure === 'total' || measure === 'sum')
  )
}

/** The row and period a chart's series stands for: its id. */
export const seriesId = (row: ShownRow, compare: 'current' | 'previous'): string => `${compare}:${row.key}`

interface Drawing {
  scheme: Scheme
  /** Bars of one bucket stand on each other. */
  stack: boolean
  unfinished: ReadonlySet<number>
}

/** The longest line whose points are marked one by one. */
const mostMarks = 62

function linesOf(row: ShownRow, { scheme, unfinished }: Drawing): object[] {
  const color = colourOf(row.place, scheme)
  const base = {
    type: 'line',
    name: row.name,
    itemStyle: { color },
    symbol: markOf(row.place),
    symbolSize: 7,
    showSymbol: row.data.length <= mostMarks,
    triggerLineEvent: true,
  }
  const whole = { ...base, id: seriesId(row, 'current'), data: row.data, lineStyle: { color, width: 2 }, emphasis: { lineStyle: { width: 3 } } }
  const now =
    unfinished.size > 0 && row.data.length <= mostMarks ? [...strokesOf(row, { color, unfinished }), { ...whole, lineStyle: { color, width: 0 } }] : [whole]
  if (row.previous === null) return now
  const before = {
    ...base,
    id: seriesId(row, 'previous'),
    data: row.previous.data,
    symbol: 'emptyCircle',
    symbolSize: 5,
    lineStyle: { color, width: 1.5, type: 'dashed', opacity: 0.75 },
  }
  return [before, ...now]
}

/** A line has one kind of stroke, so the part that leads to a bucket that is not whole is a line of its own, dashed. The marks are those of the row itself. */
function strokesOf(row: ShownRow, { color, unfinished }: { color: string; unfinished: ReadonlySet<number> }): object[] {
  const stroke = (type: 'solid' | 'dashed', isDrawn: (index: number) => boolean) => ({
    type: 'line',
    silent: true,
    symbol: 'none',
    itemStyle: { color },
    lineStyle: { color, width: 2, type },
    data: row.data.map((value, index) => (isDrawn(index) ? value : null)),
  })
  const beside = (index: number) => unfinished.has(index) || unfinished.has(index - 1) || unfinished.has(index + 1)
  return [stroke('solid', (index) => !unfinished.has(index)), stroke('dashed', beside)]
}

function barsOf(row: ShownRow, { scheme, stack, unfinished }: Drawing): object[] {
  const color = colourOf(row.place, scheme)
  const base = { type: 'bar', name: row.name, barMaxWidth: 36, ...(stack && { stack: 'all' }), itemStyle: { color, borderRadius: stack ? 0 : [2, 2, 0, 0] } }
  const data = row.data.map((value, index) => (unfinished.has(index) ? { value, itemStyle: { opacity: 0.6 } } : value))
  const now = { ...base, id: seriesId(row, 'current'), data }
  if (row.previous === null) return [now]
  return [{ ...base, id: seriesId(row, 'previous'), data: row.previous.data, itemStyle: { color, opacity: 0.45 } }, now]
}

interface Hovered {
  seriesId: string
  dataIndex: number
  marker: string
}

function tooltip({ rows, answer }: ShownAnswer, inks: Inks): object {
  const byId = new Map<string, { row: ShownRow; before: boolean }>()
  for (const row of rows) {
    byId.set(seriesId(row, 'current'), { row, before: false })
    byId.set(seriesId(row, 'previous'), { row, before: true })
  }
  return {
    trigger: 'axis',
    confine: true,
    backgroundColor: inks.page,
    borderColor: inks.faint,
    textStyle: { color: inks.text, fontSize: 13 },
    formatter: (hovered: Hovered[]) => {
      const index = hovered[0]?.dataIndex ?? 0
      const bucket = answer.buckets[index]
      const lines = hovered.flatMap(({ seriesId: id, marker }) => {
        const found = byId.get(id)
        if (found === undefined) return []
        const value = (found.before ? found.row.previous?.data : found.row.data)?.[index] ?? 0
        const when = found.before ? ` (${bucketWords(answer.previousBuckets[index] ?? { label: 'before' }, answer.interval)})` : ''
        return [{ value, text: `${marker}${escapeHtml(found.row.name + when)} <b>${escapeHtml(found.row.write.full(value))}</b>` }]
      })
      const most = lines.sort((a, b) => b.value - a.value).slice(0, 12)
      const rest = lines.length > most.length ? `<br>and ${lines.length - most.length} more` : ''
      return `${bucket === undefined ? '' : escapeHtml(bucketWords(bucket, answer.interval))}<br>${most.map((line) => line.text).join('<br>')}${rest}`
    },
  }
}
