import { bind, eventsWhere, render, sql } from '@kindred/engine'
import type { Source, SourceRow } from '@kindred/model'
import type { Parts } from '../parts.ts'

/** What arrived by each way in and SDK, most first. `after`: only above that position of the log, which is quick to read. */
export async function senders({ store }: Pick<Parts, 'store'>, projectId: number, after?: number): Promise<SourceRow[]> {
  const since = after === undefined ? [] : [sql`e.position > ${bind('UInt64', after)}`]
  const rows = await store.query<{ source: Source; lib: string; events: string; first: string; last: string; event: string }>(
    render(sql`select e.source as source, e.lib as lib, count() as events, toUnixTimestamp64Milli(min(e.received_at)) as first,
toUnixTimestamp64Milli(max(e.received_at)) as last, argMax(e.event, e.received_at) as event ${eventsWhere({ projectId }, since)}
group by source, lib order by events desc, source, lib limit 200`),
  )
  return rows.map(({ source, lib, event, ...row }) => ({
    source,
    lib,
    event,
    events: Number(row.events),
    firstAt: Number(row.first),
    lastAt: Number(row.last),
  }))
}
