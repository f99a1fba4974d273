import { bind, isMemberSql, personProperty, personsWhere, planSegment, planTrait, propertiesRead, render, type Sql, sql, toldValuesSql } from '@kindred/engine'
import { KindredError, type SegmentationGroups, type SegmentationSave } from '@kindred/model'
import { checkValuesShown, sensitivityOf } from '../data/sensitive.ts'
import { reachSql } from '../segments/reach.ts'
import { allTraits } from '../traits/list-traits.ts'
import type { Asking, Counted } from './counted.ts'
import { revenueTotals } from './revenue.ts'

type ByValue = Exclude<SegmentationGroups, { by: 'segments' }>

interface ValueRow {
  value: string
  n: string
  reachable: string
  revenue: number
}

/**
 * One group for each of the most frequent values, and everyone else: the other values, and none. A report is opened by links too, so the values of what is
 * sensitive are never told, nor those of a trait that is computed from it. Errors: `property/sensitive`, those of `traitTexts`.
 */
export async function groupsByValue({ parts, context, project }: Asking, { scope }: SegmentationSave, groups: ByValue): Promise<Counted> {
  await checkGroupsShown({ parts, context, project }, groups)
  const { reachable } = reachSql('email', context)
  const inside = scope.segment === null ? [] : [isMemberSql(planSegment(scope.segment, context), context)]
  const totals = revenueTotals(context)
  const everyone = (value: Sql) => sql`select p.person_id as id, ${value} as own, ${reachable} as can_reach ${personsWhere(context, inside)}`
  const people =
    groups.by === 'property'
      ? sql`select id, own as value, can_reach from (${everyone(sql`ifNull(${personProperty(groups.property, context).text}, '')`)})`
      : sql`select m.id as id, ifNull(t.value, '') as value, can_reach from (${everyone(sql`''`)}) as m left join (${traitTexts(groups.trait, context)}) as t on t.id = m.id`
  const ranked = sql`row_number() over (order by n desc, value)`
  const rows = await parts.store.query<ValueRow>(
    render(
      sql`select if(place <= ${bind('UInt32', groups.limit)}, value, '') as value, sum(n) as n, sum(reachable) as reachable, sum(revenue) as revenue
from (select value, n, reachable, revenue, if(value = '', 4294967295, ${ranked}) as place
from (select value, count() as n, sum(can_reach) as reachable, sum(ifNull(o.total, 0)) as revenue from (${people}) as m left join (${totals ?? nothing}) as o on o.id = m.id group by value))
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
  return {
    unit: 'person',
    inScope: sum(counted),
    covered: sum(counted.filter((_, index) => rows[index]?.value !== '')),
    overlapping: 0,
    groups: counted,
    pairs: [],
  }
}

async function checkGroupsShown({ parts, context, project }: Asking, groups: ByValue): Promise<void> {
  if (groups.by === 'property') return checkValuesShown(parts, project.id, { of: 'person', property: groups.property })
  const definition = allTraits(context).get(groups.trait)?.definition
  const sensitivity = await sensitivityOf(parts, project.id)
  const sensitive = definition === undefined ? undefined : propertiesRead(definition, context).find(({ of, name }) => sensitivity[of](name))
  if (sensitive !== undefined) throw new KindredError('property/sensitive', { property: sensitive.name })
}

/** Rows of `id` and `value`. Errors: `segment/invalid` for a trait that has no texts, `trait/not-found`. */
function traitTexts(name: string, context: Asking['context']): Sql {
  const info = allTraits(context).get(name)
  if (info === undefined) throw new KindredError('trait/not-found', { name })
  const planned = planTrait(info.definition, context)
  if (planned.trait.type !== 'text' || planned.subject.unit !== 'person') {
    throw new KindredError('segment/invalid', {
      path: 'groups.trait',
      reason: `${name} has no texts that people could be sorted by: choose a trait of people whose values are texts`,
    })
  }
  return toldValuesSql(planned, context) ?? sql`select toUInt64(0) as id, '' as value where 0`
}

const nothing = sql`select toUInt64(0) as id, toFloat64(0) as total where 0`
