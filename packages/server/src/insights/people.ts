import { bind, type PointPeople, pointPeople, render, sql } from '@kindred/engine'
import type { PeoplePage, Point } from '@kindred/model'
import { checkPage, pageOf, readCursor } from '../http/cursor.ts'
import type { Parts } from '../parts.ts'
import { personRows } from '../people/person-rows.ts'
import { type PlannedQuestion, planQuestion, type Question, shownValues } from './run.ts'

/** A question and one point of its answer. */
export interface PointQuestion extends Question {
  point: Point
}

/** The people behind a point, planned at the watermark of its question. Errors: `insight/invalid`. */
export async function peopleBehind(parts: Parts, question: PointQuestion): Promise<PointPeople & PlannedQuestion> {
  const planned = await planQuestion(parts, question)
  const { point } = question
  // Which values have no row of their own is part of the answer, so that part is worked out again.
  const shown = point.breakdown?.kind === 'other' ? await shownValues(parts, planned.plan, point) : []
  return { ...planned, ...pointPeople(planned.plan, point, shown) }
}

const order = { list: 'people-behind', placeOf: (id: number) => [id] }

/** One page of them by id, and how many there are, counted by the same query. Errors: `insight/invalid`, `request/cursor`. */
export async function peoplePage(
  parts: Parts,
  question: PointQuestion,
  page: { limit: number; offset: number; cursor?: string | undefined },
): Promise<PeoplePage> {
  checkPage(page)
  const [after = 0] = readCursor(order.list, page.cursor, [0]) ?? []
  const { people, says, watermark } = await peopleBehind(parts, question)
  const [counted, ids] = await Promise.all([
    parts.store.query<{ total: string }>(render(sql`select count() as total from (${people})`)),
    parts.store.query<{ person: string }>(
      render(
        sql`select person from (${people}) where person > ${bind('UInt64', after)} order by person limit ${bind('UInt32', page.limit + 1)} offset ${bind('UInt32', page.offset)}`,
      ),
    ),
  ])
  const { results, next } = pageOf(
    ids.map(({ person }) => Number(person)),
    page.limit,
    order,
  )
  return { total: Number(counted[0]?.total ?? 0), results: await personRows(parts, question.project, results), next, says, watermark }
}
