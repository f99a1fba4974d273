import { deepestOffset } from '@kindred/model'

export const rowsPerPage = 50

/** The number of a page in an address, from 2; undefined for the first, and for what is no page that a list can show. */
export function readPageNumber(raw: unknown): number | undefined {
  const page = Number(raw)
  return Number.isInteger(page) && page > 1 && (page - 1) * rowsPerPage <= deepestOffset ? page : undefined
}
