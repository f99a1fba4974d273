import type { Condition, Roles } from '@kindred/model'
import type { CompileContext } from '../context.ts'
import type { Sql } from '../sql.ts'
import type { Plan } from './plan.ts'

/** Everything that one kind of condition means, in one place. */
export interface Reading<Wire extends Condition, Frozen extends Plan> {
  /** Decides. Errors: `segment/invalid`, `segment/cycle`, `segment/not-found`, `segment/too-large`. */
  plan(condition: Wire, planning: Planning): Frozen
  /** UInt8, never NULL: whether the person `p` meets the plan. */
  sql(plan: Frozen, compiling: Compiling): Sql
  /** A clause about people: "who placed an order", "whose country is Ireland". */
  says(condition: Wire, saying: Saying): string
}

export interface Planning {
  context: CompileContext
  /** Where the condition stands: `where.all.0`. */
  path: string
  /** The part of a condition at a step below its own path. */
  part(condition: Condition, step: string): Plan
  /** The rule of a segment, or null for a list that is kept. */
  segment(id: number): Plan | null
}

export interface Compiling {
  context: Pick<CompileContext, 'projectId' | 'watermark' | 'hasOverrides' | 'foldedThrough'>
  part(plan: Plan): Sql
}

export interface Saying {
  roles: Roles
  /** The name of a segment, as people know it. */
  segmentName(id: number): string
  /** Whether the opposite is to be said. */
  negated: boolean
  part(condition: Condition, negated?: boolean): string
}
