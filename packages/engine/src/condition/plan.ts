import type { ConditionKind } from '@kindred/model'

/**
 * A condition with everything decided: roles are names, windows are milliseconds, segments that are named are written out. What prints it (SQL, a
 * live step) only renders. Each kind's own plan stands in the file of the kind, which alone looks inside.
 */
export interface Plan {
  readonly kind: ConditionKind
}
