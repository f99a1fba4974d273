import { operatorOf } from './condition/index.ts'
import { textOf, type Value } from './value.ts'
import type { Meets } from './value-match-list.ts'
import { textsOf } from './value-match-text.ts'
import { type Of, positiveOf } from './value-negation.ts'
import { compilePattern, textPattern } from './value-pattern.ts'
import { countryOfNumber } from './value-phone.ts'
import { domainOf, pathAsked, pathBeginning, pathOfUrl, queryParameters } from './value-url.ts'

export type AddressOperator = Of<'domainIs' | 'pathIs' | 'pathStartsWith' | 'queryParameter' | 'countryCodeIs'>

/** E-mail addresses, URLs and telephone numbers. */
export function meetsAddress(value: Value, operator: AddressOperator, meets: Meets): boolean {
  const text = textOf(value)
  if (operator.name === 'queryParameter') return meetsParameter(text, operator, meets)
  if (text === null) return false
  switch (operator.name) {
    case 'domainIs': {
      const domain = domainOf(text)
      const wanted = textsOf(operator.operand)
      return domain !== null && wanted.length > 0 && compilePattern(textPattern(wanted, 'whole')).found(domain)
    }
    case 'pathIs':
    case 'pathStartsWith':
      return meetsPath(text, operator)
    case 'countryCodeIs': {
      const country = countryOfNumber(text)
      return country !== null && textsOf(operator.operand).some((each) => each.toUpperCase() === country)
    }
  }
}

/** Any of a parameter that is repeated; an opposite also takes what has no such parameter, or no text at all. */
function meetsParameter(text: string | null, { operand }: Of<'queryParameter'>, meets: Meets): boolean {
  const { operator, negated } = positiveOf(operatorOf(operand))
  return (text !== null && queryParameters(text, operand.name).some((each) => meets(each, operator))) !== negated
}

function meetsPath(text: string, { name, operand, ignoringCase }: Of<'pathIs' | 'pathStartsWith'>): boolean {
  const path = pathOfUrl(text)
  if (path === null) return false
  const whole = name === 'pathIs'
  const subject = whole ? path : `${path}/`
  const wanted = textsOf(operand).map(whole ? pathAsked : pathBeginning)
  if (wanted.length === 0) return false
  if (ignoringCase) return compilePattern(textPattern(wanted, whole ? 'whole' : 'start')).found(subject)
  return wanted.some((each) => (whole ? subject === each : subject.startsWith(each)))
}
