import { compiling } from '../condition/kinds.ts'
import type { Compiling } from '../condition/reading.ts'
import { raw, type Sql, sql } from '../sql.ts'
import { LabelConditions } from './label-conditions.ts'
import { joinedPass } from './passes.ts'
import type { TraitPlan } from './plan.ts'
import { Parts, peoplePass } from './rows.ts'

/** What reads the values of several traits beside rows of subjects. */
export interface Beside {
  /** Columns of the subjects' own rows, from `subject.rows`, which then are `s`, with their `id`. */
  readonly own: readonly Sql[]
  /** What is joined to `s`. */
  readonly joined: readonly Sql[]
  /** The value of each trait in terms of those; of somebody without any events the value of nobody's events. Types are those of `traitRows`. */
  readonly values: readonly Sql[]
}

/**
 * The events are read once for all that the traits measure and is not kept, and once for all that labels ask. Each trait has values (`nothing` is none), and is
 * of this very subject.
 */
export function valuesBeside(traits: readonly TraitPlan[], { context, subject }: Pick<Compiling, 'context' | 'subject'>): Beside {
  const labels = new LabelConditions({ context, subject })
  const plain = compiling({ context, subject })
  const besideLabels: Compiling = { ...plain, part: (plan, of = subject) => (of === subject ? labels.sql(plan) : plain.part(plan, of)) }
  const parts = new Parts({ labelsBeside: true })
  const values = traits.map(({ value }) => parts.print(value, besideLabels))
  const own = [...parts.own.map((each, index) => sql`${each} as ${raw(`own_${index}`)}`), ...labels.own]
  const joined = [...parts.people.map((measure, index) => peoplePass(measure, index, besideLabels)), ...labels.joined()]
  joined.push(...parts.passes(besideLabels).map(joinedPass))
  return { own, joined, values: values.map((value) => value()) }
}
