import type { Segment, SegmentationSave, SegmentUnit } from '@kindred/model'

type Offered = Pick<Segment, 'id' | 'name' | 'unit' | 'definition'>

/** Whom a segmentation sorts: people, or accounts of every type or of one. */
export interface Held {
  unit: SegmentUnit
  accountType?: string | undefined
}

/** What its scope says; where that says nothing, what its segments hold, one of a type of accounts before one of every type. */
export function heldBy({ scope, groups }: Pick<SegmentationSave, 'scope' | 'groups'>, segments: readonly Offered[]): Held {
  const { unit, accountType } = scope
  if (unit !== undefined) return { unit, accountType }
  const ids = [scope.segment, ...(groups.by === 'segments' ? groups.segments.map(({ segment }) => segment) : [])]
  const held = ids.flatMap((id) => segments.filter((each) => each.id === id)).map(({ unit, definition }) => ({ unit, accountType: definition?.accountType }))
  return held.find((each) => each.accountType !== undefined) ?? held[0] ?? { unit: 'person' }
}

/** The segments and frozen lists of those it sorts: of accounts of one type, also those of every type. */
export function choicesOf({ unit, accountType }: Held, segments: readonly Offered[]): { value: string; label: string }[] {
  const fits = (segment: Offered) => segment.unit === unit && [undefined, accountType].includes(segment.definition?.accountType)
  return segments.filter(fits).map(({ id, name }) => ({ value: String(id), label: name }))
}

/** Others to sort: what was chosen among those before does not fit them, and has to be chosen anew. */
export function changedTo({ unit, accountType }: Held, { scope, variables }: SegmentationSave): Partial<SegmentationSave> {
  const { accountType: _, ...kept } = scope
  return {
    scope: { ...kept, segment: null, unit, ...(accountType !== undefined && { accountType }) },
    variables: variables.map(({ property: _, ...variable }) => variable),
    groups: { by: 'segments', segments: [], exclusive: true, everyoneElse: unit === 'account' ? 'All others' : 'Everyone else' },
    target: null,
  }
}
