import { type Comparison, comparisonShape } from '@kindred/model'

/** A comparison on the wire, with null for a number that is still missing. */
export type NumberPart = { [Name in keyof Comparison]?: number | null | (number | null)[] }

/** A comparison as its fields ask for it. `operand` is null, or holds nulls, while it is being typed. */
export interface ComparisonDraft {
  name: keyof Comparison
  operand: number | null | (number | null)[]
}

const names = Object.keys(comparisonShape) as (keyof Comparison)[]

export function readComparison(part: NumberPart): ComparisonDraft {
  const name = names.find((each) => part[each] !== undefined) ?? 'atLeast'
  return { name, operand: part[name] ?? null }
}

export const writeComparison = ({ name, operand }: ComparisonDraft): NumberPart => ({ [name]: operand })

export const isPair = (name: keyof Comparison): boolean => name === 'between' || name === 'notBetween'

/** True where zero satisfies it, so that those who never did it match too. */
export function takesNone({ name, operand }: ComparisonDraft): boolean {
  const [first = null, second = null] = Array.isArray(operand) ? operand : [operand]
  if (first === null) return false
  if (name === 'atMost') return first >= 0
  if (name === 'lessThan') return first > 0
  if (name === 'notEquals') return first !== 0
  if (name === 'equals') return first === 0
  if (name === 'between') return second !== null && first <= 0 && second >= 0
  if (name === 'notBetween') return second !== null && !(first <= 0 && second >= 0)
  return name === 'atLeast' ? first <= 0 : first < 0
}
