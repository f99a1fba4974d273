import type {
  BucketCondition,
  ComparisonSign,
  Condition,
  ConditionOfKind,
  ConsentCondition,
  During,
  EventChoice,
  EventMeasure,
  MessageCondition,
  PlaceCondition,
  RegularlyCondition,
  SequenceStep,
  SessionFact,
  TimeCondition,
  Within,
} from '@kindred/model'
import { kindOf } from '@kindred/model'
import type { NumberPart } from '../../conditions/comparison.ts'
import type { OperatorPart } from '../../conditions/operator-part.ts'
import type { TraitComparison } from '../../conditions/trait-comparison.ts'

/**
 * A condition while it is being written: as on the wire, with null (or an empty text) for what is still missing. So what was read comes back as it
 * was, down to the parts that no field shows.
 */
export type RowDraft =
  | PropertyRowDraft
  | DidDraft
  | FirstLastDraft
  | RegularlyDraft
  | StartedDraft
  | StoppedDraft
  | RestartedDraft
  | ObservedDraft
  | SequenceDraft
  | CompareDraft
  | SessionDraft
  | PlaceDraft
  | TimeDraft
  | PeopleDraft
  | AccountDraft
  | InDraft
  | TraitDraft
  | MessageDraft
  | ConsentDraft
  | SurveyDraft
  | BucketDraft
  | WrittenDraft

export type Filter = OperatorPart & { property: string }
export type Measure = NumberPart & { property: string }
export interface EventsPart {
  where?: Filter[]
  within?: Within
  during?: During
}

export type PropertyRowDraft = { kind: 'property' } & Filter
export type DidDraft = { kind: 'did'; did: EventChoice | null; count?: NumberPart; share?: NumberPart } & EventsPart & { [Name in EventMeasure]?: Measure }
export type FirstLastDraft = ({ kind: 'first'; first: EventChoice | null } | { kind: 'last'; last: EventChoice | null }) & EventsPart
export interface RegularlyDraft {
  kind: 'regularly'
  regularly: EventChoice | null
  where?: Filter[]
  times?: NumberPart
  periods: Omit<RegularlyCondition['periods'], 'atLeast' | 'of'> & { atLeast: number | null; of: number | null }
}
export interface StartedDraft {
  kind: 'started'
  started: EventChoice | null
  where?: Filter[]
  within: Within
}
/** Lengths of time to the millisecond, or in days of the calendar: the project's, or those of each person. */
export interface DayCounting {
  wholeDays?: true
  zone?: 'project' | 'person'
}

export interface StoppedDraft extends DayCounting {
  kind: 'stopped'
  stopped: EventChoice | null
  where?: Filter[]
  active: string
  quiet: string
}
export interface RestartedDraft extends DayCounting {
  kind: 'restarted'
  restarted: EventChoice | null
  where?: Filter[]
  quiet: string
  back: string
}
export interface ObservedDraft {
  kind: 'observed'
  observed: string
}
export type StepDraft = ({ did: EventChoice | null } | { absent: EventChoice | null }) & { where?: Filter[] } & Pick<SequenceStep, 'within' | 'after'>
export interface SequenceDraft {
  kind: 'sequence'
  sequence: StepDraft[]
  within?: Within
  strict?: true
}
export type QuantityDraft = { did: EventChoice | null } & EventsPart & { [Name in EventMeasure]?: { property: string } }
export interface CompareDraft {
  kind: 'compare'
  compare: QuantityDraft
  is: ComparisonSign
  than: QuantityDraft
  times?: number | null
}
export interface SessionDraft {
  kind: 'session'
  session: (OperatorPart & { property: SessionFact })[]
  count?: NumberPart
  within?: Within
}
export type PlaceDraft = { kind: 'place' } & Omit<PlaceCondition, 'near' | 'inside'> & {
    near?: { [Key in keyof NonNullable<PlaceCondition['near']>]: NonNullable<PlaceCondition['near']>[Key] | null }
    inside?: (number | null)[][]
  }
export type TimeDraft = { kind: 'time' } & TimeCondition
export type QuantifierDraft = 'any' | 'all' | 'none' | { share: NumberPart } | NumberPart
export interface PeopleDraft {
  kind: 'people'
  people: QuantifierDraft
}
export interface AccountDraft {
  kind: 'account'
  account: QuantifierDraft
  type?: string
}
export interface InDraft {
  kind: 'in'
  in: number | null
  joinedWithin?: string
}
export type TraitDraft = { kind: 'trait' } & TraitComparison
export type MessageDraft = { kind: 'message'; count?: NumberPart } & Omit<MessageCondition, 'count'>
export type ConsentDraft = { kind: 'consent' } & ConsentCondition
export type SurveyDraft = { kind: 'survey'; survey: { name?: string; question: string }; within?: Within } & OperatorPart
export interface BucketDraft {
  kind: 'bucket'
  bucket: { [Key in keyof BucketCondition['bucket']]: BucketCondition['bucket'][Key] | (Key extends 'salt' ? never : null) }
}
/** A condition that no row has fields for, as JSON text. */
export interface WrittenDraft {
  kind: 'written'
  text: string
}

export type RowKind = RowDraft['kind']
/** Words of the language whose data does not exist yet. */
const withoutFields = ['model', 'flag', 'experiment'] as const
type LeafKind = Exclude<keyof ConditionOfKind, 'all' | 'any' | 'not' | 'of'>
type Missing = Exclude<LeafKind, RowKind | (typeof withoutFields)[number]>
/** A kind of the model that has no row does not compile. */
const everyKindHasARow: Missing extends never ? true : never = true

/** The row of a condition that was read; the inverse of `writeRow`. What an account's people must meet stands beside the draft, in the row. */
export function readRow(condition: Condition): RowDraft {
  const kind = kindOf(condition)
  const isWritten = (withoutFields as readonly string[]).includes(kind) || !everyKindHasARow
  if (isWritten) return { kind: 'written', text: JSON.stringify(condition, null, 2) }
  const { where, ...rest } = condition as { where?: unknown }
  const own = kind === 'people' || kind === 'account' ? rest : where === undefined ? rest : { ...rest, where }
  return { kind, ...own } as unknown as RowDraft
}
