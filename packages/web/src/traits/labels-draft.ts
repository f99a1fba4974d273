import type { DefinitionWarning, TraitDefinition } from '@kindred/model'
import { readDefinition, type Written, writeDefinition } from '../segments/tree/definition.ts'
import { childrenOf, type Group, group, type Node } from '../segments/tree/node.ts'

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
  who: LabelWho
}
/** Who has a label: the members of a segment (null: none is chosen yet), or whoever meets conditions, as in the builder. */
export type LabelWho = { is: 'segment'; segment: number | null } | { is: 'conditions'; root: Group }

export const mostLabels = 50
export const newLabelRow: LabelRow = { label: '', who: { is: 'segment', segment: null } }
export const newLabels: LabelsDraft = { kind: 'labels', unit: 'person', first: [newLabelRow], otherwise: '' }
export const noConditions = (): LabelWho => ({ is: 'conditions', root: group('all', [], { bare: true }) })

/** The draft of labels; null for what are none. */
export function labelsDraftOf({ unit, accountType, labels }: TraitDefinition): LabelsDraft | null {
  if (labels === undefined || accountType !== undefined) return null
  const first = labels.first.map(({ label, where }): LabelRow => {
    const isSegment = 'in' in where && Object.keys(where).length === 1
    return { label, who: isSegment ? { is: 'segment', segment: where.in } : { is: 'conditions', root: readDefinition({ where }).root } }
  })
  return { kind: 'labels', unit, first, otherwise: labels.otherwise ?? '' }
}

export function labelsDefinition({ unit, first, otherwise }: LabelsDraft): TraitDefinition {
  const rows = first.map(({ label, who }) => ({
    label: label.trim(),
    where: who.is === 'segment' ? { in: who.segment ?? 0 } : (writtenConditions(unit, who.root).definition?.where ?? { all: [] }),
  }))
  return { unit, labels: { first: rows, ...(otherwise.trim() !== '' && { otherwise: otherwise.trim() }) } }
}

export const writtenConditions = (unit: LabelsDraft['unit'], root: Group): Written => writeDefinition({ unit, root })

/** What is warned of in the conditions of one label, at the paths that they have by themselves: `where.all.0`. */
export function warningsOfLabel(warnings: readonly DefinitionWarning[], index: number): DefinitionWarning[] {
  const before = `definition.labels.first.${index}.`
  return warnings.flatMap(({ path, reason }) => (path.startsWith(before) ? [{ path: path.slice(before.length), reason }] : []))
}

export interface LabelMistakes {
  label: string | null
  who: string | null
}

/** What is wrong with each row. */
export function labelMistakes({ unit, first }: LabelsDraft): LabelMistakes[] {
  return first.map(({ label, who }, index) => ({ label: labelMistake(label, first.slice(0, index)), who: whoMistake(unit, who) }))
}

function labelMistake(label: string, before: readonly LabelRow[]): string | null {
  if (label.trim() === '') return 'Write the label.'
  return before.some((each) => each.label.trim() === label.trim()) ? 'A row above gives this label already.' : null
}

function whoMistake(unit: LabelsDraft['unit'], who: LabelWho): string | null {
  if (who.is === 'segment') return who.segment === null ? 'Choose a segment.' : null
  const { definition, mistakes } = writtenConditions(unit, who.root)
  const [mistake] = mistakes.values()
  return mistake ?? (definition === null ? 'Add a condition.' : null)
}

/** "“gold” of those in “Big spenders”; “new” of those who match 2 conditions; else “everyone else”". */
export function labelsWords({ first, otherwise }: LabelsDraft, nameOf: (segment: number) => string | undefined): string {
  const said = first.map(({ label, who }) => `“${label.trim() === '' ? '…' : label.trim()}” of those ${whoWords(who, nameOf)}`)
  return [...said, ...(otherwise.trim() === '' ? [] : [`else “${otherwise.trim()}”`])].join('; ')
}

function whoWords(who: LabelWho, nameOf: (segment: number) => string | undefined): string {
  if (who.is === 'segment') return `in “${who.segment === null ? '…' : (nameOf(who.segment) ?? who.segment)}”`
  const rows = rowsIn(who.root)
  return `who match ${rows === 1 ? 'a condition' : `${rows === 0 ? '…' : rows} conditions`}`
}

const rowsIn = (node: Node): number => childrenOf(node).reduce((sum, each) => sum + rowsIn(each), node.kind === 'row' ? 1 : 0)
