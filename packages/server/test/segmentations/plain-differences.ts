/** Effects of two lists as a textbook has them, written apart from `@kindred/science`. */
interface PlainEffect {
  a: number
  b: number
  low: number
  high: number
  effect: number
}

const z = 1.959963984540054

/** Of two lists of numbers, those not known left out: Welch's interval, and Hedges' g. Null with fewer than two of either. */
function ofMeans(a: readonly number[], b: readonly number[]): PlainEffect | null {
  if (a.length < 2 || b.length < 2) return null
  const mean = (list: readonly number[]) => list.reduce((sum, each) => sum + each, 0) / list.length
  const squares = (list: readonly number[]) => list.reduce((sum, each) => sum + (each - mean(list)) ** 2, 0)
  const error = Math.sqrt(squares(a) / (a.length - 1) / a.length + squares(b) / (b.length - 1) / b.length)
  const difference = mean(a) - mean(b)
  const freedom = a.length + b.length - 2
  const deviation = Math.sqrt((squares(a) + squares(b)) / freedom)
  const effect = deviation === 0 ? 0 : (difference / deviation) * (1 - 3 / (4 * freedom - 1))
  return { a: mean(a), b: mean(b), low: difference - z * error, high: difference + z * error, effect }
}

/** Of two shares: Newcombe's interval, and Cohen's h. */
function ofShares(a: { count: number; of: number }, b: { count: number; of: number }): PlainEffect {
  const [p, q] = [a.count / a.of, b.count / b.of]
  const wilson = ({ count, of }: typeof a) => {
    // The two shares from which `count` lies just z standard errors away.
    const [two, one, none] = [of * of * (1 + (z * z) / of), -(2 * of * count + z * z * of), count * count]
    const root = Math.sqrt(one * one - 4 * two * none)
    return [(-one - root) / (2 * two), (-one + root) / (2 * two)] as const
  }
  const [[lowA, highA], [lowB, highB]] = [wilson(a), wilson(b)]
  const low = p - q - Math.sqrt((p - lowA) ** 2 + (highB - q) ** 2)
  const high = p - q + Math.sqrt((highA - p) ** 2 + (q - lowB) ** 2)
  return { a: p, b: q, low, high, effect: 2 * Math.asin(Math.sqrt(p)) - 2 * Math.asin(Math.sqrt(q)) }
}

export type PlainValue = number | string | readonly string[] | null

/** The differences of one trait that are surer than chance, by its values of the two groups: `name` for means, `name value` for each value of texts and lists. */
export function plainDifferences(name: string, a: readonly PlainValue[], b: readonly PlainValue[]): [string, PlainEffect][] {
  const isNumber = [...a, ...b].some((value) => typeof value === 'number')
  const numbers = (list: readonly PlainValue[]) => list.filter((value) => typeof value === 'number')
  const texts = (value: PlainValue): readonly string[] => (typeof value === 'string' ? [value] : Array.isArray(value) ? value : [])
  const has = (list: readonly PlainValue[], text: string) => ({ count: list.filter((value) => texts(value).includes(text)).length, of: list.length })
  const found: [string, PlainEffect | null][] = isNumber
    ? [[name, ofMeans(numbers(a), numbers(b))]]
    : [...new Set([...a, ...b].flatMap(texts))].map((text) => [`${name} ${text}`, ofShares(has(a, text), has(b, text))])
  return found.flatMap(([key, effect]) => (effect !== null && (effect.low > 0 || effect.high < 0) ? [[key, effect]] : []))
}
