import type { EChartsCoreOption } from 'echarts/core'
import { axisWords, bucketWords } from '../answer/bucket-words.ts'
import type { ShownAnswer, ShownRow } from '../answer/shown-answer.ts'
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
  return {
    animation: false,
    grid: { left: 8, right: 16, top: 16, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: {
      type: 'category',
      data: answer.buckets.map((bucket) => axisWords(bucket, answer.interval)),
      boundaryGap: kind === 'bar',
      axisLine: { lineStyle: { color: inks.faint } },
      axisTick: { show: false },
      axisLabel: { color: inks.text, hideOverlap: true },
    },
    yAxis: {
      type: 'value',
      axisLabel: { color: inks.text, formatter: (value: number) => short(value) },
      splitLine: { lineStyle: { color: inks.faint } },
    },
    tooltip: tooltip(shown, inks),
    series: rows.flatMap((row) => (kind === 'line' ? linesOf(row, scheme) : barsOf(row, scheme))),
  }
}

/** The row and period a chart's series stands for: its id. */
export const seriesId = (row: ShownRow, compare: 'current' | 'previous'): string => `${compare}:${row.key}`

function linesOf(row: ShownRow, scheme: Scheme): object[] {
  const color = colourOf(row.place, scheme)
  const base = {
    type: 'line',
    name: row.name,
    itemStyle: { color },
    symbol: markOf(row.place),
    symbolSize: 7,
    showSymbol: row.data.length <= 62,
    triggerLineEvent: true,
  }
  const now = { ...base, id: seriesId(row, 'current'), data: row.data, lineStyle: { color, width: 2 }, emphasis: { lineStyle: { width: 3 } } }
  if (row.previous === null) return [now]
  const before = {
    ...base,
    id: seriesId(row, 'previous'),
    data: row.previous.data,
    symbol: 'emptyCircle',
    symbolSize: 5,
    lineStyle: { color, width: 1.5, type: 'dashed', opacity: 0.75 },
  }
  return [before, now]
}

function barsOf(row: ShownRow, scheme: Scheme): object[] {
  const color = colourOf(row.place, scheme)
  const base = { type: 'bar', name: row.name, barMaxWidth: 36, itemStyle: { color, borderRadius: [2, 2, 0, 0] } }
  const now = { ...base, id: seriesId(row, 'current'), data: row.data }
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
