import { definitionSentence, memberPageSql, membersSql, planDefinition, planPeopleSegment, render } from '@kindred/engine'
import {
  type DefinitionReach,
  type definitionPeopleRequest,
  KindredError,
  type PeoplePage,
  type Project,
  type Segment,
  type SegmentDefinition,
  type SegmentReaches,
} from '@kindred/model'
import type { z } from 'zod'
import { checkPage, pageOf, readCursor } from '../http/cursor.ts'
import type { Parts } from '../parts.ts'
import { personRows } from '../people/person-rows.ts'
import { questionContext } from '../projects/question-context.ts'
import { freezeSegment } from './freeze.ts'
import { countReach, countReaches } from './reach.ts'
import type { Author } from './segments.ts'
import { wordsOf } from './words.ts'

type PeopleRequest = z.output<typeof definitionPeopleRequest>
const order = { list: 'definition-people', placeOf: (id: number) => [id] }

/** One page of the people whom a definition keeps, saved or not, by id. Errors: those of `planDefinition`, `request/cursor`, and of a long question. */
export async function definitionPeople(parts: Parts, project: Project, { definition, watermark, ...page }: PeopleRequest): Promise<PeoplePage> {
  checkPage(page)
  refuseAccounts(definition)
  const [after] = readCursor(order.list, page.cursor, [0]) ?? []
  const now = parts.ingest.watermark()
  const context = await questionContext(parts, project, watermark)
  const planned = planDefinition(definition, context)
  const slice = { offset: page.offset, limit: page.limit + 1, ...(after !== undefined && { after }) }
  const [row] = await parts.store.query<{ ids: string[]; total: string }>(render(memberPageSql(planned, context, slice)))
  const { results, next } = pageOf((row?.ids ?? []).map(Number), page.limit, order)
  const says = definitionSentence(definition, wordsOf(context))
  return { total: Number(row?.total ?? 0), results: await personRows(parts, project, results), next, says, watermark: Math.min(watermark ?? now, now) }
}

/** How many people a definition keeps, and how many of them can be written to. Errors: as `definitionPeople`. */
export async function definitionReach(
  parts: Parts,
  project: Project,
  { definition, watermark }: { definition: SegmentDefinition; watermark?: number | undefined },
): Promise<DefinitionReach> {
  refuseAccounts(definition)
  const now = parts.ingest.watermark()
  const context = await questionContext(parts, project, watermark)
  return { ...(await countReach(parts, planDefinition(definition, context), context)), watermark: Math.min(watermark ?? now, now), at: context.now }
}

/** How many are in each of several segments, and how many of them can be written to. Errors: `segment/unit` for one of accounts, those of `planSegment`. */
export async function segmentReaches(
  parts: Parts,
  project: Project,
  { segments, watermark }: { segments: readonly number[]; watermark?: number | undefined },
): Promise<SegmentReaches> {
  const now = parts.ingest.watermark()
  const context = await questionContext(parts, project, watermark)
  const planned = segments.map((id) => planPeopleSegment(id, context))
  const counted = await countReaches(parts, planned, context)
  const results = counted.map((each, index) => ({ segment: segments[index] ?? 0, ...each }))
  return { results, watermark: Math.min(watermark ?? now, now), at: context.now }
}

/** Keeps the people, or accounts, that a definition holds now as a list. Errors: those of `planDefinition` and of a long question. */
export async function freezeDefinition(
  parts: Parts,
  project: Project,
  { name, definition, author }: { name: string; definition: SegmentDefinition; author: Author },
): Promise<Segment> {
  const context = await questionContext(parts, project)
  const members = membersSql(planDefinition(definition, context), context)
  return freezeSegment(parts, project, { name, description: definitionSentence(definition, wordsOf(context)), unit: definition.unit, members, author })
}

function refuseAccounts({ unit }: SegmentDefinition): void {
  if (unit === 'account') throw new KindredError('segment/invalid', { path: 'unit', reason: 'here a definition of people is meant' })
}
