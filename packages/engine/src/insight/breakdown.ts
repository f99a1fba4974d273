import { type Breakdown, type BreakdownKey, KindredError, type TrendsQuery } from '@kindred/model'
import type { CompileContext } from '../context.ts'
import { personsWhere } from '../people.ts'
import { personProperty } from '../property.ts'
import { bind, join, raw, type Sql, sql } from '../sql.ts'
import { segmentPeopleSql } from './filters.ts'

export type PropertyBreakdown = Extract<Breakdown, { property: string }>
export type SegmentBreakdown = Extract<Breakdown, { segments: number[] }>

/** A world map shows every country, whatever the number of rows a table would show. */
const mapLimit = 250

export function isOfProperty(breakdown: Breakdown | undefined): breakdown is PropertyBreakdown {
  return breakdown !== undefined && 'property' in breakdown
}

/** Whether the rows are told apart by who did them, not by what was done. */
export function isOfPeople(breakdown: Breakdown | undefined): boolean {
  return breakdown !== undefined && (!isOfProperty(breakdown) || breakdown.of === 'person')
}

function limitOf(breakdown: PropertyBreakdown, { display }: Pick<TrendsQuery, 'display'>): number {
  return display === 'map' ? Math.max(breakdown.limit, mapLimit) : breakdown.limit
}

/** The rows of a query with the person's value as `key`, '' where there is none. The rows have a column `person`, and no `key`. */
export function withPersonKey(rows: Sql, property: string, context: CompileContext): Sql {
  const { text } = personProperty(property, context)
  const values = sql`select p.person_id as id, assumeNotNull(${text}) as value ${personsWhere(context, [sql`isNotNull(${text})`])}`
  return sql`select r.*, v.value as key from (${rows}) as r left join (${values}) as v on v.id = r.person`
}

/** The rows once for each segment that the person is in, the segment's id as `key`. */
export function withSegmentKey(rows: Sql, { segments }: SegmentBreakdown, context: CompileContext): Sql {
  const memberships = segments.map((id) => (id === 0 ? raw('1') : sql`person in (${segmentPeopleSql(id, context)})`))
  const ids = bind('Array(String)', segments.map(String))
  return sql`select *, arrayJoin(arrayFilter((id, inside) -> inside, ${ids}, [${join(memberships, ', ')}])) as key from (${rows})`
}

/** UInt8 over the column `key`: the row belongs to this part of the breakdown. `shown` are the values that have a row of their own. */
export function keySql(key: BreakdownKey, shown: readonly string[]): Sql {
  switch (key.kind) {
    case 'value':
      return sql`key = ${bind('String', key.value)}`
    case 'none':
      return raw(`key = ''`)
    case 'segment':
      return sql`key = ${bind('String', String(key.id))}`
    case 'other':
      return sql`(key != '' and key not in ${bind('Array(String)', shown)})`
  }
}

/**
 * Cells (period, series, key, bucket, value, weight) of all values, cut to the values that come first by their weight, then by name. A value keeps
 * its row in every series of a formula when it comes first in one of them, so that what is rare there is not taken for nothing. `place` 0 is a
 * value, 1 no value (which competes with none), 2 the sum of all others.
 */
export function rankedSql(cells: Sql, breakdown: PropertyBreakdown, query: TrendsQuery): Sql {
  const together = query.formulas.length > 0 ? raw('period, key') : raw('period, series, key')
  const limit = bind('UInt32', limitOf(breakdown, query))
  return sql`
select period, series, place, if(place = 2, '', key) as key, cell.1 as bucket, sum(cell.2) as value
from (
  select period, series, key, cells, multiIf(key = '', 1, min(rank) over (partition by ${together}) <= ${limit}, 0, 2) as place
  from (
    select period, series, key, cells, row_number() over (partition by period, series, key = '' order by weight desc, key) as rank
    from (select period, series, key, groupArray((bucket, value)) as cells, sum(weight) as weight from (${cells}) group by period, series, key)
  )
)
array join cells as cell
${breakdown.hideOther ? raw('where place != 2') : raw('')}
group by period, series, place, key, bucket`
}

/** The parts of a breakdown by segments, in the order asked for. Errors: `segment/not-found`. */
export function segmentKeys({ segments }: SegmentBreakdown, context: Pick<CompileContext, 'segments'>): BreakdownKey[] {
  return segments.map((id) => {
    const name = id === 0 ? 'Everyone' : context.segments.get(id)?.name
    if (name === undefined) throw new KindredError('segment/not-found', { id })
    return { kind: 'segment', id, name }
  })
}
