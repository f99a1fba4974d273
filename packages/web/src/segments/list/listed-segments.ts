import type { Segment } from '@kindred/model'
import type { SegmentsSearch } from './segments-search.ts'
import { sizeChange } from './size-change.ts'

type Listed = Pick<Segment, 'name' | 'sentence' | 'kind' | 'unit' | 'folder' | 'tags' | 'owner' | 'count' | 'weekAgo' | 'updatedAt'>

/** The segments that a search asks for, in its order. */
export function listedSegments<Row extends Listed>(segments: readonly Row[], search: SegmentsSearch): Row[] {
  const wanted = search.search?.trim().toLowerCase() ?? ''
  return segments
    .filter(({ name, sentence }) => `${name} ${sentence}`.toLowerCase().includes(wanted))
    .filter((segment) => search.kind === undefined || isOfKind(segment, search.kind))
    .filter(({ folder }) => search.folder === undefined || folder === search.folder)
    .filter(({ tags }) => search.tag === undefined || tags.includes(search.tag))
    .filter(({ owner }) => search.owner === undefined || owner?.id === search.owner)
    .sort(orders[search.sort ?? 'changed'])
}

function isOfKind({ kind, unit }: Listed, wanted: NonNullable<SegmentsSearch['kind']>): boolean {
  return wanted === 'account' ? unit === 'account' : kind === wanted
}

/** What was not counted, and what cannot be compared, comes last. */
const orders: Record<NonNullable<SegmentsSearch['sort']> | 'changed', (one: Listed, other: Listed) => number> = {
  changed: (one, other) => other.updatedAt - one.updatedAt,
  size: (one, other) => (other.count ?? -1) - (one.count ?? -1),
  grown: (one, other) => (growthOf(other) ?? -Infinity) - (growthOf(one) ?? -Infinity) || 0,
  shrunk: (one, other) => (growthOf(one) ?? Infinity) - (growthOf(other) ?? Infinity) || 0,
  name: (one, other) => one.name.localeCompare(other.name),
}

function growthOf(segment: Listed): number | null {
  const change = sizeChange(segment)
  return change.kind === 'by' ? change.by : null
}
