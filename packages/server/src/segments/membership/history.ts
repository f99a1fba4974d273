import { bind, join, mergedInto, render, type Sql, sql } from '@kindred/engine'
import type { ChangeCause, MemberChange, Page, Project, SegmentDay, SegmentHistory, segmentHistoryRequest } from '@kindred/model'
import { Temporal } from 'temporal-polyfill'
import type { z } from 'zod'
import { pageOf, readCursor } from '../../http/cursor.ts'
import type { Parts } from '../../parts.ts'
import { segmentRow, unitOf } from '../segment-row.ts'
import { memberLabels } from './labels.ts'

type HistoryRequest = z.output<typeof segmentHistoryRequest>

/** How a segment grew and shrank by its record: days, and the changes one by one, newest first. Errors: `segment/not-found`, `request/cursor`. */
export async function segmentHistory(parts: Parts, project: Project, { id, ...request }: HistoryRequest & { id: number }): Promise<SegmentHistory> {
  const row = await segmentRow(parts, project, id)
  const [days, changes, first] = await Promise.all([
    recordedDays(parts, project, { id, days: request.days }),
    changesPage(parts, project, { id, unit: unitOf(row), ...request }),
    parts.catalog.selectFrom('segment_runs').select('at').where('segment_id', '=', id).where('error', 'is', null).orderBy('id').limit(1).executeTakeFirst(),
  ])
  return { ...changes, days, since: first?.at ?? null }
}

/**
 * Sizes come from the recomputations, which keep what they counted: erasing people does not rewrite the past. A day without any has the size of the day
 * before.
 */
async function recordedDays(parts: Parts, project: Project, { id, days }: { id: number; days: number }): Promise<SegmentDay[]> {
  const dayOf = (at: number) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(project.timezone).toPlainDate()
  const today = dayOf(parts.clock())
  const start = today.subtract({ days: days - 1 })
  const from = start.toZonedDateTime(project.timezone).epochMilliseconds
  const ofSegment = parts.catalog.selectFrom('segment_runs').select(['at', 'size', 'entered', 'gone']).where('segment_id', '=', id).where('error', 'is', null)
  const [before, runs] = await Promise.all([
    ofSegment.where('at', '<', from).orderBy('id', 'desc').limit(1).executeTakeFirst(),
    ofSegment.where('at', '>=', from).orderBy('id').execute(),
  ])
  const byDay = new Map<string, SegmentDay>()
  for (const { at, size, entered, gone } of runs) {
    const day = dayOf(at).toString()
    const known = byDay.get(day)
    byDay.set(day, { day, size, entered: entered + (known?.entered ?? 0), left: gone + (known?.left ?? 0) })
  }
  const told: SegmentDay[] = []
  let size = before?.size
  for (let date = start; Temporal.PlainDate.compare(date, today) <= 0; date = date.add({ days: 1 })) {
    const day = byDay.get(date.toString())
    size = day?.size ?? size
    if (size !== undefined) told.push(day ?? { day: date.toString(), size, entered: 0, left: 0 })
  }
  return told
}

interface StoredChange {
  id: string
  run: string
  entered: number
  at: string
  cause: ChangeCause
  version: number
}
const order = { list: 'segment-changes', placeOf: ({ run, id }: StoredChange) => [Number(run), Number(id)] }

async function changesPage(
  parts: Parts,
  project: Project,
  { id, unit, cause, person, limit, cursor }: HistoryRequest & { id: number; unit: 'person' | 'account' },
): Promise<Page<MemberChange>> {
  const of = bind('UInt32', project.id)
  const where: Sql[] = [sql`project_id = ${of}`, sql`segment_id = ${bind('UInt64', id)}`]
  if (cause !== undefined) where.push(sql`cause = ${bind('String', cause)}`)
  if (person !== undefined) {
    const they = bind('UInt64', person)
    where.push(unit === 'account' ? sql`account_id = ${they}` : sql`(person_id = ${they} or person_id in (${mergedInto(project.id, person)}))`)
  }
  const after = readCursor(order.list, cursor, [0, 0] as const)
  if (after !== undefined) {
    const [run, member] = after
    where.push(sql`(run < ${bind('UInt64', run)} or (run = ${bind('UInt64', run)} and greatest(person_id, account_id) > ${bind('UInt64', member)}))`)
  }
  const rows = await parts.store.query<StoredChange>(
    render(sql`select greatest(person_id, account_id) as id, run, entered, toUnixTimestamp64Milli(at) as at, cause, version
from kindred.segment_changes where ${join(where, ' and ')} order by run desc, id limit ${bind('UInt32', limit + 1)}`),
  )
  const { results, next } = pageOf(rows, limit, order)
  const labelOf = await memberLabels(parts, project, { unit, ids: results.map((row) => Number(row.id)) })
  return {
    results: results.map((row) => ({
      ...labelOf(Number(row.id)),
      entered: row.entered === 1,
      at: Number(row.at),
      cause: row.cause,
      version: row.version,
    })),
    next,
  }
}
