import { readPageNumber } from '../app/page-number.ts'

export const accountSorts = ['created', 'people', 'name'] as const

/** What the accounts table shows; what is left out holds its default. */
export interface AccountsSearch {
  search?: string
  type?: string
  sort?: (typeof accountSorts)[number]
  page?: number
}

/** Reads an address; anything it cannot use is left out. */
export function readAccountsSearch(raw: Record<string, unknown>): AccountsSearch {
  const search: AccountsSearch = {}
  if (raw.search !== undefined && raw.search !== '') search.search = String(raw.search).slice(0, 200)
  if (raw.type !== undefined && raw.type !== '') search.type = String(raw.type).slice(0, 200)
  const sort = accountSorts.find((each) => each === raw.sort)
  if (sort) search.sort = sort
  const page = readPageNumber(raw.page)
  if (page !== undefined) search.page = page
  return search
}
