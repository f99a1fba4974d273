import { z } from 'zod'

/** The furthest that `offset` reaches: enough for page numbers on a screen. A program that reads everything follows `next`. */
export const deepestOffset = 10_000

/** Every list of the API. `next` is the cursor of the page after this one; null: this is the last. */
export interface Page<Row> {
  results: Row[]
  next: string | null
}

/** What `next` of the page before said. It belongs to one list in one order, and says nothing to anyone but the server. */
export const cursorRequest = { cursor: z.string().min(1).max(2000).optional() } as const

/** A list asked by its cursor alone. */
export const listRequest = z.strictObject({ limit: z.coerce.number().int().min(1).max(500).default(100), ...cursorRequest })

/** A list that a screen shows with page numbers too. Give `cursor` or `offset`, not both. */
export const pageRequest = {
  limit: z.coerce.number().int().min(1).max(500).default(50),
  offset: z.coerce.number().int().min(0).max(deepestOffset).default(0),
  ...cursorRequest,
} as const
