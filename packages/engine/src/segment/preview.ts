import { type Condition, kindOf, type SegmentDefinition } from '@kindred/model'
import { conditionSql } from '../condition/kinds.ts'
import type { Plan } from '../condition/plan.ts'
import type { Compiling } from '../condition/reading.ts'
import { personsWhere } from '../people.ts'
import { join, raw, type Sql, sql } from '../sql.ts'

/** One condition of a definition's tree with its plan. `in` is a leaf: what the other segment holds is not shown here. */
export interface Clause {
  /** `where.all.0`. */
  path: string
  condition: Condition
  plan: Plan
}

/** All conditions below the outermost group, in the order they are written; where there is no group, the only one. */
export function clausesOf(definition: SegmentDefinition, plan: Plan): Clause[] {
  const root: Clause = { path: 'where', condition: definition.where, plan }
  const below = partsOf(root).flatMap(withParts)
  return below.length > 0 && isGroup(root.condition) ? below : withParts(root)
}

function withParts(clause: Clause): Clause[] {
  return [clause, ...partsOf(clause).flatMap(withParts)]
}

function partsOf({ path, condition, plan }: Clause): Clause[] {
  if ('all' in condition && plan.kind === 'all') return pair(`${path}.all`, condition.all, plan.parts)
  if ('any' in condition && plan.kind === 'any') return pair(`${path}.any`, condition.any, plan.parts)
  if ('not' in condition && plan.kind === 'not') return [{ path: `${path}.not`, condition: condition.not, plan: plan.part }]
  return []
}

function pair(path: string, conditions: readonly Condition[], plans: readonly Plan[]): Clause[] {
  return conditions.flatMap((condition, index) => {
    const plan = plans[index]
    return plan === undefined ? [] : [{ path: `${path}.${index}`, condition, plan }]
  })
}

function isGroup(condition: Condition): boolean {
  return kindOf(condition) === 'all' || kindOf(condition) === 'any'
}

const samples = 5

/** What `previewSql` answers, in one row. */
export interface PreviewRow {
  everyone: string
  members: string
  /** One count for each clause, in their order. */
  counts: string[]
  /** The members with the lowest ids, and which clauses each meets. */
  people: [id: string, met: (0 | 1)[]][]
}

/**
 * One scan of the people for everything: how many there are, how many are members, how many each clause keeps on its own, and some
 * members with the clauses they meet.
 */
export function previewSql(plan: Plan, clauses: readonly Clause[], context: Compiling['context']): Sql {
  const met = sql`[${join(
    clauses.map((clause) => sql`toUInt8(${conditionSql(clause.plan, context)})`),
    ', ',
  )}]`
  return sql`select count() as everyone, countIf(is_member) as members, sumForEach(met) as counts, groupArraySortedIf(${raw(String(samples))})((person_id, met), is_member) as people
from (select p.person_id as person_id, ${conditionSql(plan, context)} as is_member, ${met} as met ${personsWhere(context)})`
}
