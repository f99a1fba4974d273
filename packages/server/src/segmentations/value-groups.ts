import { bind, isMemberSql, personProperty, personsWhere, planSegment, raw, render, sql } from '@kindred/engine'
import type { SegmentationGroups, SegmentationSave } from '@kindred/model'
import type { Asking, Counted } from './report.ts'
import { revenueTotals } from './revenue.ts'

type ByValue = Exclude<SegmentationGroups, { by: 'segments' }>

interface ValueRow {
  value: string
  n: string
  reachable: string
  revenue: number
}

/** One group for each of the most frequent values, and everyone else: the other values, and none. */
export async function groupsByValue({ parts, context, project }: Asking, { scope }: SegmentationSave, groups: ByValue): Promise<Counted> {
  const at = { now: context.now, timezone: project.timezone }
  const value = groups.by === 'property' ? personProperty(groups.property, at).text : raw("''")
  const email = personProperty('standard.email', at).exists
  const inside = scope.segment === null ? [] : [isMemberSql(planSegment(scope.segment, context), context)]
  const totals = revenueTotals(context)
  const people = sql`select p.person_id as id, ifNull(${value}, '') as value, ifNull(${email}, 0) as has_email ${personsWhere(context, inside)}`
  const ranked = sql`row_number() over (order by n desc, value)`
  const rows = await parts.store.query<ValueRow>(
    render(
      sql`select if(place <= ${bind('UInt32', groups.limit)}, value, '') as value, sum(n) as n, sum(reachable) as reachable, sum(revenue) as revenue
from (select value, n, reachable, revenue, if(value = '', 4294967295, ${ranked}) as place
from (select value, count() as n, sum(has_email) as reachable, sum(ifNull(o.total, 0)) as revenue from (${people}) as m left join (${totals ?? nothing}) as o on o.id = m.id group by value))
group by value order by value = '', n desc, value`,
    ),
  )
  const counted = rows.map((row) => ({
    segment: null,
    name: row.value === '' ? 'Everyone else' : row.value,
    mainSegment: null,
    size: Number(row.n),
    own: Number(row.n),
    reachable: Number(row.reachable),
    revenue: totals === null ? null : Math.round(Number(row.revenue) * 100) / 100,
  }))
  const sum = (of: readonly { own: number }[]) => of.reduce((all, { own }) => all + own, 0)
  return { inScope: sum(counted), covered: sum(counted.filter((_, index) => rows[index]?.value !== '')), overlapping: 0, groups: counted, pairs: [] }
}

const nothing = sql`select toUInt64(0) as id, toFloat64(0) as total where 0`
