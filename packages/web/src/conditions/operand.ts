/** A list operand as the texts an input shows; one value alone is a list of one. */
export const textsOf = (operand: unknown): string[] =>
  (Array.isArray(operand) ? operand : [operand]).filter((each) => each !== null && each !== undefined).map(String)

/** A pair with one of its two ends changed; an end not given yet is null. */
export function replaceAt(operand: unknown, place: 0 | 1, value: unknown): [unknown, unknown] {
  const [first = null, second = null]: unknown[] = Array.isArray(operand) ? operand : []
  return place === 0 ? [value, second] : [first, value]
}
