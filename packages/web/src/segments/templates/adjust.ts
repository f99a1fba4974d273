/** What stands at a path such as `where.all.0.within.last`; undefined where nothing does. */
export function valueAt(tree: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((at, step) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[step] : undefined), tree)
}

/** The same tree with another value at the path; what is not on the way stays the same object. */
export function withValueAt<Tree>(tree: Tree, path: string, value: unknown): Tree {
  const [step = '', ...rest] = path.split('.')
  const changed = (under: unknown) => (rest.length === 0 ? value : withValueAt(under, rest.join('.'), value))
  if (Array.isArray(tree)) return tree.map((each, index) => (String(index) === step ? changed(each) : each)) as Tree
  return { ...tree, [step]: changed((tree as Record<string, unknown>)[step]) }
}

/** The property that a value at the path is compared with, and whose it is: inside a filter it is the event's. */
export function propertyAt(tree: unknown, path: string): { of: 'event' | 'person'; property: string } | null {
  const above = path.split('.').slice(0, -1)
  const property = valueAt(tree, [...above, 'property'].join('.'))
  if (typeof property !== 'string') return null
  // `did … where: [filters]`: the list of filters stands above a number.
  const isFilter = /^\d+$/.test(above.at(-1) ?? '') && above.at(-2) === 'where'
  return { of: isFilter ? 'event' : 'person', property }
}
