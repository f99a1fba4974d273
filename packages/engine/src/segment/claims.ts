import {
  type Condition,
  eventMeasures,
  type MatchContext,
  type NumberOperator,
  operatorOf,
  type PositiveOperator,
  positiveOf,
  readDuration,
  type Within,
} from '@kindred/model'
import { canonical } from './canonical.ts'
import { areApart, countsOf, isBelow, isEmpty, isInside, least, numbersOf, type Stretch } from './stretch.ts'
import { emptiness, valueImplies, valuesExclude } from './value-claims.ts'

/** A condition as far as it can be told from it alone what else holds of whoever meets it. */
export type Claim =
  | { readonly is: 'every' | 'some'; readonly of: readonly Claim[] }
  | { readonly is: 'opposite'; readonly of: Claim }
  | { readonly is: 'value'; readonly about: string; readonly operator: PositiveOperator }
  | Amount
  | { readonly is: 'thing'; readonly text: string }

/** A number of somebody lies in a stretch. `events`: it is a count of these. */
interface Amount {
  readonly is: 'amount'
  readonly about: string
  readonly within: Stretch
  readonly events?: Events
}
interface Events {
  readonly kind: string
  readonly where: readonly string[]
  readonly within: Within | undefined
  readonly during: string
}

/** Groups are come to again from each group around them. */
const claims = new WeakMap<Condition, Claim>()

export function claimOf(condition: Condition): Claim {
  const claim = claims.get(condition) ?? newClaim(condition)
  claims.set(condition, claim)
  return claim
}

function newClaim(condition: Condition): Claim {
  if ('all' in condition) return { is: 'every', of: condition.all.map(claimOf) }
  if ('any' in condition) return { is: 'some', of: condition.any.map(claimOf) }
  if ('not' in condition) return oppositeOf(claimOf(condition.not))
  if ('of' in condition && condition.atLeast === 1) return { is: 'some', of: condition.of.map(claimOf) }
  if ('of' in condition && condition.atLeast === condition.of.length) return { is: 'every', of: condition.of.map(claimOf) }
  if ('property' in condition) return valueClaim(`property ${condition.property}`, condition)
  if ('trait' in condition && condition.rank === undefined) return valueClaim(`trait ${condition.trait}`, condition)
  if ('did' in condition) return didClaim(condition)
  if ('session' in condition) {
    const { session, count, within } = condition
    return countClaim(count, { kind: 'session', where: session.map(canonical), within, during: '' })
  }
  if ('message' in condition) {
    const { count, within, ...message } = condition
    return countClaim(count, { kind: canonical(message), where: [], within, during: '' })
  }
  if ('consent' in condition) {
    const { consent, purpose, is, since } = condition
    const place = ['given', 'refused', 'neverAsked'].indexOf(is)
    const state: Claim = { is: 'amount', about: canonical({ consent, purpose }), within: { low: least(place), high: least(place) } }
    return since === undefined ? state : { is: 'every', of: [state, { is: 'thing', text: canonical(condition) }] }
  }
  if ('bucket' in condition) {
    const { salt, from, to } = condition.bucket
    return { is: 'amount', about: `bucket ${salt}`, within: { low: least(from), high: { at: [to], belongs: false } } }
  }
  if ('observed' in condition) return { is: 'amount', about: 'observed', within: { low: least(readDuration(condition.observed).milliseconds) } }
  return { is: 'thing', text: canonical(condition) }
}

/** A negation is the exact opposite of its operator. */
function valueClaim(about: string, condition: object): Claim {
  const { operator, negated } = positiveOf(operatorOf(condition))
  const claim: Claim = { is: 'value', about, operator }
  return negated ? oppositeOf(claim) : claim
}

function didClaim(condition: Extract<Condition, { did: unknown }>): Claim {
  const { did, where = [], within, during, count, share } = condition
  const events: Events = { kind: canonical({ did }), where: where.map(canonical), within, during: canonical(during) }
  const measure = eventMeasures.find((each) => condition[each] !== undefined)
  const measured = measure === undefined ? share : condition[measure]
  if (measured === undefined) return countClaim(count, events)
  const property = measure === undefined ? 'share' : { measure, property: condition[measure]?.property }
  const { operator, negated } = positiveOf(operatorOf(measured))
  const numbers = numbersOf(operator as NumberOperator)
  const claim: Claim = { is: 'amount', about: canonical([events, property]), within: measure === 'distinct' ? countsOf(numbers) : numbers }
  return negated ? oppositeOf(claim) : claim
}

function countClaim(count: object = { atLeast: 1 }, events: Events): Claim {
  const { operator, negated } = positiveOf(operatorOf(count))
  const claim: Claim = { is: 'amount', about: canonical(events), within: countsOf(numbersOf(operator as NumberOperator)), events }
  return negated ? oppositeOf(claim) : claim
}

/** Everybody has a count, so that fewer than five is the opposite of five or more. */
function oppositeOf(claim: Claim): Claim {
  if (claim.is === 'opposite') return claim.of
  if (claim.is !== 'amount' || claim.events === undefined || isEmpty(claim.within)) return { is: 'opposite', of: claim }
  const [from = 0] = claim.within.low?.at ?? []
  const [to] = claim.within.high?.at ?? []
  if (to === undefined) return { ...claim, within: { low: least(0), high: least(from - 1) } }
  return from === 0 ? { ...claim, within: { low: least(to + 1) } } : { is: 'opposite', of: claim }
}

const hopeless = new WeakMap<MatchContext, WeakMap<Claim, boolean>>()

/** Whether it is certain that nobody meets the claim, now or later. */
export function isHopeless(claim: Claim, clock: MatchContext): boolean {
  const known = hopeless.get(clock) ?? new WeakMap<Claim, boolean>()
  hopeless.set(clock, known)
  const answer = known.get(claim) ?? isNeverMet(claim, clock)
  known.set(claim, answer)
  return answer
}

function isNeverMet(claim: Claim, clock: MatchContext): boolean {
  switch (claim.is) {
    case 'some':
      return claim.of.every((each) => isHopeless(each, clock))
    case 'every':
      return claim.of.some((each, index) => isHopeless(each, clock) || claim.of.slice(0, index).some((before) => exclude(before, each, clock)))
    case 'value':
      return emptiness(claim.operator, clock) !== null
    case 'amount':
      return isEmpty(claim.within)
    default:
      return false
  }
}

/**
 * Whether it is certain that nobody meets both claims, now or later. Each step goes down on one side alone, which one the kinds of the two decide, so that each
 * pair of parts is come to once.
 */
export function exclude(one: Claim, other: Claim, clock: MatchContext): boolean {
  if (one.is === 'some') return one.of.every((each) => exclude(each, other, clock))
  if (other.is === 'some') return other.of.every((each) => exclude(one, each, clock))
  if (one.is === 'every') return one.of.some((each) => exclude(each, other, clock))
  if (other.is === 'every') return other.of.some((each) => exclude(one, each, clock))
  if (one.is === 'opposite') return implies(other, one.of, clock)
  if (other.is === 'opposite') return implies(one, other.of, clock)
  if (one.is === 'value' && other.is === 'value') return one.about === other.about && valuesExclude(one.operator, other.operator, clock)
  return one.is === 'amount' && other.is === 'amount' && amountsExclude(one, other)
}

/** Whether it is certain that whoever meets the one claim meets the other. */
function implies(one: Claim, other: Claim, clock: MatchContext): boolean {
  if (one.is === 'some') return one.of.every((each) => implies(each, other, clock))
  if (other.is === 'every') return other.of.every((each) => implies(one, each, clock))
  if (one.is === 'every') return one.of.some((each) => implies(each, other, clock))
  if (other.is === 'some') return other.of.some((each) => implies(one, each, clock))
  if (other.is === 'opposite') return exclude(one, other.of, clock)
  if (one.is === 'value' && other.is === 'value') return one.about === other.about && valueImplies(one.operator, other.operator, clock)
  if (one.is === 'amount' && other.is === 'amount') return amountImplies(one, other)
  return one.is === 'thing' && other.is === 'thing' && one.text === other.text
}

function amountsExclude(one: Amount, other: Amount): boolean {
  if (one.about === other.about) return areApart(one.within, other.within)
  // Of more events there are not fewer.
  return (areAmong(one, other) && isBelow(other.within, one.within)) || (areAmong(other, one) && isBelow(one.within, other.within))
}

function amountImplies(one: Amount, other: Amount): boolean {
  if (one.about === other.about) return isInside(one.within, other.within)
  if (areAmong(one, other)) return other.within.high === undefined && isInside(one.within, other.within)
  const { low, high } = other.within
  return areAmong(other, one) && (low?.at[0] ?? 0) <= 0 && high !== undefined && isInside({ low: least(0), ...one.within }, { low: least(0), high })
}

/** Each event that the one counts, the other counts too. */
function areAmong({ events: few }: Amount, { events: many }: Amount): boolean {
  if (few === undefined || many === undefined || few.kind !== many.kind) return false
  if (many.during !== few.during && many.during !== canonical(undefined)) return false
  return many.where.every((each) => few.where.includes(each)) && isWithin(few.within, many.within)
}

/** Certain of the same window, of one that is ever, and of two that roll back from now. */
function isWithin(short: Within | undefined, long: Within | undefined): boolean {
  if (long === undefined || canonical(short) === canonical(long)) return true
  const [few, many] = [rollingLength(short), rollingLength(long)]
  return few !== null && many !== null && few <= many
}

function rollingLength(within: Within | undefined): number | null {
  if (within === undefined || !('last' in within) || Object.keys(within).some((key) => key !== 'last')) return null
  return readDuration(within.last).milliseconds
}
