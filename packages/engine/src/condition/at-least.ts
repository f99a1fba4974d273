import type { AtLeastCondition } from '@kindred/model'
import { bind, join, type Sql, sql } from '../sql.ts'
import { foldBitmaps, withoutBitmap } from './bitmap.ts'
import type { Plan } from './plan.ts'
import type { Combining, Reading } from './reading.ts'

export interface AtLeastPlan extends Plan {
  readonly kind: 'of'
  readonly atLeast: number
  readonly parts: readonly Plan[]
}

/** Whoever meets at least so many of the parts. */
export const atLeast: Reading<AtLeastCondition, AtLeastPlan> = {
  plan: (condition, { part }) => ({ kind: 'of', atLeast: condition.atLeast, parts: condition.of.map((each, index) => part(each, `of.${index}`)) }),
  parts: (plan) => plan.parts,
  bitmap: ({ atLeast: wanted, parts }, combining) => {
    const bitmaps = parts.map((each) => combining.named(combining.part(each)))
    const missing = parts.length - wanted + 1
    if (wanted <= missing) return manyOf(bitmaps, wanted, combining)
    // Not so many of the opposites is the same, and takes fewer steps.
    const opposites = bitmaps.map((each) => combining.named(withoutBitmap(combining.everyone, each)))
    return withoutBitmap(combining.everyone, manyOf(opposites, missing, combining))
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

/** Those in at least so many of the bitmaps: with each further one, who is in 1, 2, … of those so far. */
function manyOf(bitmaps: readonly Sql[], wanted: number, { named }: Pick<Combining, 'named'>): Sql {
  let inMany: readonly Sql[] = []
  for (const bitmap of bitmaps) {
    inMany = Array.from({ length: Math.min(wanted, inMany.length + 1) }, (_, index) => {
      const [already, oneLess] = [inMany[index], inMany[index - 1]]
      const now = oneLess === undefined ? bitmap : foldBitmaps('bitmapAnd', [oneLess, bitmap])
      return named(already === undefined ? now : foldBitmaps('bitmapOr', [already, now]))
    })
  }
  const [found] = inMany.slice(wanted - 1)
  if (found === undefined) throw new Error('no more are asked for than there are')
  return found
}
