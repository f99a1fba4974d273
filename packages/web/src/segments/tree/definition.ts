import type { Condition, SegmentDefinition, SegmentUnit } from '@kindred/model'
import { type Group, group, type Match, type Node, type Row, row } from './node.ts'
import { looksBack } from './observed.ts'
import { readRow } from './row-draft.ts'
import { rowMistake, writeRow } from './write-row.ts'

/** A definition in the builder: whom it holds, and the rows. */
export interface Tree {
  unit: SegmentUnit
  accountType?: string
  root: Group
}

/** The tree of a definition. A condition that is no group of its own is shown as the one row of an `all`. */
export function readDefinition({ unit = 'person', accountType, where }: Pick<SegmentDefinition, 'where'> & Partial<SegmentDefinition>): Tree {
  return { unit, ...(accountType === undefined ? {} : { accountType }), root: readGroup(where) }
}

export interface Written {
  /** null while no row is finished. */
  definition: SegmentDefinition | null
  /** Where each finished node stands in the definition: `where.all.0`, as answers and errors name it. */
  paths: Map<string, string>
  /** Where the `observed` stands that a row writes beside itself. */
  observed: Map<string, string>
  /** What is missing in each unfinished row or group; those are left out of the definition. */
  mistakes: Map<string, string>
}

/** The definition of a tree: empty groups and unfinished rows left out. */
export function writeDefinition({ unit, accountType, root }: Tree): Written {
  const written: Written = { definition: null, paths: new Map(), observed: new Map(), mistakes: new Map() }
  const where = writeNode(root, 'where', written)
  if (where !== null) written.definition = { unit, ...(accountType === undefined ? {} : { accountType }), where }
  return written
}

function readGroup(where: Condition): Group {
  const node = readNode(where, { negated: false, of: null })
  return node.kind === 'group' && !node.negated ? node : group('all', [node], { bare: true })
}

function readNode(condition: Condition, place: { negated: boolean; of: Match | null }): Node {
  const { negated } = place
  if ('not' in condition) return readNode(condition.not, { negated: !negated, of: null })
  if ('any' in condition) return group('any', readParts(condition.any, 'any'), { negated })
  if ('of' in condition) return group('of', readParts(condition.of, 'of'), { negated, atLeast: condition.atLeast })
  if ('all' in condition) {
    const children = readParts(condition.all, 'all')
    const [only] = children
    const isPair = only?.kind === 'row' && children.length === 1 && condition.all.length === 2
    // In an `any`, a row and its `observed` need a group of their own on the wire, which is no group to the reader.
    return isPair && !negated && (place.of === 'any' || place.of === 'of') ? only : group('all', children, { negated })
  }
  const draft = readRow(condition)
  const shown = rowMistake(draft) === null ? draft : ({ kind: 'written', text: JSON.stringify(condition, null, 2) } as const)
  const inner = 'people' in condition || 'account' in condition ? readGroup(condition.where) : null
  return row(shown, { negated, observed: looksBack(shown, negated) === null, inner })
}

function readParts(parts: readonly Condition[], of: Match): Node[] {
  const nodes: Node[] = []
  for (let index = 0; index < parts.length; index++) {
    const node = readNode(parts[index] as Condition, { negated: false, of })
    const next = parts[index + 1]
    const length = node.kind === 'row' ? looksBack(node.draft, node.negated) : null
    const isPair = of === 'all' && node.kind === 'row' && length !== null && next !== undefined && 'observed' in next && next.observed === length
    nodes.push(isPair ? { ...node, observed: true } : node)
    if (isPair) index++
  }
  return nodes
}

function writeNode(node: Node, path: string, written: Written): Condition | null {
  const inner = node.negated ? `${path}.not` : path
  const condition = node.kind === 'row' ? writeLeaf(node, inner, written) : writeGroup(node, inner, written)
  if (condition === null) return null
  written.paths.set(node.id, path)
  return node.negated ? { not: condition } : condition
}

function writeLeaf(node: Row, path: string, written: Written): Condition | null {
  const mistake = rowMistake(node.draft)
  if (mistake !== null) written.mistakes.set(node.id, mistake)
  const condition = writeRow(node.draft)
  if (node.inner === null || condition === null) return condition
  const where = writeNode(node.inner, `${path}.where`, written)
  if (where === null) written.mistakes.set(node.id, 'Add a condition that they must meet.')
  return where === null ? null : ({ ...condition, where } as Condition)
}

function writeGroup(node: Group, path: string, written: Written): Condition | null {
  const [only] = node.children
  if (node.bare && node.match === 'all' && !node.negated && only !== undefined && node.children.length === 1 && observedFor(only) === null)
    return writeNode(only, path, written)
  const conditions: Condition[] = []
  for (const child of node.children) conditions.push(...writeChild(child, { of: node.match, path: `${path}.${node.match}.${conditions.length}` }, written))
  if (conditions.length === 0) return null
  if (node.match === 'all') return { all: conditions }
  if (node.match === 'any') return { any: conditions }
  const mistake = numberMistake(node, conditions.length)
  if (mistake !== null) written.mistakes.set(node.id, mistake)
  return mistake !== null || node.atLeast === null ? null : { atLeast: node.atLeast, of: conditions }
}

/** One condition, or in an `all` a row and its `observed` beside it. */
function writeChild(child: Node, { of, path }: { of: Match; path: string }, written: Written): Condition[] {
  const observed = observedFor(child)
  if (observed === null) return [writeNode(child, path, written)].filter((each) => each !== null)
  const own = of === 'all' ? path : `${path}.all.0`
  const condition = writeNode(child, own, written)
  if (condition === null) return []
  written.observed.set(
    child.id,
    own.replace(/\d+$/, (index) => String(Number(index) + 1)),
  )
  if (of === 'all') return [condition, { observed }]
  written.paths.set(child.id, path)
  return [{ all: [condition, { observed }] }]
}

const observedFor = (node: Node): string | null => (node.kind === 'row' && node.observed ? looksBack(node.draft, node.negated) : null)

function numberMistake({ atLeast }: Group, conditions: number): string | null {
  if (atLeast === null || atLeast < 1 || !Number.isInteger(atLeast)) return 'Say how many of these must hold.'
  if (atLeast <= conditions) return null
  return `Only ${conditions === 1 ? 'one finished condition stands' : `${conditions} finished conditions stand`} here, so ${atLeast} of them can never hold.`
}

/** The node an answer's or an error's path speaks of: the longest known path that it starts with. */
export function nodeAt({ paths, observed }: Pick<Written, 'paths' | 'observed'>, path: string): string | null {
  let best: { id: string; length: number } | null = null
  for (const [id, known] of [...paths, ...observed]) {
    const inside = path === known || path.startsWith(`${known}.`)
    if (inside && (best === null || known.length > best.length)) best = { id, length: known.length }
  }
  return best?.id ?? null
}
