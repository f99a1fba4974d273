import type { SequenceStep } from '@kindred/model'
import type { Step } from './steps.ts'

/** One property of one step that is done: it stands for one value. */
type Node = `${number}:${string}`

/**
 * The values that steps share. What `sameAs` ties together among the steps that are done is one value; an absent step ties nothing together, so one property of
 * it may have to be several values at once.
 */
export function sharedValues(steps: readonly SequenceStep[]): { values: number; shared: Step['shared'][] } {
  const ties = steps.flatMap((step, place) =>
    (step.where ?? []).flatMap(({ property, sameAs }) =>
      sameAs === undefined ? [] : [{ place, property, node: nodeOf(sameAs.step - 1, sameAs.of ?? property) }],
    ),
  )
  const group = new Map<Node, Node>()
  const rootOf = (node: Node): Node => {
    const next = group.get(node)
    return next === undefined || next === node ? node : rootOf(next)
  }
  for (const { node } of ties) group.set(node, rootOf(node))
  for (const { place, property, node } of ties) {
    if ('did' in (steps[place] ?? {})) group.set(rootOf(nodeOf(place, property)), rootOf(node))
  }
  const roots = [...new Set([...group.keys()].map(rootOf))]
  const shared = steps.map((step, place) => {
    if ('absent' in step) return ties.filter((tie) => tie.place === place).map(({ property, node }) => ({ property, value: roots.indexOf(rootOf(node)) }))
    const own = [...group.keys()].filter((node) => node.startsWith(`${place}:`))
    return own.map((node) => ({ property: node.slice(node.indexOf(':') + 1), value: roots.indexOf(rootOf(node)) }))
  })
  return { values: roots.length, shared }
}

function nodeOf(place: number, property: string): Node {
  return `${place}:${property}`
}
