import type { AtLeastCondition, Condition, MatchContext } from '@kindred/model'
import { type Claim, claimOf, exclude, isHopeless } from './claims.ts'

/** A condition of a group that keeps everybody out of the group: its place, and what to say of it. */
export interface Contradiction {
  index: number
  reason: string
}

/**
 * Conditions of an `all` that exclude one before them, so that nobody can meet the group. Only what is certain of every value and at every time: what cannot be
 * met by itself is told where it stands. The conditions have been planned, so that what they hold can be read.
 */
export function contradictionsOf(conditions: readonly Condition[], clock: MatchContext): Contradiction[] {
  const claims = hopefulOf(conditions, clock)
  return claims.flatMap(({ claim, index }, place) => {
    const other = claims.slice(0, place).find((each) => exclude(each.claim, claim, clock))
    return other === undefined
      ? []
      : [{ index, reason: `nobody can meet this together with condition ${other.index + 1} of the same group${both(conditions, index, other.index)}` }]
  })
}

/** What to say of a group of several of which not so many as are asked for can hold at once; null where they can. */
export function hopelessGroup({ atLeast, of }: AtLeastCondition, clock: MatchContext): string | null {
  if (of.length === 1) return null
  const most = mostAtOnce(hopefulOf(of, clock), { clock, enough: atLeast })
  if (most >= atLeast) return null
  return most === 0 ? 'nobody can meet this: none of its conditions can be met' : `nobody can meet this: at most ${most} of its conditions can hold at once`
}

interface Hopeful {
  index: number
  claim: Claim
}

function hopefulOf(conditions: readonly Condition[], clock: MatchContext): Hopeful[] {
  return conditions.map((condition, index) => ({ index, claim: claimOf(condition) })).filter(({ claim }) => !isHopeless(claim, clock))
}

/** Put into heaps of which each two exclude each other: of a heap one holds at most. With `enough` heaps no more are looked for. */
function mostAtOnce(claims: readonly Hopeful[], { clock, enough }: { clock: MatchContext; enough: number }): number {
  const heaps: Claim[][] = []
  for (const { claim } of claims) {
    if (heaps.length >= enough) break
    const heap = heaps.find((each) => each.every((other) => exclude(other, claim, clock)))
    if (heap === undefined) heaps.push([claim])
    else heap.push(claim)
  }
  return heaps.length
}

/** What both are about, where they name one property or trait. */
function both(conditions: readonly Condition[], index: number, other: number): string {
  const [one, two] = [conditions[index], conditions[other]].map((each) => (each === undefined ? undefined : nameIn(each)))
  return one === undefined || one !== two ? '' : `, which is about “${one}” too`
}

function nameIn(condition: Condition): string | undefined {
  if ('not' in condition) return nameIn(condition.not)
  if ('property' in condition) return condition.property
  return 'trait' in condition ? condition.trait : undefined
}
