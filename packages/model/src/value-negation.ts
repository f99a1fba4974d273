import type { Operator, OperatorName } from './condition/index.ts'

/** Each negative operator is the exact complement of its positive one, so it also matches where the value is missing or cannot be read. */
export const negations = {
  missing: 'exists',
  isNot: 'is',
  notContains: 'contains',
  notMatches: 'matches',
  notEquals: 'equals',
  notBetween: 'between',
  hasNoneOf: 'hasAnyOf',
  domainIsNot: 'domainIs',
  versionNotEquals: 'versionEquals',
} as const satisfies Partial<Record<OperatorName, OperatorName>>
export type NegativeName = keyof typeof negations
export type PositiveOperator = Exclude<Operator, { name: NegativeName }>

/** The positive form of an operator, and whether its answer is to be turned round. */
export function positiveOf(operator: Operator): { operator: PositiveOperator; negated: boolean } {
  if (!isNegative(operator.name)) return { operator: operator as PositiveOperator, negated: false }
  return { operator: { ...operator, name: negations[operator.name] } as PositiveOperator, negated: true }
}

/** Whether the operator matches where the property is missing. */
export function isNegative(name: OperatorName): name is NegativeName {
  return name in negations
}

export type Of<Name extends PositiveOperator['name']> = Extract<PositiveOperator, { name: Name }>
