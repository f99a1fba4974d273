import { memberPageSql, planSegment, render } from '@kindred/engine'
import type { membersRequest, Project, SegmentMembers } from '@kindred/model'
import type { z } from 'zod'
import { knownAccounts } from '../accounts/known-accounts.ts'
import { checkPage, pageOf, readCursor } from '../http/cursor.ts'
import type { Parts } from '../parts.ts'
import { personRows } from '../people/person-rows.ts'
import { questionContext } from '../projects/question-context.ts'
import { rememberCount, segmentRow } from './segments.ts'

const memberOrder = { list: 'segment-members', placeOf: (id: number) => [id] }

/** One page of a segment's people, or accounts, as they are now, by id. Errors: `segment/not-found`, `request/cursor`. */
export async function segmentMembers(
  parts: Parts,
  project: Project,
  { id, ...page }: z.output<typeof membersRequest> & { id: number },
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
  if (context.watermark === undefined) await rememberCount(parts, id, Number(total))
  const { results, next } = pageOf(ids.map(Number), page.limit, memberOrder)
  const found = { total: Number(total), next, watermark: Math.min(page.watermark ?? now, now), at: context.now }
  if (planned.subject.unit === 'account') return { unit: 'account', results: await knownAccounts(parts, project.id, results), ...found }
  return { unit: 'person', results: await personRows(parts, project, results), ...found }
}
