import { maximumConditions, type SegmentDefinition, segmentDefinitionSchema } from '@kindred/model'

type Path = readonly (string | number)[]
type Change = (named: unknown, path: Path) => unknown

const lists = ['all', 'any', 'of']
/** Two levels a group; what is deeper is refused when it is read. */
const deepest = 2 * maximumConditions + 8

/** A definition, read or not yet, with each segment that its conditions name replaced. Everything else stays as it is, the order of keys too. */
export function mapNamed(definition: unknown, change: Change): unknown {
  if (!isObject(definition) || !('where' in definition)) return definition
  return { ...definition, where: mapCondition(definition.where, ['where'], change) }
}

/** The definition with keys in place of numbers, as files hold it. */
export function withKeys(definition: SegmentDefinition, keyOf: (id: number) => string): unknown {
  return mapNamed(definition, (id) => keyOf(Number(id)))
}

/** The definition with other numbers for the segments it names. */
export function withNumbers(definition: SegmentDefinition, numberOf: (id: number) => number): SegmentDefinition {
  return segmentDefinitionSchema.parse(mapNamed(definition, (id) => numberOf(Number(id))))
}

/** The segments that a definition names, each with where it does. */
export function namedBy(definition: SegmentDefinition): { id: number; path: Path }[] {
  const named: { id: number; path: Path }[] = []
  mapNamed(definition, (id, path) => {
    named.push({ id: Number(id), path })
    return id
  })
  return named
}

function mapCondition(condition: unknown, path: Path, change: Change): unknown {
  if (!isObject(condition) || path.length > deepest) return condition
  const entries = Object.entries(condition).map(([key, below]): [string, unknown] => {
    const here = [...path, key]
    if (key === 'in') return [key, change(below, here)]
    if (lists.includes(key) && Array.isArray(below)) return [key, below.map((each, index) => mapCondition(each, [...here, index], change))]
    const holdsOne = key === 'not' || (key === 'where' && ('people' in condition || 'account' in condition))
    return [key, holdsOne ? mapCondition(below, here, change) : below]
  })
  return Object.fromEntries(entries)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
