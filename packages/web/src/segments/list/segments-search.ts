export const segmentKinds = ['rule', 'frozen', 'account'] as const
export const segmentSorts = ['size', 'grown', 'shrunk', 'name'] as const

/** What the list of segments shows; what is left out holds its default: all of them, those changed last first. */
export interface SegmentsSearch {
  search?: string
  kind?: (typeof segmentKinds)[number]
  folder?: string
  tag?: string
  /** The number of a user. */
  owner?: number
  sort?: (typeof segmentSorts)[number]
  page?: number
}

/** Reads an address; anything it cannot use is left out. */
export function readSegmentsSearch(raw: Record<string, unknown>): SegmentsSearch {
  const search: SegmentsSearch = {}
  for (const name of ['search', 'folder', 'tag'] as const) if (raw[name] !== undefined && raw[name] !== '') search[name] = String(raw[name]).slice(0, 200)
  const kind = segmentKinds.find((each) => each === raw.kind)
  if (kind) search.kind = kind
  const sort = segmentSorts.find((each) => each === raw.sort)
  if (sort) search.sort = sort
  const [owner, page] = [Number(raw.owner), Number(raw.page)]
  if (Number.isInteger(owner) && owner > 0) search.owner = owner
  if (Number.isInteger(page) && page > 1) search.page = page
  return search
}
