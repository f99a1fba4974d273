import type { Condition, Overlap, SegmentUnit } from '@kindred/model'

export interface Overlapped extends Pick<Overlap, 'unit'> {
  segments: readonly { id: number }[]
  /** Whose accounts were counted; undefined: people, or accounts of every type. */
  accountType: string | undefined
}

/** A question in the address of the builder. People are meant where no unit is said. */
export type BuilderSearch = { where: Condition; unit?: SegmentUnit; accountType?: string }

/** What opens those of one combination in the builder: who is in exactly these segments of the list, as a rule. */
export function overlapSearch(inside: readonly number[], overlapped: Overlapped): BuilderSearch {
  const rest = overlapped.segments.filter(({ id }) => !inside.includes(id))
  return ofUnit({ all: [...inside.map((id) => ({ in: id })), ...rest.map(({ id }) => ({ not: { in: id } }))] }, overlapped)
}

/** A condition as the builder opens it, for people or for accounts of the type that was asked about. */
export function ofUnit(where: Condition, { unit, accountType }: Pick<Overlapped, 'unit' | 'accountType'>): BuilderSearch {
  if (unit === 'person') return { where }
  return { where, unit, ...(accountType !== undefined && { accountType }) }
}
