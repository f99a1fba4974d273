import { memberPageSql, planSegment, render } from '@kindred/engine'
import type { membersRequest, Project, SegmentMembers, SegmentUnit } from '@kindred/model'
import type { z } from 'zod'
import { knownAccounts } from '../accounts/known-accounts.ts'
import { checkPage, pageOf, readCursor } from '../http/cursor.ts'
import type { Parts } from '../parts.ts'
import { personRows } from '../people/person-rows.ts'
import { questionContext } from '../projects/question-context.ts'
import { rememberCount, segmentRow } from './segment-row.ts'

const memberOrder = { list: 'segment-members', placeOf: (id: number) => [id] }

/** One page of a segment's people, or accounts, as they are now, by id. Errors: `segment/not-found`, `request/cursor`. */
export async function segmentMembers(
  parts: Parts,
  project: Project,
  { id, ...page }: Omit<z.output<typeof membersRequest>, 'as' | 'at'> & { id: number },
): Promise<SegmentMembers> {
  checkPage(page)
  const [after] = readCursor(memberOrder.list, page.cursor, [0]) ?? []
  await segmentRow(parts, project, id)
  const now = parts.ingest.watermark()
  const context = await questionContext(parts, project, page.watermark)
  const planned = planSegment(id, context)
  const rows = await parts.store.query<{ ids: string[]; total: string }>(
    render(memberPageSql(planned, context, { offset: page.offset, limit: page.limit + 1, ...(after !== undefined && { after }) })),
  )
  const [{ ids, total } = { ids: [], total: '0' }] = rows
  if (context.watermark === undefined) await rememberCount(parts, { id, segments: context.segments }, { count: Number(total), reach: null })
  const { results, next } = pageOf(ids.map(Number), page.limit, memberOrder)
  const found = { total: Number(total), next, watermark: Math.min(page.watermark ?? now, now), at: context.now }
  return withMembers(parts, project, { unit: planned.subject.unit === 'account' ? 'account' : 'person', ids: results, found })
}

/** A page of members, shown as what they are. */
export async function withMembers(
  parts: Parts,
  project: Project,
  { unit, ids, found }: { unit: SegmentUnit; ids: readonly number[]; found: Omit<SegmentMembers, 'unit' | 'results'> },
): Promise<SegmentMembers> {
  if (unit === 'account') return { unit, results: await knownAccounts(parts, project.id, ids), ...found }
  return { unit, results: await personRows(parts, project, ids), ...found }
}
