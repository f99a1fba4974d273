import { z } from 'zod'
import { meantIssue } from '../meant-issue.ts'
import { type BucketCondition, bucketConditionSchema } from './bucket.ts'
import {
  type ObservedCondition,
  observedConditionSchema,
  type RestartedCondition,
  restartedConditionSchema,
  type StartedCondition,
  type StoppedCondition,
  startedConditionSchema,
  stoppedConditionSchema,
} from './change.ts'
import { type CompareCondition, compareConditionSchema } from './compare.ts'
import { type ConsentCondition, consentConditionSchema } from './consent.ts'
import { type DidCondition, didConditionSchema } from './did.ts'
import { type FirstCondition, firstConditionSchema, type LastCondition, lastConditionSchema } from './first-last.ts'
import { type InCondition, inConditionSchema } from './in.ts'
import {
  type ExperimentCondition,
  experimentConditionSchema,
  type FlagCondition,
  flagConditionSchema,
  type ModelCondition,
  modelConditionSchema,
} from './later.ts'
import { type MessageCondition, messageConditionSchema } from './message.ts'
import { type Quantifier, quantifierSchema } from './people-account.ts'
import { type PlaceCondition, placeConditionSchema } from './place.ts'
import { type PropertyCondition, propertyConditionSchema } from './property.ts'
import { type RegularlyCondition, regularlyConditionSchema } from './regularly.ts'
import { type SequenceCondition, sequenceConditionSchema } from './sequence.ts'
import { type SessionCondition, sessionConditionSchema } from './session.ts'
import { type SurveyCondition, surveyConditionSchema } from './survey.ts'
import { type TimeCondition, timeConditionSchema } from './time.ts'
import { type TraitCondition, traitConditionSchema } from './trait.ts'

/**
 * The segment language on the wire: what `docs/segments.md` describes. JSON, YAML and the builder all hold this tree.
 * Every object is strict: a key it does not know is an error that names it.
 */

export interface AllCondition {
  all: Condition[]
}
export interface AnyCondition {
  any: Condition[]
}
export interface NotCondition {
  not: Condition
}
/** At least so many of the conditions hold. */
export interface AtLeastCondition {
  atLeast: number
  of: Condition[]
}
/** Of an account: how many of its people meet the condition, where only events that carry the account count. */
export interface PeopleCondition {
  people: Quantifier
  where: Condition
}
/** Of a person: how many of their accounts (of one `type`, where given) meet the condition. */
export interface AccountCondition {
  account: Quantifier
  type?: string | undefined
  where: Condition
}

/** What each kind of condition holds; the key that names the kind is the name here. */
export interface ConditionOfKind {
  all: AllCondition
  any: AnyCondition
  not: NotCondition
  of: AtLeastCondition
  property: PropertyCondition
  did: DidCondition
  first: FirstCondition
  last: LastCondition
  regularly: RegularlyCondition
  stopped: StoppedCondition
  restarted: RestartedCondition
  started: StartedCondition
  observed: ObservedCondition
  sequence: SequenceCondition
  compare: CompareCondition
  session: SessionCondition
  place: PlaceCondition
  time: TimeCondition
  people: PeopleCondition
  account: AccountCondition
  in: InCondition
  trait: TraitCondition
  message: MessageCondition
  consent: ConsentCondition
  survey: SurveyCondition
  bucket: BucketCondition
  model: ModelCondition
  flag: FlagCondition
  experiment: ExperimentCondition
}
export type ConditionKind = keyof ConditionOfKind
export type Condition = ConditionOfKind[ConditionKind]

const parts = z.lazy(() => z.array(conditionSchema).min(1))
const part = z.lazy(() => conditionSchema)

export const conditionKindSchemas = {
  all: z.strictObject({ all: parts }),
  any: z.strictObject({ any: parts }),
  not: z.strictObject({ not: part }),
  of: z
    .strictObject({ atLeast: z.number().int().min(1), of: parts })
    .refine(({ atLeast, of }) => atLeast <= of.length, { error: 'at least as many conditions are asked for as there are', path: ['atLeast'] }),
  property: propertyConditionSchema,
  did: didConditionSchema,
  first: firstConditionSchema,
  last: lastConditionSchema,
  regularly: regularlyConditionSchema,
  stopped: stoppedConditionSchema,
  restarted: restartedConditionSchema,
  started: startedConditionSchema,
  observed: observedConditionSchema,
  sequence: sequenceConditionSchema,
  compare: compareConditionSchema,
  session: sessionConditionSchema,
  place: placeConditionSchema,
  time: timeConditionSchema,
  people: z.strictObject({ people: quantifierSchema, where: part }),
  account: z.strictObject({ account: quantifierSchema, type: z.string().min(1).max(200).optional(), where: part }),
  in: inConditionSchema,
  trait: traitConditionSchema,
  message: messageConditionSchema,
  consent: consentConditionSchema,
  survey: surveyConditionSchema,
  bucket: bucketConditionSchema,
  model: modelConditionSchema,
  flag: flagConditionSchema,
  experiment: experimentConditionSchema,
} satisfies { [Kind in ConditionKind]: z.ZodType<ConditionOfKind[Kind]> }

/** The kinds of condition; the engine has one file for each. */
export const conditionKinds = Object.keys(conditionKindSchemas) as ConditionKind[]

/** The kind of a parsed condition: the one of its keys that names a kind. */
export function kindOf(condition: Condition): ConditionKind {
  const kind = conditionKinds.find((each) => each in condition)
  if (kind === undefined) throw new Error('a parsed condition has a kind')
  return kind
}

/** The conditions that one holds, each with the step that leads to it below its own path: `all.0`, `not`, `where`. */
export function partsOf(condition: Condition): { step: string; part: Condition }[] {
  if ('all' in condition) return listed('all', condition.all)
  if ('any' in condition) return listed('any', condition.any)
  if ('of' in condition) return listed('of', condition.of)
  if ('not' in condition) return [{ step: 'not', part: condition.not }]
  return 'people' in condition || 'account' in condition ? [{ step: 'where', part: condition.where }] : []
}

function listed(key: string, conditions: readonly Condition[]): { step: string; part: Condition }[] {
  return conditions.map((part, index) => ({ step: `${key}.${index}`, part }))
}

/**
 * Reads by kind first, so that a mistake deep in a tree is told at its own path instead of as "no member of the union".
 */
export const conditionSchema: z.ZodType<Condition> = z.unknown().transform((value, context): Condition => {
  const keys = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : []
  const kinds = conditionKinds.filter((kind) => keys.includes(kind))
  const kind = kinds[0]
  if (kind === undefined || kinds.length > 1) {
    context.issues.push({ code: 'custom', input: value, message: `give one of ${conditionKinds.join(', ')}` })
    return z.NEVER
  }
  const parsed = conditionKindSchemas[kind].safeParse(value)
  if (parsed.success) return parsed.data
  for (const { path, message, ...rest } of parsed.error.issues.map(meantIssue)) context.issues.push({ ...rest, code: 'custom', input: value, path, message })
  return z.NEVER
})
