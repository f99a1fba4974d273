/** Which segments the address of an overlap or of a comparison names. */
export interface OverlapSearch {
  segments?: number[]
}

export interface CompareSearch {
  a?: number
  b?: number
}

const isSegment = (value: unknown): value is number => Number.isInteger(value) && (value as number) > 0

/** Reads an address; anything it cannot use is left out. */
export function readOverlapSearch({ segments }: Record<string, unknown>): OverlapSearch {
  return Array.isArray(segments) ? { segments: segments.filter(isSegment) } : {}
}

/** Reads an address; anything it cannot use is left out. */
export function readCompareSearch({ a, b }: Record<string, unknown>): CompareSearch {
  return { ...(isSegment(a) && { a }), ...(isSegment(b) && { b }) }
}
