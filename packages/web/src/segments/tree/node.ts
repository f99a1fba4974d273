import type { RowDraft } from './row-draft.ts'

/**
 * The builder's own form of a definition. It differs from the wire in three ways: a row may be unfinished, "not" is a mark on a row or group
 * (`did not`, `none of`) instead of a level of its own, and `observed` beside a negative window is a mark too. Nodes are never changed, only replaced.
 */
export type Node = Group | Row

export type Match = 'all' | 'any' | 'of'

export interface Group {
  id: string
  kind: 'group'
  match: Match
  /** How many must hold where `match` is `of`; null while it is being typed. */
  atLeast: number | null
  negated: boolean
  /** It was read as one condition without a group around it, and is written so while it holds no more. */
  bare: boolean
  children: Node[]
}

export interface Row {
  id: string
  kind: 'row'
  negated: boolean
  /** Where the row is also true of people who never did it in a window: whoever was first seen since then is left out. */
  observed: boolean
  draft: RowDraft
  /** What the people of an account, or the accounts of a person, must meet. */
  inner: Group | null
}

let made = 0
/** A key for React and for moving rows; it never leaves the page. */
export function newId(): string {
  made += 1
  return `n${made}`
}

interface GroupMarks {
  negated?: boolean
  atLeast?: number | null
  bare?: boolean
}
export function group(match: Match, children: Node[], { negated = false, atLeast = null, bare = false }: GroupMarks = {}): Group {
  return { id: newId(), kind: 'group', match, atLeast, negated, bare, children }
}

interface RowMarks {
  negated?: boolean
  observed?: boolean
  inner?: Group | null
}
export function row(draft: RowDraft, { negated = false, observed = true, inner = innerFor(draft) }: RowMarks = {}): Row {
  return { id: newId(), kind: 'row', negated, observed, draft, inner }
}

const innerFor = ({ kind }: RowDraft): Group | null => (kind === 'people' || kind === 'account' ? group('all', [], { bare: true }) : null)

/** What stands in a group, or in the group of a row. */
export const childrenOf = (node: Node): readonly Node[] => (node.kind === 'group' ? node.children : node.inner === null ? [] : [node.inner])
