import { childrenOf, type Group, group, type Node, type Row } from './node.ts'

/** Edits of the builder's tree. Each answers a new root and leaves the old one as it was; an unknown id changes nothing. */

/** Replaces the node with this id by what `change` makes of it: one node, or null to take it out. */
export function update(root: Group, id: string, change: (node: Node) => Node | null): Group {
  const changed = updateNode(root, id, change)
  return changed === null ? { ...root, children: [] } : asRoot(changed)
}

export const remove = (root: Group, id: string): Group =>
  root.id === id
    ? { ...root, children: [] }
    : pruned(
        update(root, id, () => null),
        root,
      )

/** Puts a node into a group, at the end unless told where. */
export const insert = (root: Group, node: Node, { into, at }: { into: string; at?: number }): Group =>
  update(root, into, (parent) => (parent.kind === 'group' ? { ...parent, children: spliced(parent.children, at ?? parent.children.length, node) } : parent))

/** Puts a row or group into a new group of its own, so that more can be added beside it. */
export const wrap = (root: Group, id: string, match: Group['match'] = 'any'): Group =>
  root.id === id ? group('all', [root]) : update(root, id, (node) => group(match, [node]))

/** Takes a group's box away: its rows move up to where it stood. The root and a negated group keep theirs. */
export function unwrap(root: Group, id: string): Group {
  const parent = parentOf(root, id)
  const node = find(root, id)
  if (parent === null || node?.kind !== 'group' || node.negated) return root
  return update(root, parent.id, (each) =>
    each.kind === 'group' ? { ...each, children: each.children.flatMap((child) => (child.id === id ? node.children : [child])) } : each,
  )
}

export function duplicate(root: Group, id: string, copy: (node: Node) => Node): Group {
  const parent = parentOf(root, id)
  const node = find(root, id)
  if (parent === null || node === null) return root
  return insert(root, copy(node), { into: parent.id, at: parent.children.findIndex((child) => child.id === id) + 1 })
}

/**
 * Moves a node before position `at` of a group (counted while it still stands in its old place); where it stands already changes nothing. Never into
 * itself, nor between what is asked of people and what is asked of their accounts.
 */
export function move(root: Group, id: string, { into, at }: { into: string; at: number }): Group {
  const node = find(root, id)
  const target = find(root, into)
  const from = parentOf(root, id)
  if (node === null || from === null || target?.kind !== 'group' || find(node, into) !== null || scopeOf(root, id) !== scopeOf(root, into)) return root
  const stands = from.id === into ? from.children.findIndex((child) => child.id === id) : -1
  const before = stands !== -1 && stands < at ? at - 1 : at
  if (before === stands) return root
  const without = update(root, id, () => null)
  return pruned(insert(without, node, { into: into, at: before }), root)
}

/**
 * One step up or down as the eye sees it: past a sibling, into the group that stands there, or out of its own group at the end.
 */
export function step(root: Group, id: string, direction: 'up' | 'down'): Group {
  const parent = parentOf(root, id)
  if (parent === null) return root
  const index = parent.children.findIndex((child) => child.id === id)
  const neighbour = parent.children[direction === 'up' ? index - 1 : index + 1]
  if (neighbour?.kind === 'group') return move(root, id, { into: neighbour.id, at: direction === 'up' ? neighbour.children.length : 0 })
  if (neighbour !== undefined) return move(root, id, { into: parent.id, at: direction === 'up' ? index - 1 : index + 2 })
  const grandparent = parentOf(root, parent.id)
  if (grandparent === null) return root
  const place = grandparent.children.findIndex((child) => child.id === parent.id)
  return move(root, id, { into: grandparent.id, at: direction === 'up' ? place : place + 1 })
}

export function find(node: Node, id: string): Node | null {
  if (node.id === id) return node
  for (const child of childrenOf(node)) {
    const found = find(child, id)
    if (found !== null) return found
  }
  return null
}

/** The group a node stands in; the group of a row stands in none. */
export function parentOf(node: Node, id: string): Group | null {
  if (node.kind === 'group' && node.children.some((child) => child.id === id)) return node
  for (const child of childrenOf(node)) {
    const found = parentOf(child, id)
    if (found !== null) return found
  }
  return null
}

export const rowsOf = (node: Node): Row[] => [...(node.kind === 'row' ? [node] : []), ...childrenOf(node).flatMap(rowsOf)]

/** The outermost group of those that are asked of the same people or accounts. */
function scopeOf(root: Group, id: string): string {
  const holder = rowsOf(root).findLast(({ inner }) => inner !== null && find(inner, id) !== null)
  return holder?.inner?.id ?? root.id
}

function updateNode(node: Node, id: string, change: (node: Node) => Node | null): Node | null {
  if (node.id === id) return change(node)
  if (node.kind === 'row') {
    const inner = node.inner === null ? null : updateNode(node.inner, id, change)
    return inner === node.inner || inner?.kind !== 'group' ? node : { ...node, inner }
  }
  const children = node.children.map((child) => updateNode(child, id, change))
  if (children.every((child, index) => child === node.children[index])) return node
  return { ...node, children: children.filter((child) => child !== null) }
}

/** Groups that an edit left empty go too; one that was empty before stays, as somebody has just added it, and so does the group of a row. */
function pruned(root: Group, before: Group): Group {
  const cleanRow = (row: Row): Row => {
    const inner = row.inner === null ? null : cleanGroup(row.inner)
    return inner === row.inner ? row : { ...row, inner }
  }
  const clean = (node: Node): Node[] => {
    if (node.kind === 'row') return [cleanRow(node)]
    const cleaned = cleanGroup(node)
    const old = find(before, node.id)
    const emptied = cleaned.children.length === 0 && old?.kind === 'group' && old.children.length > 0
    return emptied ? [] : [cleaned]
  }
  const cleanGroup = (node: Group): Group => {
    const children = node.children.flatMap(clean)
    return sameAs(node.children, children) ? node : { ...node, children }
  }
  return cleanGroup(root)
}

const sameAs = (one: Node[], other: Node[]): boolean => one.length === other.length && one.every((node, index) => node === other[index])
const spliced = (nodes: Node[], at: number, node: Node): Node[] => [...nodes.slice(0, at), node, ...nodes.slice(at)]
const asRoot = (node: Node): Group => (node.kind === 'group' ? node : group('all', [node]))
