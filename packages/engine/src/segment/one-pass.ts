import type { EventNumbers } from '../condition/event-numbers.ts'
import { conditionSql, eventNumbers, metFrom, planParts } from '../condition/kinds.ts'
import type { Plan } from '../condition/plan.ts'
import type { Compiling } from '../condition/reading.ts'
import { isSameEvents, tally } from '../condition/tally.ts'
import { join, raw, type Sql, sql } from '../sql.ts'
import { isLocal } from '../zone/when.ts'

/** Several conditions about the same events, answered in one pass over them instead of one each. */

type Asking = Pick<Compiling, 'context' | 'subject'>

export interface Leaf {
  readonly plan: Plan
  readonly numbers: EventNumbers
}

/** One statement for all the leaves: the id of each subject with such events as `id`, and whether it meets them. */
export function passOver(leaves: readonly Leaf[], asking: Asking): { id: Sql; from: Sql; met: readonly Sql[] } {
  const { id, from, values } = tally(
    leaves.flatMap(({ numbers }) => numbers.quantities),
    asking,
  )
  const places = leaves.map((_, index) => leaves.slice(0, index).reduce((sum, { numbers }) => sum + numbers.quantities.length, 0))
  const met = leaves.map(({ numbers }, index) => numbers.met(values.slice(places[index], (places[index] ?? 0) + numbers.quantities.length)))
  return { id, from, met }
}

/** The plans below that hold no others. */
function leavesOf(plan: Plan): Plan[] {
  const parts = planParts(plan)
  return parts.length === 0 ? [plan] : parts.flatMap(leavesOf)
}

/** The plan as a leaf that can share a pass; where people live needs a statement of its own. */
function leafOf(plan: Plan): Leaf | null {
  const numbers = eventNumbers(plan)
  return numbers === null || numbers.quantities.some(({ when }) => isLocal(when)) ? null : { plan, numbers }
}

/**
 * Whether the two are about the same events, so that one pass serves both. Not where properties, which are slow to read, would be read over far more
 * events than the window of the one that asks for them holds.
 */
function canShare(one: Leaf, other: Leaf): boolean {
  const quantities = [...one.numbers.quantities, ...other.numbers.quantities]
  const [first] = quantities
  if (first === undefined || !quantities.every(({ names }) => isSameEvents(names, first.names))) return false
  const length = (from: number | undefined, to: number) => (from === undefined ? Number.POSITIVE_INFINITY : to - from)
  const windows = quantities.map(({ when }) => when.window)
  const froms = windows.flatMap(({ from }) => from ?? [])
  const whole = length(froms.length < windows.length ? undefined : Math.min(...froms), Math.max(...windows.map(({ to }) => to)))
  return quantities.every(({ filters, measure, when: { window } }) => {
    const readsProperties = filters.length > 0 || 'property' in measure
    return !readsProperties || 2 * length(window.from, window.to) >= whole
  })
}

/**
 * The ids of all who meet `led`, which nobody without events does, and those of the `parts` that are about the same events too: `met` says which. Null where
 * it would be `led` alone.
 */
export function idsInOnePass(led: Plan, parts: readonly Plan[], asking: Asking): { ids: Sql; met: readonly Plan[] } | null {
  const leading = leafOf(led)
  if (leading === null) return null
  const isAnswered = (plan: Plan) => metFrom(plan, () => true) !== null
  const shared = (plan: Plan) => {
    return leavesOf(plan).every((each) => {
      const leaf = leafOf(each)
      return leaf !== null && canShare(leading, leaf)
    })
  }
  const met = parts.filter((part) => part === led || (isAnswered(part) && shared(part)))
  const leaves = met.flatMap(leavesOf).flatMap((plan) => leafOf(plan) ?? [])
  if (leaves.length < 2) return null
  const { id, from, met: each } = passOver(leaves, asking)
  const known = new Map(leaves.map(({ plan }, index) => [plan, each[index] ?? raw('0')]))
  const having = join(
    met.map((part) => conditionSql(part, { ...asking, known })),
    ' and ',
  )
  return { ids: sql`select ${id} as id ${from} group by id having ${having}`, met }
}

/** Every condition of the tree that holds no others: those that share passes over the same events, and the others. */
export function passesOf(plan: Plan): { passes: readonly (readonly Leaf[])[]; others: readonly Plan[] } {
  const passes: Leaf[][] = []
  const others: Plan[] = []
  for (const each of new Set(leavesOf(plan))) {
    const leaf = leafOf(each)
    const pass = leaf === null ? undefined : passes.find((leaves) => leaves.every((other) => canShare(other, leaf)))
    if (leaf === null) others.push(each)
    else if (pass === undefined) passes.push([leaf])
    else pass.push(leaf)
  }
  return { passes, others }
}
