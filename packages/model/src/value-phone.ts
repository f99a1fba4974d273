import { callingCodes } from './calling-codes.ts'

/** What may stand between the digits of a number that people read. */
export const numberSpacing = '[ ().\\-/]'
/** A number in international form without spacing. */
export const internationalNumber = '^[+][1-9][0-9]{5,14}$'

const spacing = new RegExp(numberSpacing, 'g')
const international = new RegExp(internationalNumber)
const longestCode = Math.max(...[...callingCodes.keys()].map((code) => code.length))

/** The two letters of the country that a telephone number belongs to, by the longest calling code it begins with; null where it is not in international form or of no country. */
export function countryOfNumber(text: string): string | null {
  const number = text.replace(spacing, '')
  if (!international.test(number)) return null
  for (let length = longestCode; length > 0; length--) {
    const country = callingCodes.get(number.slice(1, 1 + length))
    if (country !== undefined) return country === '' ? null : country
  }
  return null
}

/** The beginnings, without `+`, that numbers of these countries have, and the longer ones among them that are of other countries. */
export function beginningsOf(countries: readonly string[]): { taken: string[]; left: string[] } {
  const codes = [...callingCodes]
  const taken = codes.filter(([, country]) => countries.includes(country)).map(([code]) => code)
  const left = codes.filter(([code, country]) => !countries.includes(country) && taken.some((each) => code.startsWith(each)))
  return { taken, left: left.map(([code]) => code) }
}
