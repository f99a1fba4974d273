import { memberPageSql, type Plan, planDefinition, render } from '@kindred/engine'
import type { membersRequest, Project, SegmentMembers } from '@kindred/model'
import type { z } from 'zod'
import type { Parts } from '../parts.ts'
import { personRows } from '../people/person-rows.ts'
import { questionContext } from '../projects/question-context.ts'
import { rememberCount, segmentRow } from './segments.ts'

/** One page of a segment's people as they are now, by id. Errors: `segment/not-found`. */
export async function segmentMembers(
  parts: Parts,
  project: Project,
  { id, ...page }: z.output<typeof membersRequest> & { id: number },
): Promise<SegmentMembers> {
  await segmentRow(parts, project, id)
  const now = parts.ingest.watermark()
  const context = await questionContext(parts, project, page.watermark)
  const rows = await parts.store.query<{ people: string[]; total: string }>(render(memberPageSql(segmentPlan(id, context), context, page)))
  const [{ people, total } = { people: [], total: '0' }] = rows
  if (context.watermark === undefined) await rememberCount(parts, id, Number(total))
  return {
    total: Number(total),
    people: await personRows(parts, project, people.map(Number)),
    watermark: Math.min(page.watermark ?? now, now),
    at: context.now,
  }
}

/** The plan of a saved segment: the people who are in it. */
export function segmentPlan(id: number, context: Parameters<typeof planDefinition>[1]): Plan {
  return planDefinition({ unit: 'person', where: { in: id } }, context)
}
