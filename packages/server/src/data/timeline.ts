import { bind, type Sql, sql } from '@kindred/engine'
import type { timelineRequest } from '@kindred/model'
import type { z } from 'zod'

/** The conditions of one page of a timeline. */
export function timelineSql({ before, event }: z.infer<typeof timelineRequest>): Sql[] {
  const conditions: Sql[] = []
  if (before !== undefined) conditions.push(sql`e.timestamp < fromUnixTimestamp64Milli(${bind('Int64', before)})`)
  if (event !== undefined) conditions.push(sql`e.event = ${bind('String', event)}`)
  return conditions
}
