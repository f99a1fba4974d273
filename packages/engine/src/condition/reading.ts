import type { Condition, Roles } from '@kindred/model'
import type { CompileContext } from '../context.ts'
import type { Sql } from '../sql.ts'
import type { Subject } from '../subject.ts'
import type { TraitPlan } from '../trait/plan.ts'
import type { Kept } from './bitmap.ts'
import type { Deciding } from './deciding.ts'
import type { EventNumbers } from './event-numbers.ts'
import type { Plan } from './plan.ts'

/** Everything that one kind of condition means, in one place. */
export interface Reading<Wire extends Condition, Frozen extends Plan> {
  /** Decides. Errors: `segment/invalid`, `segment/unsupported`, `segment/cycle`, `segment/not-found`, `segment/too-large`, `segment/too-deep`. */
  plan(condition: Wire, planning: Planning): Frozen
  /** UInt8, never NULL: whether the subject `p` meets the plan. */
  sql(plan: Frozen, compiling: Compiling): Sql
  /** A clause about people: "who placed an order", "whose country is Ireland". */
  says(condition: Wire, saying: Saying): string
  /** The plans of the conditions below that are asked of the same subject, in the order of `partsOf`. Left out: there are none. */
  parts?(plan: Frozen): readonly Plan[]
  /** Whether the id of the subject is enough to decide it. Left out: so are all of its parts, and it has some. */
  readsOnlyId?(plan: Frozen): boolean
  /**
   * A statement of one column, the ids of all who meet it, each once; null where it holds of subjects that no event tells of. It spares reading everyone.
   * Left out: there is none.
   */
  ids?(plan: Frozen, compiling: Compiling): Sql | null
  /** Whether it is met, from whether its parts are; null where more than they has a say. Left out: it has no parts. */
  fromParts?(plan: Frozen, part: (plan: Plan) => boolean): boolean | null
  /** All who meet it, from those who meet its parts. Left out: it has none. */
  bitmap?(plan: Frozen, combining: Combining): Kept
  /** The events of a person that decide it, to be shown to whoever asks why. Left out, or null: none do. */
  deciding?(plan: Frozen, compiling: Compiling): Deciding | null
  /** Where numbers of the subject's events decide it alone: what they are, so that several conditions are answered in one pass over the events. */
  numbers?(plan: Frozen): EventNumbers
}

export interface Planning {
  context: CompileContext
  /** Where the condition stands: `where.all.0`. */
  path: string
  /** Whom the condition is asked about. */
  subject: Subject
  /** The part of a condition at a step below its own path; `of` where it is asked of somebody else. */
  part(condition: Condition, step: string, of?: Subject): Plan
  /** The rule of a segment, or null for a list that is kept. */
  segment(id: number): Plan | null
  /** The plan of a computed trait. `step`: where below the path it is named. */
  trait(name: string, step: string): TraitPlan
  /** Tells of something that can be run but hardly meant, such as a condition that nobody can meet. `step`: where below the path. */
  warn(reason: string, step?: string): void
}

export interface Compiling {
  context: Pick<CompileContext, 'projectId' | 'watermark' | 'hasOverrides' | 'foldedThrough' | 'kept' | 'propertiesAsOf' | 'personNames' | 'textless'>
  subject: Subject
  part(plan: Plan, of?: Subject): Sql
  /** A statement of one column, the ids of all who meet the plan, each once; null where events alone do not tell them. */
  ids(plan: Plan, of: Subject): Sql | null
}

/** Bitmaps of subjects, printed as expressions; every one holds some of those there are. */
export interface Combining extends Pick<Compiling, 'context' | 'subject'> {
  part(plan: Plan): Kept
  /** Of the ids in the column `id` of a statement. */
  listed(ids: Sql): Kept
  /** With a name for a bitmap that is used more than once. */
  named(kept: Kept): Kept
}

export interface Saying {
  roles: Roles
  /** The name of a segment, as people know it. */
  segmentName(id: number): string
  /** What people call a trait; undefined for one that is built in or unknown. */
  traitName?(name: string): string | undefined
  /** Whom the clause is about: "who" of people, "that" of accounts. */
  who: 'who' | 'that'
  /** Whether the opposite is to be said. */
  negated: boolean
  part(condition: Condition, negated?: boolean): string
  /** Of a part that is about others: people of an account, accounts of a person. */
  partOf(who: Saying['who'], condition: Condition): string
}
