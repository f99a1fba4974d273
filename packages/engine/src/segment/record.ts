import { mergesSql, personsWhere } from '../people.ts'
import { bind, join, raw, type Sql, sql } from '../sql.ts'
import { membersSql } from './members.ts'
import type { MemberContext, PlannedSegment } from './plan-definition.ts'
import { instant, memberColumn, type Recorded, recordedRowsSql } from './recorded.ts'

/** A recomputation: everything it needs beside the definition. */
export interface Recomputation extends Recorded {
  run: number
  version: number
  /** Epoch milliseconds. */
  at: number
  /** Exact through this position of the log. */
  position: number
  /** Of changes that are no merge, no deletion and not made by hand. `look`: each is looked at for whether it came of new data or of time. */
  cause: 'rule' | 'hand' | 'look'
  /** The recomputation before: what it was asked with, to tell time from data. Left out: this is the first. */
  before?: { at: number; position: number; planned: PlannedSegment; context: MemberContext } | undefined
}

/**
 * Writes the difference between who meets the definition and who is recorded, with the cause of each change. `planned` is made for the instant
 * and the position of the recomputation.
 */
export function recomputeSql(planned: PlannedSegment, context: MemberContext, recomputation: Recomputation): Sql {
  const { projectId, segmentId, unit, run, version, at, position } = recomputation
  const isPeople = unit !== 'account'
  // Ids begin at 1, so that 0 is the side that an outer join did not find.
  const difference = sql`select if(c.id = 0, r.id, c.id) as member, c.id != 0 as comes, r.joined as joined
from (${membersSql(planned, context)}) as c full outer join (${recordedRowsSql(recomputation)}) as r on c.id = r.id where c.id = 0 or r.id = 0`
  const [person, account] = isPeople ? [raw('d.member'), raw('0')] : [raw('0'), raw('d.member')]
  const merged = sql`select o.to_id as id, min(r.joined) as earliest from (${recordedRowsSql(recomputation)}) as r inner join (${mergesSql(projectId)}) as o on o.from_id = r.id group by id`
  const joins = isPeople ? sql` left join (${merged}) as m on m.id = d.member` : raw('')
  const since = isPeople
    ? sql`multiIf(d.comes = 0, d.joined, m.id != 0, least(m.earliest, ${instant(at)}), ${instant(at)})`
    : sql`if(d.comes = 0, d.joined, ${instant(at)})`
  return sql`insert into kindred.segment_changes (project_id, segment_id, person_id, account_id, run, entered, at, since, position, cause, version)
select ${bind('UInt32', projectId)}, ${bind('UInt64', segmentId)}, ${person}, ${account}, ${bind('UInt64', run)}, d.comes, ${instant(at)}, ${since}, ${bind('UInt64', position)}, ${causeSql(recomputation)}, ${bind('UInt32', version)}
from (${difference}) as d${joins}`
}

/** The cause of a change of `d.member`; a person who is gone, or was merged, is told before all else. */
function causeSql(recomputation: Recomputation): Sql {
  const { projectId, unit, before } = recomputation
  const cases: Sql[] = []
  if (unit !== 'account') {
    cases.push(sql`d.comes = 1 and m.id != 0, 'merge'`)
    cases.push(sql`d.comes = 0 and d.member in (select from_id from kindred.person_overrides where project_id = ${bind('UInt32', projectId)}), 'merge'`)
    cases.push(sql`d.comes = 0 and d.member not in (select p.person_id ${personsWhere({ projectId })}), 'deletion'`)
  }
  if (before !== undefined) cases.push(sql`d.member in (${choicesAfter(recomputation, before.at)}), 'hand'`)
  if (recomputation.cause !== 'look') return withElse(cases, raw(`'${recomputation.cause}'`))
  if (before === undefined) return withElse(cases, raw(`'rule'`))
  return withElse(cases, timeOrData(recomputation, before))
}

function withElse(cases: readonly Sql[], otherwise: Sql): Sql {
  return cases.length === 0 ? otherwise : sql`multiIf(${join(cases, ', ')}, ${otherwise})`
}

/**
 * Time made the change where the definition, asked now of what was known the last time, says the same as today, and no property of the person was set since.
 * Otherwise data did.
 */
function timeOrData({ projectId, unit, position }: Recomputation, { planned, context, position: known }: NonNullable<Recomputation['before']>): Sql {
  if (known >= position) return raw(`'time'`)
  const withoutNews = sql`(d.member in (${membersSql(planned, context)})) = d.comes`
  if (unit === 'account') return sql`if(${withoutNews}, 'time', 'data')`
  const changed = sql`select if(o.to_id = 0, c.person_id, o.to_id) from kindred.person_property_changes as c left join (${mergesSql(projectId)}) as o on o.from_id = c.person_id where c.project_id = ${bind('UInt32', projectId)} and c.position > ${bind('UInt64', known)}`
  return sql`if(${withoutNews} and d.member not in (${changed}), 'time', 'data')`
}

/** The ids about whom a choice was made, or taken back, by hand after a moment. */
function choicesAfter({ projectId, segmentId, unit }: Recorded, at: number): Sql {
  return sql`select ${memberColumn(unit)} from kindred.segment_choices as s where s.project_id = ${bind('UInt32', projectId)} and s.segment_id = ${bind('UInt64', segmentId)} and s.version > ${bind('UInt64', at)}`
}

/** One row: how many members the record has. */
export function recordedSizeSql(recorded: Recorded): Sql {
  return sql`select count() as size from (${recordedRowsSql(recorded)})`
}

/** One row: `came` and `gone` of one recomputation. */
export function runCountsSql({ projectId, segmentId }: Recorded, run: number): Sql {
  return sql`select countIf(entered = 1) as came, countIf(entered = 0) as gone from kindred.segment_changes where project_id = ${bind('UInt32', projectId)} and segment_id = ${bind('UInt64', segmentId)} and run = ${bind('UInt64', run)}`
}
