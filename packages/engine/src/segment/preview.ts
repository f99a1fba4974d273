import { type Condition, kindOf, partsOf, type SegmentDefinition } from '@kindred/model'
import { conditionSql, planParts } from '../condition/kinds.ts'
import type { Plan } from '../condition/plan.ts'
import { bind, join, raw, type Sql, sql } from '../sql.ts'
import { Bitmaps } from './bitmaps.ts'
import type { MemberContext, PlannedSegment } from './plan-definition.ts'
import { previewOfRows } from './preview-rows.ts'

/** One condition of a definition's tree with its plan. `in` is a leaf: what the other segment holds is not shown here. */
export interface Clause {
  /** `where.all.0`. */
  path: string
  condition: Condition
  plan: Plan
}

/** All conditions below the outermost group that are asked of the segment's own unit, in the order they are written; where there is no group, the only one. */
export function clausesOf(definition: SegmentDefinition, { plan }: PlannedSegment): Clause[] {
  const root: Clause = { path: 'where', condition: definition.where, plan }
  const below = clausesBelow(root).flatMap(withParts)
  return below.length > 0 && isGroup(root.condition) ? below : withParts(root)
}

function withParts(clause: Clause): Clause[] {
  return [clause, ...clausesBelow(clause).flatMap(withParts)]
}

function clausesBelow({ path, condition, plan }: Clause): Clause[] {
  const plans = planParts(plan)
  return partsOf(condition).flatMap(({ step, part }, index) => {
    const planned = plans[index]
    return planned === undefined ? [] : [{ path: `${path}.${step}`, condition: part, plan: planned }]
  })
}

/** Groups are said by their parts. */
export function isGroup(condition: Condition): boolean {
  return ['all', 'any', 'of'].includes(kindOf(condition))
}

const samples = 5

/** What `previewSql` answers, in one row. */
export interface PreviewRow {
  everyone: string
  members: string
  /** One count for each clause, in their order. */
  counts: string[]
  /** The members with the lowest ids, and which clauses each meets. */
  sample: [id: string, met: (0 | 1)[]][]
}

/** What `metSql` answers, a row for each of the subjects that is a member. */
export interface MetRow {
  id: string
  met: (0 | 1)[]
}

/** Which of the subjects with these ids are members, and which clauses each of them meets. */
export function metSql(
  { plan, subject }: PlannedSegment,
  { clauses, ids, context }: { clauses: readonly Clause[]; ids: readonly number[]; context: MemberContext },
): Sql {
  const asking = { context, subject }
  return sql`select ${subject.id} as id, ${clausesMet(clauses, asking)} as met ${subject.rows(context, [sql`${subject.id} in ${bind('Array(UInt64)', ids)}`, conditionSql(plan, asking)])}`
}

/** Array(UInt8): one answer for each clause. */
function clausesMet(clauses: readonly Clause[], asking: Parameters<typeof conditionSql>[1]): Sql {
  return sql`[${join(
    clauses.map((clause) => sql`toUInt8(${conditionSql(clause.plan, asking)})`),
    ', ',
  )}]`
}

/**
 * Each condition answered once, for everything: how many there are, how many are members, how many each clause keeps on its own, and some members with the
 * clauses they meet.
 */
export function previewSql(planned: PlannedSegment, clauses: readonly Clause[], context: MemberContext): Sql {
  const { plan, subject } = planned
  const plans = clauses.map((clause) => clause.plan)
  const ofRows = previewOfRows(planned, { clauses: plans, samples, context })
  if (ofRows !== null) return ofRows
  const bitmaps = new Bitmaps(plan, { context, subject })
  const members = bitmaps.all(plan)
  const list = (each: (plan: Plan) => Sql) => sql`[${join(plans.map(each), ', ')}]`
  const met = list((each) => bitmaps.has(each, raw('id')))
  return bitmaps.select(sql`${bitmaps.everyone} as everyone, bitmapCardinality(${members}) as members,
${list((each) => bitmaps.count(each))} as counts,
arrayMap(id -> (id, ${met}), arraySort(bitmapToArray(bitmapSubsetLimit(${members}, toUInt64(0), toUInt64(${raw(String(samples))}))))) as sample`)
}
