import { mergesSql } from '../people.ts'
import { bind, join, raw, type Sql, sql } from '../sql.ts'
import type { Subject } from '../subject.ts'

/**
 * The record of memberships, `kindred.segment_changes`: who entered and left each segment, when and why. Whatever finds changes (a recomputation, later
 * the live reading) writes rows of the same form; `run` rises, and the last row of each member says what they are.
 */

export interface Recorded {
  projectId: number
  segmentId: number
  unit: Subject['unit']
}

/** Only what was recorded up to this moment (epoch milliseconds), and about this position of the log. */
export interface RecordedUntil {
  at?: number | undefined
  position?: number | undefined
}

/** Where the id of a member stands in the record and among the choices. */
export const memberColumn = (unit: Subject['unit']) => raw(unit === 'account' ? 'account_id' : 'person_id')
export const instant = (at: number) => sql`fromUnixTimestamp64Milli(${bind('Int64', Math.max(at, 0))}, 'UTC')`

/** Conditions that keep the rows of a segment's record. */
function recordRows({ projectId, segmentId }: Recorded, { at, position }: RecordedUntil): Sql {
  return join(
    [
      sql`project_id = ${bind('UInt32', projectId)}`,
      sql`segment_id = ${bind('UInt64', segmentId)}`,
      ...(at === undefined ? [] : [sql`at <= ${instant(at)}`]),
      ...(position === undefined ? [] : [sql`position <= ${bind('UInt64', position)}`]),
    ],
    ' and ',
  )
}

/** Rows `id` (as recorded: a merged person's own id) and `since`: the members by the record. */
export function recordedRowsSql(recorded: Recorded, until: RecordedUntil = {}): Sql {
  const id = memberColumn(recorded.unit)
  return sql`select ${id} as id, argMax(since, run) as joined from kindred.segment_changes where ${recordRows(recorded, until)} group by id having argMax(entered, run) = 1`
}

/** Rows `id` and `joined`: the members by the record, people as who they are today. May stand in `from (…)`. */
export function recordedSql(recorded: Recorded, until: RecordedUntil = {}): Sql {
  const rows = recordedRowsSql(recorded, until)
  if (recorded.unit === 'account') return rows
  return sql`select if(o.to_id = 0, r.id, o.to_id) as id, min(r.joined) as joined from (${rows}) as r left join (${mergesSql(recorded.projectId)}) as o on o.from_id = r.id group by id`
}

/** The ids put in (1) or left out (-1) by hand, people as who they are today; of two that became one, the later choice holds. */
export function choiceIdsSql({ projectId, segmentId, unit }: Recorded, choice: 1 | -1): Sql {
  const project = bind('UInt32', projectId)
  const rows = sql`from kindred.segment_choices as s`
  const where = sql`where s.project_id = ${project} and s.segment_id = ${bind('UInt64', segmentId)}`
  const having = sql`having argMax(s.choice, s.version) = ${raw(String(choice))}`
  if (unit === 'account') return sql`select s.account_id as id ${rows} ${where} group by id ${having}`
  return sql`select if(o.to_id = 0, s.person_id, o.to_id) as id ${rows} left join (${mergesSql(projectId)}) as o on o.from_id = s.person_id ${where} group by id ${having}`
}
