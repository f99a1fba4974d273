import { bind, eventProperty, type Sql, sql } from '@kindred/engine'
import type { EventRow, Page, Project, timelineRequest } from '@kindred/model'
import type { z } from 'zod'
import { eventCursorTime, eventRows } from '../data/event-rows.ts'
import { timelineSql } from '../data/timeline.ts'
import type { Parts } from '../parts.ts'
import { questionContext } from '../projects/question-context.ts'

const day = 86_400_000
/** An account has no index among the events, so the newest are looked for in the last weeks first. */
const daysBack = [31, 366] as const

/** What the people of an account did for it, and what was said of it, newest first. Errors: `request/cursor`. */
export async function accountEvents(
  parts: Parts,
  project: Project,
  { account, request }: { account: { type: string; key: string }; request: z.infer<typeof timelineRequest> },
): Promise<Page<EventRow>> {
  const context = await questionContext(parts, project)
  // An event's own clock may be a day ahead.
  const newest = eventCursorTime(request.cursor) ?? context.now + day
  const and = [ofAccount(account), ...timelineSql(request)]
  for (const days of daysBack) {
    const since = sql`e.timestamp > fromUnixTimestamp64Milli(${bind('Int64', Math.max(0, newest - days * day))})`
    const page = await eventRows(parts, { project, context, and: [since, ...and], page: request })
    if (page.next !== null) return page
  }
  return eventRows(parts, { project, context, and, page: request })
}

/** UInt8: the event `e` was sent for the account, or told of it. */
function ofAccount({ type, key }: { type: string; key: string }): Sql {
  const [ofType, ofKey] = [bind('String', type), bind('String', key)]
  const isTold = sql`e.event = '$groupidentify' and ${eventProperty('$group_type').text} = ${ofType} and ${eventProperty('$group_key').text} = ${ofKey}`
  return sql`(e.groups[${ofType}] = ${ofKey} or (${isTold}))`
}
