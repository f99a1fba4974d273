import { lazy, Suspense } from 'react'
import type { ShownAnswer } from '../answer/shown-answer.ts'
import { ChartSkeleton } from './chart-skeleton.tsx'
import { NumberResult } from './number-result.tsx'
import type { OpenPoint } from './open-point.ts'
import { RankingResult } from './ranking-result.tsx'
import { TableResult } from './table-result.tsx'
import { TimeResult } from './time-result.tsx'

const MapResult = lazy(() => import('./map-result.tsx'))

interface ResultProps {
  shown: ShownAnswer
  /** The same numbers as a table instead of a picture. */
  asTable: boolean
  onOpen: OpenPoint
}

/** An answer as its question wants it shown. */
export function Result({ shown, asTable, onOpen }: ResultProps) {
  const { display } = shown.query
  if (asTable || display === 'table') return <TableResult shown={shown} onOpen={onOpen} />
  if (display === 'number') return <NumberResult shown={shown} onOpen={onOpen} />
  if (display === 'ranking') return <RankingResult shown={shown} onOpen={onOpen} />
  if (display === 'map')
    return (
      <Suspense fallback={<ChartSkeleton />}>
        <MapResult shown={shown} onOpen={onOpen} />
      </Suspense>
    )
  return <TimeResult key={display} shown={shown} kind={display} onOpen={onOpen} />
}
