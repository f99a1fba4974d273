import { groupSizesSql, isMemberSql, planDefinition, planSegment, render } from '@kindred/engine'
import type { Condition, Project, SegmentPortrait, SegmentUnit } from '@kindred/model'
import type { Parts } from '../../parts.ts'
import { questionContext } from '../../projects/question-context.ts'
import { keptReach } from '../reach.ts'
import { rememberCount, segmentRow, unitOf } from '../segment-row.ts'
import { crowds } from './crowd.ts'

/** The condition that keeps the people of a segment: its members, or who is in one of the accounts it holds. */
function peopleOf({ id, unit }: { id: number; unit: SegmentUnit }): Condition {
  return unit === 'account' ? { account: 'any', where: { in: id } } : { in: id }
}

/** The people of a segment beside everyone. Errors: `segment/not-found`, those of a long question. */
export async function segmentPortrait(parts: Parts, project: Project, id: number): Promise<SegmentPortrait> {
  const unit = unitOf(await segmentRow(parts, project, id))
  const watermark = parts.ingest.watermark()
  const context = await questionContext(parts, project)
  const planned = planSegment(id, context)
  const people = peopleOf({ id, unit })
  const ofPeople = unit === 'person' ? planned : planDefinition({ unit: 'person', where: people }, context)
  const [{ segment, all }, sizes] = await Promise.all([
    crowds(parts, isMemberSql(ofPeople, context), context),
    unit === 'account' ? parts.store.query<{ a: string; b: string }>(render(groupSizesSql({ a: planned, b: null, context }))) : null,
  ])
  const size = sizes === null ? segment.people : Number(sizes[0]?.a ?? 0)
  const everyone = sizes === null ? all.people : size + Number(sizes[0]?.b ?? 0)
  await rememberCount(parts, { id, segments: context.segments }, { count: size, reach: unit === 'person' ? keptReach(segment.reach) : null })
  return { unit, size, everyone, segment, all, people, watermark, at: context.now }
}
