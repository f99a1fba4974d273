import type { EChartsCoreOption } from 'echarts/core'
import type { ShownAnswer } from '../answer/shown-answer.ts'
import { colourOf, inksOf, type Scheme } from './palette.ts'

/** A value ranking as a picture to keep; on the page itself it is drawn as rows of buttons. The longest bar is on top. */
export function rankingOption(shown: ShownAnswer, scheme: Scheme): EChartsCoreOption {
  const inks = inksOf(scheme)
  const rows = [...shown.rows].reverse()
  const write = shown.rows[0]?.write.full ?? String
  return {
    animation: false,
    grid: { left: 8, right: 80, top: 16, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: {
      type: 'value',
      axisLabel: { color: inks.text, formatter: (value: number) => shown.rows[0]?.write.short(value) ?? value },
      splitLine: { lineStyle: { color: inks.faint } },
    },
    yAxis: {
      type: 'category',
      data: rows.map((row) => row.name),
      axisLabel: { color: inks.text, width: 220, overflow: 'truncate' },
      axisTick: { show: false },
    },
    series: [
      {
        type: 'bar',
        barMaxWidth: 24,
        data: rows.map((row) => ({ value: row.total, itemStyle: { color: colourOf(row.point.index, scheme) } })),
        label: { show: true, position: 'right', color: inks.text, formatter: ({ value }: { value: number }) => write(value) },
      },
    ],
  }
}
