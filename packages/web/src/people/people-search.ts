import type { PersonRow } from '@kindred/model'
import { readPageNumber } from '../app/page-number.ts'

const kinds: readonly PersonRow['kind'][] = ['customer', 'known', 'anonymous']
const sorts = ['created', 'events'] as const

/** What the people table shows; what is left out holds its default. */
export interface PeopleSearch {
  search?: string
  kind?: PersonRow['kind']
  country?: string
  sort?: (typeof sorts)[number]
  page?: number
  /** Person properties shown beside the fixed columns, by name. */
  columns?: string[]
}

/** Reads an address; anything it cannot use is left out. */
export function readPeopleSearch(raw: Record<string, unknown>): PeopleSearch {
  const search: PeopleSearch = {}
  if (raw.search !== undefined && raw.search !== '') search.search = String(raw.search).slice(0, 200)
  if (raw.country !== undefined && raw.country !== '') search.country = String(raw.country).slice(0, 100)
  const kind = kinds.find((each) => each === raw.kind)
  if (kind) search.kind = kind
  const sort = sorts.find((each) => each === raw.sort)
  if (sort) search.sort = sort
  const page = readPageNumber(raw.page)
  if (page !== undefined) search.page = page
  if (Array.isArray(raw.columns)) search.columns = raw.columns.filter((each) => typeof each === 'string').slice(0, 20)
  return search
}
