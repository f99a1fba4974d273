import type { Comparison, EventChoice, Within } from '@kindred/model'
import type { PropertyDraft } from '../../conditions/property-draft.ts'

/**
 * The builder's own form of a definition. It differs from the wire in two ways: a row may be unfinished, and "not" is a
 * mark on a row or group (`did not`, `none of`) instead of a level of its own. Nodes are never changed, only replaced.
 */
export type Node = Group | Row

export interface Group {
  id: string
  kind: 'group'
  match: 'all' | 'any'
  negated: boolean
  children: Node[]
}

export interface Row {
  id: string
  kind: 'row'
  negated: boolean
  draft: RowDraft
}

export type RowDraft = ({ kind: 'property' } & PropertyDraft) | DidDraft | { kind: 'in'; segment: number | null } | WrittenDraft

/** A condition that no row has fields for, as JSON text. */
export interface WrittenDraft {
  kind: 'written'
  text: string
}

export interface DidDraft {
  kind: 'did'
  event: EventChoice | null
  where: PropertyDraft[]
  /** Left out: at least once. */
  measure: CountDraft | SumDraft | null
  within: Within | null
}
export interface CountDraft {
  by: 'count'
  comparison: ComparisonDraft
}
export interface SumDraft {
  by: 'sum'
  property: string
  comparison: ComparisonDraft
}
/** `operand` is null, or holds nulls, while it is being typed. */
export interface ComparisonDraft {
  name: keyof Comparison
  operand: number | null | (number | null)[]
}

let made = 0
/** A key for React and for moving rows; it never leaves the page. */
export function newId(): string {
  made += 1
  return `n${made}`
}

export const group = (match: Group['match'], children: Node[], negated = false): Group => ({ id: newId(), kind: 'group', match, negated, children })
export const row = (draft: RowDraft, negated = false): Row => ({ id: newId(), kind: 'row', negated, draft })
