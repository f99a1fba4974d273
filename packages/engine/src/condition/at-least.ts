import type { AtLeastCondition } from '@kindred/model'
import { hopelessGroup } from '../segment/contradictions.ts'
import { bind, join, sql } from '../sql.ts'
import { both, either, type Kept, opposite } from './bitmap.ts'
import type { Plan } from './plan.ts'
import type { Combining, Reading } from './reading.ts'

export interface AtLeastPlan extends Plan {
  readonly kind: 'of'
  readonly atLeast: number
  readonly parts: readonly Plan[]
}

/** Whoever meets at least so many of the parts. */
export const atLeast: Reading<AtLeastCondition, AtLeastPlan> = {
  plan: (condition, { part, warn, context }) => {
    const parts = condition.of.map((each, index) => part(each, `of.${index}`))
    const reason = hopelessGroup(condition, context)
    if (reason !== null) warn(reason)
    return { kind: 'of', atLeast: condition.atLeast, parts }
  },
  parts: (plan) => plan.parts,
  fromParts: (plan, part) => plan.parts.filter(part).length >= plan.atLeast,
  bitmap: ({ atLeast: wanted, parts }, combining) => {
    const kept = parts.map(combining.part)
    const missing = parts.length - wanted + 1
    if (wanted <= missing) return manyOf(kept, wanted, combining)
    // Not so many of the opposites is the same, and takes fewer steps.
    return opposite(manyOf(kept.map(opposite), missing, combining))
  },
  // Added as wide numbers: an UInt8 would begin again after 255 parts.
  sql: (plan, { part }) =>
    sql`(${join(
      plan.parts.map((each) => sql`toUInt32(${part(each)})`),
      ' + ',
    )}) >= ${bind('UInt32', plan.atLeast)}`,
  says: (condition, saying) => {
    const clauses = condition.of.map((each) => `(${saying.part(each)})`).join('; ')
    const whom = saying.who === 'who' ? 'whom' : 'which'
    return `for ${whom} ${saying.negated ? 'fewer than' : 'at least'} ${condition.atLeast} of these ${condition.of.length} ${condition.of.length === 1 ? 'is' : 'are'} true: ${clauses}`
  },
}

/** Who is in at least so many. */
function manyOf(kept: readonly Kept[], wanted: number, combining: Pick<Combining, 'named'>): Kept {
  if (wanted === 1) return either(kept)
  const half = kept.length >> 1
  const [left, right] = [kept.slice(0, half), kept.slice(half)].map((each) => upTo(each, wanted, combining))
  return inBoth(left ?? [], right ?? [], wanted)
}

/** Who is in at least 1, 2, … of them, up to `most`, from those of either half. */
function upTo(kept: readonly Kept[], most: number, combining: Pick<Combining, 'named'>): readonly Kept[] {
  if (kept.length <= 1) return kept
  const half = kept.length >> 1
  const left = upTo(kept.slice(0, half), most, combining)
  const right = upTo(kept.slice(half), most, combining)
  return Array.from({ length: Math.min(most, kept.length) }, (_, index) => combining.named(inBoth(left, right, index + 1)))
}

/** Who is in at least `wanted` of all: so many of the left half, and what is missing of the right one. */
function inBoth(left: readonly Kept[], right: readonly Kept[], wanted: number): Kept {
  const ways: Kept[] = []
  for (let of = Math.max(0, wanted - right.length); of <= Math.min(wanted, left.length); of++) {
    const halves = [left[of - 1], right[wanted - of - 1]].filter((each) => each !== undefined)
    ways.push(both(halves))
  }
  return either(ways)
}
