import type { Condition, TraitDefinition } from '@kindred/model'

/** Labels while they are being typed: the first row that holds gives its label. */
export interface LabelsDraft {
  kind: 'labels'
  unit: 'person' | 'account'
  first: LabelRow[]
  /** '' where everyone else has none. */
  otherwise: string
}
export interface LabelRow {
  label: string
  /** Null: none is chosen yet. */
  segment: number | null
  /** A condition that is more than a segment: kept as it was written. */
  written?: Condition
}

export const mostLabels = 50
export const newLabels: LabelsDraft = { kind: 'labels', unit: 'person', first: [{ label: '', segment: null }], otherwise: '' }

/** The draft of labels; null for what are none. */
export function labelsDraftOf({ unit, accountType, labels }: TraitDefinition): LabelsDraft | null {
  if (labels === undefined || accountType !== undefined) return null
  const first = labels.first.map(({ label, where }): LabelRow => {
    const isSegment = 'in' in where && Object.keys(where).length === 1
    return isSegment ? { label, segment: where.in } : { label, segment: null, written: where }
  })
  return { kind: 'labels', unit, first, otherwise: labels.otherwise ?? '' }
}

export function labelsDefinition({ unit, first, otherwise }: LabelsDraft): TraitDefinition {
  const rows = first.map(({ label, segment, written }) => ({ label: label.trim(), where: written ?? { in: segment ?? 0 } }))
  return { unit, labels: { first: rows, ...(otherwise.trim() !== '' && { otherwise: otherwise.trim() }) } }
}

export interface LabelMistakes {
  label: string | null
  segment: string | null
}

/** What is wrong with each row. */
export function labelMistakes({ first }: LabelsDraft): LabelMistakes[] {
  return first.map(({ label, segment, written }, index) => ({
    label: labelMistake(label, first.slice(0, index)),
    segment: segment === null && written === undefined ? 'Choose a segment.' : null,
  }))
}

function labelMistake(label: string, before: readonly LabelRow[]): string | null {
  if (label.trim() === '') return 'Write the label.'
  return before.some((each) => each.label.trim() === label.trim()) ? 'A row above gives this label already.' : null
}

/** "“gold” of those in “Big spenders”; else “everyone else”". */
export function labelsWords({ first, otherwise }: LabelsDraft, nameOf: (segment: number) => string | undefined): string {
  const said = first.map(({ label, segment, written }) => {
    const whom = written !== undefined ? 'whom the written condition keeps' : `in “${segment === null ? '…' : (nameOf(segment) ?? segment)}”`
    return `“${label.trim() === '' ? '…' : label.trim()}” of those ${whom}`
  })
  return [...said, ...(otherwise.trim() === '' ? [] : [`else “${otherwise.trim()}”`])].join('; ')
}
