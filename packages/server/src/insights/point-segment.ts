import { memberCountSql, planDefinition, pointSegment, render, sql } from '@kindred/engine'
import { KindredError, type pointSegmentRequest, type Segment } from '@kindred/model'
import type { z } from 'zod'
import type { Parts } from '../parts.ts'
import { freezeSegment } from '../segments/freeze.ts'
import { type Author, createSegment } from '../segments/segments.ts'
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
  return freezeSegment(parts, question.project, { name, description: '', unit: 'person', members: people, author })
}
