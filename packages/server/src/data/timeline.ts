import { bind, type Sql, sql } from '@kindred/engine'
import type { timelineRequest } from '@kindred/model'
import type { z } from 'zod'

/** The conditions of one page of a timeline. */
export function timelineSql({ event }: Pick<z.infer<typeof timelineRequest>, 'event'>): Sql[] {
  return event === undefined ? [] : [sql`e.event = ${bind('String', event)}`]
}
