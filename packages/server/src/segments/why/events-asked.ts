import { type CompileContext, eventNames } from '@kindred/engine'
import { type Condition, type EventChoice, partsOf } from '@kindred/model'

type Names = readonly string[] | null

/**
 * The names of all events that conditions look at, so that nothing else that somebody did can change the answer; null: any may. Of a kind of condition that
 * is not known here, any may.
 */
export function eventsAsked(conditions: readonly Condition[], context: Pick<CompileContext, 'roles'>): Names {
  return union(conditions.map((condition) => ofOne(condition, context)))
}

function ofOne(condition: Condition, context: Pick<CompileContext, 'roles'>): Names {
  if ('property' in condition || 'in' in condition) return []
  const parts = partsOf(condition)
  if (parts.length > 0) return union(parts.map(({ part }) => ofOne(part, context)))
  const choices = choicesOf(condition)
  return choices === null ? null : union(choices.map((choice) => eventNames(choice, context)))
}

function choicesOf(condition: Condition): EventChoice[] | null {
  if ('did' in condition) return [condition.did]
  if ('first' in condition) return [condition.first]
  if ('last' in condition) return [condition.last]
  if ('regularly' in condition) return [condition.regularly]
  if ('stopped' in condition) return [condition.stopped]
  if ('restarted' in condition) return [condition.restarted]
  if ('started' in condition) return [condition.started]
  // Any event may stand between two of its steps.
  if ('sequence' in condition && condition.strict === true) return null
  if ('sequence' in condition) return condition.sequence.map((step) => ('absent' in step ? step.absent : step.did))
  return null
}

function union(some: readonly Names[]): Names {
  const names = some.flatMap((each) => each ?? [])
  return some.includes(null) ? null : [...new Set(names)]
}
