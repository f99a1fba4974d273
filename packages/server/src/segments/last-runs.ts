import type { SegmentKeeping } from '@kindred/model'
import type { ExpressionBuilder } from 'kysely'
import type { Parts } from '../parts.ts'
import type { CatalogTables } from '../store/catalog/tables.ts'
import { underWay } from './membership/recompute.ts'
import type { SegmentRow } from './segment-row.ts'

/** What a segment's recomputations tell of it. */
export type LastRuns = Pick<SegmentKeeping, 'recorded' | 'recordError' | 'weekAgo'>

const week = 7 * 86_400_000
const noRuns: LastRuns = { recorded: null, recordError: null, weekAgo: null }

/** Of each segment, by its id: the last recomputation that came to its end, the one in force a week ago, and whether the very last failed. */
export async function lastRuns({ catalog, clock }: Pick<Parts, 'catalog' | 'clock'>, segments: readonly SegmentRow[]): Promise<(id: number) => LastRuns> {
  if (segments.length === 0) return () => noRuns
  const ids = segments.map(({ id }) => id)
  const moment = clock() - week
  /** Looked up from the newest of each segment backwards, so that a long history is not read. */
  const newest = (where: (run: ExpressionBuilder<CatalogTables, 'segment_runs'>) => ReturnType<typeof run.and>) =>
    catalog
      .selectFrom('segments')
      .where('segments.id', 'in', ids)
      .select((segment) =>
        segment
          .selectFrom('segment_runs')
          .select('segment_runs.id')
          .whereRef('segment_id', '=', 'segments.id')
          .where(where)
          .orderBy('segment_runs.id', 'desc')
          .limit(1)
          .as('id'),
      )
  // One that is under way has not failed, nor come to its end.
  const over = newest((run) => run.or([run('error', 'is', null), run('error', '!=', underWay)]))
  const ended = newest((run) => run.and([run('error', 'is', null)]))
  const before = newest((run) => run.and([run('error', 'is', null), run('at', '<=', moment)]))
  const rows = await catalog
    .selectFrom('segment_runs')
    .selectAll()
    .where((run) => run.or([run('id', 'in', ended), run('id', 'in', before), run('id', 'in', over)]))
    .orderBy('id')
    .execute()
  const versions = new Map(segments.map(({ id, version }) => [id, version]))
  const found = new Map<number, LastRuns>()
  for (const { segment_id: id, at, position, size, version, error } of rows) {
    const told = found.get(id) ?? noRuns
    const weekAgo = error === null && at <= moment ? { size, newRule: version !== versions.get(id) } : told.weekAgo
    found.set(id, { recorded: error === null ? { at, position, size } : told.recorded, recordError: error, weekAgo })
  }
  return (id) => found.get(id) ?? noRuns
}
