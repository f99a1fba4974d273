import type { Condition, Overlap, SegmentUnit } from '@kindred/model'

/** What opens those of one combination in the builder: who is in exactly these segments of the list, as a rule. People are meant where no unit is said. */
export function overlapSearch(inside: readonly number[], { segments, unit }: Pick<Overlap, 'segments' | 'unit'>): { where: Condition; unit?: SegmentUnit } {
  const rest = segments.filter(({ id }) => !inside.includes(id))
  const where = { all: [...inside.map((id) => ({ in: id })), ...rest.map(({ id }) => ({ not: { in: id } }))] }
  return unit === 'account' ? { where, unit } : { where }
}
