import { type Condition, type ConditionKind, kindOf } from '@kindred/model'
import type { Sql } from '../sql.ts'
import { all } from './all.ts'
import { any } from './any.ts'
import { did } from './did.ts'
import { inSegment } from './in.ts'
import { not } from './not.ts'
import type { Plan } from './plan.ts'
import { property } from './property.ts'
import type { Compiling, Planning, Reading, Saying } from './reading.ts'

/** Every kind of condition; a new one that is missing here does not compile. */
const readings = { all, any, not, property, did, in: inSegment } satisfies Record<ConditionKind, unknown>

/** The one place that forgets which kind it is: the key of the map and the kind of the value are the same by construction. */
function readingOf(kind: ConditionKind): Reading<Condition, Plan> {
  return readings[kind] as unknown as Reading<Condition, Plan>
}

export function planCondition(condition: Condition, planning: Planning): Plan {
  return readingOf(kindOf(condition)).plan(condition, planning)
}

export function conditionSql(plan: Plan, context: Compiling['context']): Sql {
  return readingOf(plan.kind).sql(plan, { context, part: (each) => conditionSql(each, context) })
}

export function conditionSays(condition: Condition, words: Pick<Saying, 'roles' | 'segmentName'>, negated = false): string {
  return readingOf(kindOf(condition)).says(condition, { ...words, negated, part: (each, opposite = false) => conditionSays(each, words, opposite) })
}
