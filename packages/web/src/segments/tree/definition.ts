import type { Condition, SegmentDefinition } from '@kindred/model'
import { type Group, group, type Node, row } from './node.ts'
import { readRow, rowMistake, writeRow } from './row-draft.ts'

/** The tree of a definition. A condition that is no group of its own is shown as the one row of an `all`. */
export function readDefinition(definition: Pick<SegmentDefinition, 'where'>): Group {
  const node = readCondition(definition.where, false)
  return node.kind === 'group' && !node.negated ? node : group('all', [node])
}

export interface Written {
  /** null while no row is finished. */
  definition: SegmentDefinition | null
  /** Where each finished node stands in the definition: `where.all.0.not`, as answers and errors name it. */
  paths: Map<string, string>
  /** What is missing in each unfinished row; such rows are left out of the definition. */
  mistakes: Map<string, string>
}

/** The definition of a tree: always a group at the root, empty groups and unfinished rows left out. */
export function writeDefinition(root: Group): Written {
  const written: Written = { definition: null, paths: new Map(), mistakes: new Map() }
  const where = writeNode(root, 'where', written)
  if (where !== null) written.definition = { unit: 'person', where }
  return written
}

function readCondition(condition: Condition, negated: boolean): Node {
  if ('not' in condition) return readCondition(condition.not, !negated)
  if ('all' in condition)
    return group(
      'all',
      condition.all.map((each) => readCondition(each, false)),
      negated,
    )
  if ('any' in condition)
    return group(
      'any',
      condition.any.map((each) => readCondition(each, false)),
      negated,
    )
  return row(readRow(condition), negated)
}

function writeNode(node: Node, path: string, written: Written): Condition | null {
  const inner = node.negated ? `${path}.not` : path
  const condition = node.kind === 'row' ? writeLeaf(node, written) : writeGroup(node, inner, written)
  if (condition === null) return null
  written.paths.set(node.id, path)
  return node.negated ? { not: condition } : condition
}

function writeLeaf(node: Extract<Node, { kind: 'row' }>, written: Written): Condition | null {
  const mistake = rowMistake(node.draft)
  if (mistake !== null) written.mistakes.set(node.id, mistake)
  return writeRow(node.draft)
}

function writeGroup(node: Group, path: string, written: Written): Condition | null {
  const conditions: Condition[] = []
  for (const child of node.children) {
    const condition = writeNode(child, `${path}.${node.match}.${conditions.length}`, written)
    if (condition !== null) conditions.push(condition)
  }
  if (conditions.length === 0) return null
  return node.match === 'all' ? { all: conditions } : { any: conditions }
}

/** The node an answer's or an error's path speaks of: the longest known path that it starts with. */
export function nodeAt(paths: ReadonlyMap<string, string>, path: string): string | null {
  let best: { id: string; length: number } | null = null
  for (const [id, known] of paths) {
    const inside = path === known || path.startsWith(`${known}.`)
    if (inside && (best === null || known.length > best.length)) best = { id, length: known.length }
  }
  return best?.id ?? null
}
