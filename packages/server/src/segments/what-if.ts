import {
  type CompileContext,
  clauseSentence,
  clausesOf,
  membersSql,
  type PreviewRow,
  planDefinition,
  planSegment,
  previewSql,
  raw,
  render,
  sql,
} from '@kindred/engine'
import { type KeptReach, KindredError, type Project, type SegmentDefinition, type WhatIf } from '@kindred/model'
import { knownAccounts } from '../accounts/known-accounts.ts'
import type { Parts } from '../parts.ts'
import { personRows } from '../people/person-rows.ts'
import { questionContext } from '../projects/question-context.ts'
import { countReaches } from './reach.ts'
import { segmentRow } from './segment-row.ts'
import { runTests } from './tests/run.ts'
import { namedSegments, usersOfAll } from './users.ts'
import { wordsOf } from './words.ts'

const samples = 5

interface Difference {
  before: number
  after: number
  enter: { count: number; ids: number[] }
  leave: { count: number; ids: number[] }
}

/**
 * What a changed definition would do before it is saved: who enters, who leaves, how many each condition keeps, what uses the segment and how that changes
 * with it. Errors: `segment/not-found`, those of `planDefinition` and of a long question.
 */
export async function whatIf(parts: Parts, project: Project, { id, definition }: { id: number; definition: SegmentDefinition }): Promise<WhatIf> {
  const row = await segmentRow(parts, project, id)
  if (row.kind === 'frozen') throw new KindredError('segment/invalid', { path: 'definition', reason: 'a list has no rule to change' })
  const context = await questionContext(parts, project)
  // Planned under its own number, so that a definition that leads back to itself is refused as it would be when saved.
  const planned = planDefinition(definition, context, { id, name: row.name })
  const changed = withDefinition(context, id, definition)
  const clauses = clausesOf(definition, planned)
  const words = wordsOf(context)
  const [counted] = await parts.store.query<PreviewRow>(render(previewSql(planned, clauses, context)))
  const difference = await differenceOf(parts, { id, context, changed })
  const isPeople = definition.unit === 'person'
  const side = async ({ count, ids }: Difference['enter']) => ({
    count,
    people: isPeople ? await personRows(parts, project, ids) : [],
    accounts: isPeople ? [] : await knownAccounts(parts, project.id, ids),
  })
  const users = await usersOfAll(parts, context)
  return {
    before: difference.before,
    after: difference.after,
    reach: isPeople ? { before: await reachIn(parts, id, context), after: await reachIn(parts, id, changed) } : null,
    enter: await side(difference.enter),
    leave: await side(difference.leave),
    clauses: clauses.map(({ path, condition }, index) => ({
      path,
      sentence: clauseSentence(condition, words, isPeople ? 'who' : 'that'),
      count: Number(counted?.counts[index] ?? 0),
    })),
    usedBy: users.get(id) ?? [],
    alsoChanges: await othersThatChange(parts, { id, context, changed }),
    tests: await runTests(parts, project, { id, definition }),
    at: context.now,
  }
}

function withDefinition(context: CompileContext, id: number, definition: SegmentDefinition): CompileContext {
  const segment = context.segments.get(id)
  if (segment === undefined) return context
  const { name, hasChoices = false } = segment
  return { ...context, segments: new Map([...context.segments, [id, { name, hasChoices, kind: 'rule', definition }]]) }
}

interface Compared {
  id: number
  context: CompileContext
  changed: CompileContext
}

/** The members of a segment as it is and as it would be, side by side in the store. */
async function differenceOf({ store }: Parts, { id, context, changed }: Compared): Promise<Difference> {
  const sample = raw(String(samples))
  const [row] = await store.query<{ before: string; after: string; entered: string; gone: string; enters: string[]; leaves: string[] }>(
    render(sql`select countIf(a.id != 0) as before, countIf(b.id != 0) as after, countIf(a.id = 0) as entered, countIf(b.id = 0) as gone,
groupArraySortedIf(${sample})(b.id, a.id = 0) as enters, groupArraySortedIf(${sample})(a.id, b.id = 0) as leaves
from (${membersSql(planSegment(id, context), context)}) as a full outer join (${membersSql(planSegment(id, changed), changed)}) as b on a.id = b.id`),
  )
  return {
    before: Number(row?.before ?? 0),
    after: Number(row?.after ?? 0),
    enter: { count: Number(row?.entered ?? 0), ids: (row?.enters ?? []).map(Number) },
    leave: { count: Number(row?.gone ?? 0), ids: (row?.leaves ?? []).map(Number) },
  }
}

/** How many of its members can be written to, as it is in a context. */
async function reachIn(parts: Parts, id: number, context: CompileContext): Promise<KeptReach> {
  const [counted] = await countReaches(parts, [planSegment(id, context)], context)
  return counted?.reach ?? { email: 0, sms: 0 }
}

/** Segments that are made of this one, through any number of others. */
async function othersThatChange(parts: Parts, { id, context, changed }: Compared): Promise<WhatIf['alsoChanges']> {
  const affected = new Set([id])
  for (let grown = 0; grown < affected.size; ) {
    grown = affected.size
    for (const [other, segment] of context.segments) {
      if (segment.kind === 'rule' && namedSegments(segment.definition.where).some((named) => affected.has(named))) affected.add(other)
    }
  }
  affected.delete(id)
  const told: WhatIf['alsoChanges'] = []
  for (const other of affected) {
    const { enter, leave } = await differenceOf(parts, { id: other, context, changed })
    told.push({ id: other, name: context.segments.get(other)?.name ?? '', enter: enter.count, leave: leave.count })
  }
  return told
}
