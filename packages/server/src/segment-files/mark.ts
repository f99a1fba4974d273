import { createHash } from 'node:crypto'
import type { SegmentDefinition, SegmentTest } from '@kindred/model'
import { withKeys } from './named.ts'

/** What a file says of a segment. */
export interface Stated {
  name: string
  description: string
  definition: SegmentDefinition
  tests: readonly SegmentTest[]
}

/** Eight hex digits that tell one state of a segment from another, in every project alike: name, description, tests and definition, with keys in place of numbers. */
export function markOf({ name, description, definition, tests }: Stated, keyOf: (id: number) => string): string {
  const text = canonical({ name, description, definition: withKeys(definition, keyOf), ...(tests.length > 0 && { tests }) })
  return createHash('sha256').update(text).digest('hex').slice(0, 8)
}

/** What the line `version` holds. */
export const versionText = (version: number, mark: string): string => `${version}-${mark}`

/** The number and the mark of a line `version`; the mark is undefined where a person wrote the number alone. */
export function readVersion(written: string | number): { number: number; mark: string | undefined } {
  const [number, mark] = String(written).split('-')
  return { number: Number(number), mark }
}

/** JSON with the keys of every object in one order. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([one], [other]) => (one < other ? -1 : 1)))
      : each,
  )
}
