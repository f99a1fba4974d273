import { type Condition, type ConditionKind, kindOf } from '@kindred/model'
import type { Sql } from '../sql.ts'
import type { Subject } from '../subject.ts'
import { all } from './all.ts'
import { any } from './any.ts'
import { atLeast } from './at-least.ts'
import { did } from './did.ts'
import { inSegment } from './in.ts'
import { not } from './not.ts'
import type { Plan } from './plan.ts'
import { property } from './property.ts'
import type { Compiling, Planning, Reading, Saying } from './reading.ts'
import { trait } from './trait.ts'
import { unsupported } from './unsupported.ts'

/** Every kind of condition; a new one that is missing here does not compile. */
const readings = {
  all,
  any,
  not,
  of: atLeast,
  property,
  did,
  first: unsupported,
  last: unsupported,
  regularly: unsupported,
  stopped: unsupported,
  restarted: unsupported,
  started: unsupported,
  observed: unsupported,
  sequence: unsupported,
  compare: unsupported,
  session: unsupported,
  place: unsupported,
  time: unsupported,
  people: unsupported,
  account: unsupported,
  in: inSegment,
  trait,
  message: unsupported,
  consent: unsupported,
  survey: unsupported,
  bucket: unsupported,
  model: unsupported,
  flag: unsupported,
  experiment: unsupported,
} satisfies Record<ConditionKind, unknown>

/** The one place that forgets which kind it is: the key of the map and the kind of the value are the same by construction. */
function readingOf(kind: ConditionKind): Reading<Condition, Plan> {
  return readings[kind] as unknown as Reading<Condition, Plan>
}

export function planCondition(condition: Condition, planning: Planning): Plan {
  return readingOf(kindOf(condition)).plan(condition, planning)
}

type Asking = Pick<Compiling, 'context' | 'subject'>

/** UInt8, never NULL: whether the subject `p` meets the plan. */
export function conditionSql(plan: Plan, asking: Asking): Sql {
  return readingOf(plan.kind).sql(plan, compiling(asking))
}

/** One column, the ids of all who meet the plan, where events alone tell; null where they do not. */
export function conditionIds(plan: Plan, asking: Asking): Sql | null {
  return readingOf(plan.kind).ids?.(plan, compiling(asking)) ?? null
}

function compiling({ context, subject }: Asking): Compiling {
  return { context, subject, part: (each: Plan, of: Subject = subject) => conditionSql(each, { context, subject: of }) }
}

/** The plans below that are asked of the same subject. */
export function planParts(plan: Plan): readonly Plan[] {
  return readingOf(plan.kind).parts?.(plan) ?? []
}

/** Whether a condition can be decided from the subject's id alone. */
export function readsOnlyId(plan: Plan): boolean {
  const parts = planParts(plan)
  return parts.length > 0 ? parts.every(readsOnlyId) : (readingOf(plan.kind).readsOnlyId?.(plan) ?? false)
}

type Words = Pick<Saying, 'roles' | 'segmentName' | 'traitName' | 'who'>

export function conditionSays(condition: Condition, words: Words, negated = false): string {
  return readingOf(kindOf(condition)).says(condition, {
    ...words,
    negated,
    part: (each, opposite = false) => conditionSays(each, words, opposite),
    partOf: (who, each) => conditionSays(each, { ...words, who }),
  })
}
