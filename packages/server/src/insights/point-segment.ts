import { bind, memberCountSql, planDefinition, pointSegment, render, sql } from '@kindred/engine'
import { KindredError, type pointSegmentRequest, type Segment } from '@kindred/model'
import type { z } from 'zod'
import type { Parts } from '../parts.ts'
import { type Author, createSegment, getSegment } from '../segments/segments.ts'
import { type PointQuestion, peopleBehind } from './people.ts'

export interface PointSegment {
  question: PointQuestion
  name: string
  mode: z.output<typeof pointSegmentRequest>['mode']
  author: Author
}

/**
 * Saves the people behind a point: as a rule with the point's own window, which must hold as many people as the point has, or as a list that
 * stays as it is. Errors: `insight/not-a-rule`, `insight/invalid`.
 */
export async function saveSegment(parts: Parts, wanted: PointSegment): Promise<Segment> {
  return wanted.mode === 'freeze' ? freeze(parts, wanted) : keepUpdating(parts, wanted)
}

async function keepUpdating(parts: Parts, { question, name, author }: PointSegment): Promise<Segment> {
  const { plan, people } = await peopleBehind(parts, question)
  const definition = pointSegment(plan, question.point)
  const [now, rule] = await Promise.all([
    parts.store.query<{ people: string }>(render(sql`select count() as people from (${people})`)),
    parts.store.query<{ members: string }>(render(memberCountSql(planDefinition(definition, plan.context), plan.context))),
  ])
  const [behind, members] = [now[0]?.people ?? '0', rule[0]?.members ?? '0']
  // Such as events dated later today, which a chart of today counts and a rule does not yet.
  if (behind !== members) throw new KindredError('insight/not-a-rule', { reason: `the same words as a rule hold ${members} people instead of ${behind}` })
  return createSegment(parts, question.project, { save: { name, description: '', definition }, author })
}

async function freeze(parts: Parts, { question, name, author }: PointSegment): Promise<Segment> {
  const { people } = await peopleBehind(parts, question)
  const { project } = question
  const at = parts.clock()
  const { id } = await parts.catalog
    .insertInto('segments')
    .values({
      project_id: project.id,
      name,
      description: '',
      kind: 'frozen',
      definition: '',
      version: 1,
      count: null,
      counted_at: null,
      created_at: at,
      updated_at: at,
      // Not seen before its list is whole.
      deleted_at: at,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const keys = sql`${bind('UInt32', project.id)}, ${bind('UInt64', id)}`
  await parts.store.command(render(sql`insert into kindred.segment_lists (project_id, segment_id, person_id) select ${keys}, person from (${people})`))
  const [list] = await parts.store.query<{ people: string }>(
    render(
      sql`select uniqExact(person_id) as people from kindred.segment_lists where project_id = ${bind('UInt32', project.id)} and segment_id = ${bind('UInt64', id)}`,
    ),
  )
  await parts.catalog.transaction().execute(async (catalog) => {
    await catalog
      .insertInto('segment_versions')
      .values({ segment_id: id, version: 1, definition: '', author_id: author.id, changes: '[]', created_at: at })
      .execute()
    await catalog
      .updateTable('segments')
      .set({ deleted_at: null, count: Number(list?.people ?? 0), counted_at: at })
      .where('id', '=', id)
      .execute()
  })
  return getSegment(parts, project, id)
}
