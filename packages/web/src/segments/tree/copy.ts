import { type Group, type Node, newId } from './node.ts'

/** The same node with ids of its own. */
export const copyNode = (node: Node): Node =>
  node.kind === 'row' ? { ...node, id: newId(), inner: node.inner === null ? null : copyGroup(node.inner) } : copyGroup(node)

const copyGroup = (group: Group): Group => ({ ...group, id: newId(), children: group.children.map(copyNode) })
