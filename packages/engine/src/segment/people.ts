import type { CompileContext } from '../context.ts'
import { bind, type Sql, sql } from '../sql.ts'
export function segmentPeopleSql(id: number, context: CompileContext): Sql {
  return sql`select person_id from kindred.segment_lists where project_id = ${bind('UInt32', context.projectId)} and segment_id = ${bind('UInt64', id)}`
}
