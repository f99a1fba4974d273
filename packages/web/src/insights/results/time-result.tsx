import { Text } from '@mantine/core'
import { lazy, Suspense, useMemo, useState } from 'react'
import { bucketWords } from '../answer/bucket-words.ts'
import { flatteningRows, overallWords, pointOf, type ShownAnswer, type ShownRow } from '../answer/shown-answer.ts'
import type { ChartClick } from '../chart/canvas.tsx'
import { seriesId, timeOption } from '../chart/time-option.ts'
import { ChartSkeleton, chartHeight } from './chart-skeleton.tsx'
import { Legend } from './legend.tsx'
import type { OpenPoint } from './open-point.ts'
import { useScheme } from './use-scheme.ts'

const Canvas = lazy(() => import('../chart/canvas.tsx'))

interface TimeResultProps {
  shown: ShownAnswer
  kind: 'line' | 'bar'
  onOpen: OpenPoint
}

/** A chart over time with its rows below it, which also switch lines off and on. */
export function TimeResult({ shown, kind, onOpen }: TimeResultProps) {
  const scheme = useScheme()
  const flattening = useMemo(() => flatteningRows(shown.rows), [shown])
  const [chosen, setChosen] = useState<ReadonlySet<string>>()
  const hidden = useMemo(() => chosen ?? new Set(flattening.map(({ key }) => key)), [chosen, flattening])
  const visible = useMemo(() => ({ ...shown, rows: shown.rows.filter((row) => !hidden.has(row.key)) }), [shown, hidden])
  const option = useMemo(() => timeOption({ shown: visible, kind, scheme }), [visible, kind, scheme])

  const openBucket = (row: ShownRow, index: number, compare: 'current' | 'previous') => {
    const bucket = (compare === 'previous' ? shown.answer.previousBuckets : shown.answer.buckets)[index]
    if (bucket !== undefined) onOpen(pointOf(row, bucket.start, compare), `${row.name}, ${bucketWords(bucket, shown.answer.interval)}`)
  }
  const openMark = (click: ChartClick) => {
    for (const row of visible.rows)
      for (const compare of ['current', 'previous'] as const) if (click.seriesId === seriesId(row, compare)) openBucket(row, click.dataIndex, compare)
  }
  const [only, ...others] = visible.rows
  return (
    <>
      <Suspense fallback={<ChartSkeleton />}>
        <Canvas
          option={option}
          label={chartLabel(visible)}
          height={chartHeight}
          onClick={openMark}
          onClickBucket={only !== undefined && others.length === 0 ? (index) => openBucket(only, index, 'current') : undefined}
        />
      </Suspense>
      {chosen === undefined && flattening.length > 0 && (
        <Text c="dimmed" size="sm">
          {flattening.map(({ name }) => `“${name}”`).join(', ')} is so high that the others would be flat beside it. Tick it below to draw it too.
        </Text>
      )}
      <Legend rows={shown.rows} hidden={hidden} onHide={setChosen} onOpen={onOpen} />
    </>
  )
}

/** The chart in a sentence: what, from when to when, the total and the highest point of each row. */
function chartLabel({ rows, answer }: ShownAnswer): string {
  const { buckets, interval } = answer
  const [first, last] = [buckets[0], buckets.at(-1)]
  const span = first === undefined || last === undefined ? '' : `, ${bucketWords(first, interval)} to ${bucketWords(last, interval)}`
  const told = rows.slice(0, 5).map((row) => {
    const highest = buckets[row.data.indexOf(Math.max(...row.data))]
    return `${row.name}: ${overallWords(row)}${row.adds ? ' in all' : ''}${highest === undefined ? '' : `, highest ${bucketWords(highest, interval)}`}`
  })
  return `Chart over time${span}. ${told.join('. ')}${rows.length > 5 ? `, and ${rows.length - 5} more rows` : ''}. The table below the chart has every number.`
}
