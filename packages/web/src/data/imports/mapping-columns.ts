import type { ImportMappingInput, timeFormats } from '@kindred/model'

type Event = NonNullable<ImportMappingInput['event']>
export type PropertyMap = NonNullable<Event['properties']>
type From = PropertyMap[string]
type CellType = 'auto' | 'text' | 'number' | 'boolean' | 'date'
export type TimeFormat = (typeof timeFormats)[number]
type Value = string | number | boolean

/** Where a column may go: on the event, on each item of a grouped event, on the person (always, or once), on the account. */
export const destinations = ['event', 'item', 'person', 'once', 'account'] as const
export type Destination = (typeof destinations)[number]

/** What becomes of one column, as the wizard's table shows it. */
export interface ColumnUse {
  /** The property's name, the same wherever the column goes. */
  name: string
  type: CellType
  /** How its dates are written; left out: as the row's time. */
  format?: TimeFormat | undefined
  /** Written where the cell is empty; left out: the property is left out. */
  whenEmpty?: Value | undefined
  to: readonly Destination[]
}

/** What `mapping` does with `column` as a property; goes nowhere where it is not used as one. */
export function columnUse(mapping: ImportMappingInput, column: string): ColumnUse {
  let use: ColumnUse = { name: propertyName(column), type: 'auto', to: [] }
  for (const destination of destinations) {
    const found = Object.entries(propertiesOf(mapping, destination)).find(([, from]) => columnOf(from) === column)
    if (found) use = { name: found[0], ...readingOf(found[1]), to: [...use.to, destination] }
  }
  return use
}

/** `mapping` with `column` going where `use` says; what else a property says of it (its suffix) is kept. */
export function withColumnUse(mapping: ImportMappingInput, column: string, use: ColumnUse): ImportMappingInput {
  let changed = mapping
  for (const destination of destinations) {
    const properties = propertiesOf(changed, destination)
    const old = Object.entries(properties).find(([, from]) => columnOf(from) === column)
    const place = Object.keys(properties).indexOf(old?.[0] ?? '')
    const rest = Object.entries(properties).filter(([name]) => name !== old?.[0] && name !== use.name)
    const entry: [string, From] = [use.name, fromColumn(column, use, old?.[1])]
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

/** A value that every row gets. */
export interface FixedValue {
  name: string
  value: Value
  to: Destination
}

export function fixedValues(mapping: ImportMappingInput): FixedValue[] {
  return destinations.flatMap((to) =>
    Object.entries(propertiesOf(mapping, to)).flatMap(([name, from]) => (typeof from === 'object' && 'value' in from ? [{ name, value: from.value, to }] : [])),
  )
}

/** `mapping` with these fixed values and no others. */
export function withFixedValues(mapping: ImportMappingInput, values: readonly FixedValue[]): ImportMappingInput {
  let changed = mapping
  for (const destination of destinations) {
    const old = propertiesOf(changed, destination)
    const columns = Object.entries(old).filter(([, from]) => columnOf(from) !== null)
    const fixed = values.filter(({ to }) => to === destination).map(({ name, value }) => [name, { value }] as const)
    if (columns.length < Object.keys(old).length || fixed.length > 0) changed = withProperties(changed, destination, Object.fromEntries([...columns, ...fixed]))
  }
  return changed
}

/** What a person typed as a value: yes and no and numbers as such, the rest as text. */
export function typedValue(text: string): Value {
  if (text === 'true' || text === 'false') return text === 'true'
  return /^-?(0|[1-9]\d{0,14})(\.\d+)?$/.test(text) ? Number(text) : text
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

export function propertiesOf({ person, account, event }: ImportMappingInput, destination: Destination): PropertyMap {
  if (destination === 'person') return person?.properties ?? {}
  if (destination === 'once') return person?.setOnce ?? {}
  if (destination === 'account') return account?.properties ?? {}
  if (destination === 'event') return event?.properties ?? {}
  return event?.group?.items?.fields ?? {}
}

function withProperties(mapping: ImportMappingInput, destination: Destination, properties: PropertyMap): ImportMappingInput {
  const { event, person, account } = mapping
  if (destination === 'person') return person ? { ...mapping, person: { ...person, properties } } : mapping
  if (destination === 'once') return person ? { ...mapping, person: { ...person, setOnce: properties } } : mapping
  if (destination === 'account') return account ? { ...mapping, account: { ...account, properties } } : mapping
  if (!event) return mapping
  if (destination === 'event') return { ...mapping, event: { ...event, properties } }
  if (!event.group) return mapping
  return { ...mapping, event: { ...event, group: { ...event.group, items: { ...event.group.items, fields: properties } } } }
}

function columnOf(from: From): string | null {
  if (typeof from === 'string') return from
  return 'column' in from ? from.column : null
}

function readingOf(from: From): Omit<ColumnUse, 'name' | 'to'> {
  if (typeof from === 'string' || !('column' in from)) return { type: 'auto' }
  return { type: from.type ?? 'auto', format: from.format, whenEmpty: from.default }
}

function fromColumn(column: string, { type, format, whenEmpty }: ColumnUse, old: From | undefined): From {
  const suffix = typeof old === 'object' && 'column' in old ? old.withoutSuffix : undefined
  const said = {
    ...(suffix === undefined ? {} : { withoutSuffix: suffix }),
    ...(type === 'auto' ? {} : { type }),
    ...(type !== 'date' || format === undefined ? {} : { format }),
    ...(whenEmpty === undefined ? {} : { default: whenEmpty }),
  }
  return Object.keys(said).length === 0 ? column : { column, ...said }
}
