import { type Condition, type ConditionKind, kindOf } from '@kindred/model'
import type { Sql } from '../sql.ts'
import { account } from './account.ts'
import { all } from './all.ts'
import { any } from './any.ts'
import { atLeast } from './at-least.ts'
import type { Kept } from './bitmap.ts'
import { bucket } from './bucket.ts'
import { compare } from './compare.ts'
import { consent } from './consent.ts'
import type { Deciding } from './deciding.ts'
import { did } from './did.ts'
import type { EventNumbers } from './event-numbers.ts'
import { first, last } from './first-last.ts'
import { inSegment } from './in.ts'
import { message } from './message.ts'
import { not } from './not.ts'
import { observed } from './observed.ts'
import { people } from './people.ts'
import { place } from './place.ts'
import type { Plan } from './plan.ts'
import { property } from './property.ts'
import type { Combining, Compiling, Planning, Reading, Saying } from './reading.ts'
import { regularly } from './regularly.ts'
import { restarted } from './restarted.ts'
import { sequence } from './sequence.ts'
import { session } from './session.ts'
import { started } from './started.ts'
import { stopped } from './stopped.ts'
import { survey } from './survey.ts'
import { time } from './time.ts'
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
  first,
  last,
  regularly,
  stopped,
  restarted,
  started,
  observed,
  sequence,
  compare,
  session,
  time,
  place,
  people,
  account,
  in: inSegment,
  trait,
  message,
  consent,
  survey,
  bucket,
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

/** `known`: how plans are written that something else has answered already. */
type Asking = Pick<Compiling, 'context' | 'subject'> & { readonly known?: ReadonlyMap<Plan, Sql> }

/** UInt8, never NULL: whether the subject `p` meets the plan. */
export function conditionSql(plan: Plan, asking: Asking): Sql {
  return asking.known?.get(plan) ?? readingOf(plan.kind).sql(plan, compiling(asking))
}

/** What the plan asks of the events of a subject, where numbers of them decide it alone. */
export function eventNumbers(plan: Plan): EventNumbers | null {
  return readingOf(plan.kind).numbers?.(plan) ?? null
}

/** One column, the ids of all who meet the plan, where events alone tell; null where they do not. */
export function conditionIds(plan: Plan, asking: Asking): Sql | null {
  return readingOf(plan.kind).ids?.(plan, compiling(asking)) ?? null
}

/** All who meet a plan, from those who meet its parts; null where it has none. */
export function conditionBitmap(plan: Plan, combining: Combining): Kept | null {
  return readingOf(plan.kind).bitmap?.(plan, combining) ?? null
}

/** The events of a person that decide a plan, through any number of `not`; null where none do. */
export function decidingEvents(plan: Plan, asking: Asking): Deciding | null {
  const [inner] = planParts(plan)
  if (plan.kind === 'not' && inner !== undefined) return decidingEvents(inner, asking)
  return readingOf(plan.kind).deciding?.(plan, compiling(asking)) ?? null
}

/** What a plan is compiled with: `part` and `ids` compile those that it holds. */
export function compiling(asking: Asking): Compiling {
  const { context, subject } = asking
  // What is known of a subject says nothing of others.
  return {
    context,
    subject,
    part: (each, of = subject) => conditionSql(each, of === subject ? asking : { context, subject: of }),
    ids: (each, of) => conditionIds(each, { context, subject: of }),
  }
}

/** The plans below that are asked of the same subject. */
export function planParts(plan: Plan): readonly Plan[] {
  return readingOf(plan.kind).parts?.(plan) ?? []
}

/** Whether a plan is met, from whether those below that hold no others are; null where more than they has a say. */
export function metFrom(plan: Plan, leaf: (plan: Plan) => boolean): boolean | null {
  const parts = planParts(plan)
  if (parts.length === 0) return leaf(plan)
  const answers = new Map(parts.map((part) => [part, metFrom(part, leaf)]))
  if ([...answers.values()].includes(null)) return null
  return readingOf(plan.kind).fromParts?.(plan, (part) => answers.get(part) === true) ?? null
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
