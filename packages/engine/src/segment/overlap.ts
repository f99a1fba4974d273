import { conditionSql } from '../condition/kinds.ts'
import { join, raw, type Sql, sql } from '../sql.ts'
import type { Subject } from '../subject.ts'
import type { MemberContext, PlannedSegment } from './plan-definition.ts'

/** The most segments that fit into one mask. */
export const mostSegmentsAtOnce = 60

export interface MaskRow {
  /** Bit i: the i-th segment. */
  mask: string
  n: string
  /** How many of them `flag` holds of. */
  flagged: string
}

export interface OverlapOptions {
  context: MemberContext
  /** Only those in it are counted; left out: everyone. */
  scope?: PlannedSegment | undefined
  /** Who everyone is; left out: whom `scope` is asked of, or the first segment. */
  subject?: Subject | undefined
  /** UInt8 about the subject `p`, counted for each combination. */
  flag?: Sql
}

/**
 * Who is in which of the segments, in one scan: a row for each combination that occurs, most first. All segments are of one unit, as is `scope`.
 */
export function overlapSql(segments: readonly PlannedSegment[], options: OverlapOptions): Sql {
  return sql`select mask, count() as n, sum(flag) as flagged from (${maskedSql(segments, options)}) group by mask order by n desc, mask`
}

/** A number of people summed for each combination of their segments: rows of `mask` and `total`. `totals`: a statement of `id` and `total`. */
export function overlapSumSql(segments: readonly PlannedSegment[], options: OverlapOptions & { totals: Sql }): Sql {
  const { totals } = options
  return sql`select mask, ifNull(sum(total), 0) as total from (${totals}) as o inner join (${maskedSql(segments, options)}) as m on m.id = o.id group by mask`
}

function maskedSql(segments: readonly PlannedSegment[], { context, scope, subject: everyone, flag = raw('0') }: OverlapOptions): Sql {
  const subject = everyone ?? (scope ?? segments[0])?.subject
  if (subject === undefined) throw new Error('an overlap needs a segment')
  const asking = { context, subject }
  const bits = segments.map(({ plan }, index) => sql`bitShiftLeft(toUInt64(${conditionSql(plan, asking)}), ${raw(String(index))})`)
  const rows = subject.rows(context, scope === undefined ? [] : [conditionSql(scope.plan, asking)])
  return sql`select ${subject.id} as id, ${join(bits, ' + ', 'toUInt64(0)')} as mask, toUInt8(${flag}) as flag ${rows}`
}
