import type { ImportMappingInput } from '@kindred/model'

type Event = NonNullable<ImportMappingInput['event']>
export type PropertyMap = NonNullable<Event['properties']>
type From = PropertyMap[string]
type CellType = 'auto' | 'text' | 'number' | 'boolean' | 'date'

/** Where a column may go: on the event, on each item of a grouped event, on the person. */
export const destinations = ['event', 'item', 'person'] as const
export type Destination = (typeof destinations)[number]

/** What becomes of one column, as the wizard's table shows it. */
export interface ColumnUse {
  /** The property's name, the same wherever the column goes. */
  name: string
  type: CellType
  to: readonly Destination[]
}

/** What `mapping` does with `column` as a property; goes nowhere where it is not used as one. */
export function columnUse(mapping: ImportMappingInput, column: string): ColumnUse {
  let use: ColumnUse = { name: propertyName(column), type: 'auto', to: [] }
  for (const destination of destinations) {
    const found = Object.entries(propertiesOf(mapping, destination)).find(([, from]) => columnOf(from) === column)
    if (found) use = { name: found[0], type: typeOf(found[1]), to: [...use.to, destination] }
  }
  return use
}

/** `mapping` with `column` going where `use` says; what else a property says of it (default, suffix) is kept. */
export function withColumnUse(mapping: ImportMappingInput, column: string, use: ColumnUse): ImportMappingInput {
  let changed = mapping
  for (const destination of destinations) {
    const properties = propertiesOf(changed, destination)
    const old = Object.entries(properties).find(([, from]) => columnOf(from) === column)
    const place = Object.keys(properties).indexOf(old?.[0] ?? '')
    const rest = Object.entries(properties).filter(([name]) => name !== old?.[0] && name !== use.name)
    const entry: [string, From] = [use.name, fromColumn(column, use.type, old?.[1])]
    const next = use.to.includes(destination) ? rest.toSpliced(place === -1 ? rest.length : place, 0, entry) : rest
    if (old !== undefined || use.to.includes(destination)) changed = withProperties(changed, destination, Object.fromEntries(next))
  }
  return changed
}

/** Names that other columns (or fixed values) have taken where `column` goes: two properties cannot share one. */
export function namesBeside(mapping: ImportMappingInput, column: string, to: readonly Destination[]): string[] {
  return to.flatMap((destination) =>
    Object.entries(propertiesOf(mapping, destination))
      .filter(([, from]) => columnOf(from) !== column)
      .map(([name]) => name),
  )
}

/** `Order Value` and `OrderValue` become `order_value`: a name that reads well beside an SDK's. */
export function propertyName(column: string): string {
  const name = column
    .trim()
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^\p{L}\p{N}$]+/gu, '_')
    .replace(/^_+|_+$/g, '')
    .toLowerCase()
  return name === '' ? column : name
}

function propertiesOf(mapping: ImportMappingInput, destination: Destination): PropertyMap {
  if (destination === 'person') return mapping.person.properties ?? {}
  if (destination === 'event') return mapping.event?.properties ?? {}
  return mapping.event?.group?.items?.fields ?? {}
}

function withProperties(mapping: ImportMappingInput, destination: Destination, properties: PropertyMap): ImportMappingInput {
  if (destination === 'person') return { ...mapping, person: { ...mapping.person, properties } }
  const { event } = mapping
  if (!event) return mapping
  if (destination === 'event') return { ...mapping, event: { ...event, properties } }
  if (!event.group) return mapping
  return { ...mapping, event: { ...event, group: { ...event.group, items: { ...event.group.items, fields: properties } } } }
}

function columnOf(from: From): string | null {
  if (typeof from === 'string') return from
  return 'column' in from ? from.column : null
}

const typeOf = (from: From): CellType => (typeof from === 'object' && 'column' in from ? (from.type ?? 'auto') : 'auto')

function fromColumn(column: string, type: CellType, old: From | undefined): From {
  const { type: _, ...kept } = typeof old === 'object' && 'column' in old ? old : { column }
  if (type !== 'auto') return { ...kept, column, type }
  return Object.keys(kept).length > 1 ? kept : column
}
