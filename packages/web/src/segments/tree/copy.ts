import { type Node, newId } from './node.ts'

/** The same node with ids of its own. */
export const copyNode = (node: Node): Node => (node.kind === 'row' ? { ...node, id: newId() } : { ...node, id: newId(), children: node.children.map(copyNode) })
