import { type ImportMapping, type JsonValue, KindredError, type PropertyFrom } from '@kindred/model'
import { add, type Decimal, multiply, readDecimal, roundedNumber } from './decimal.ts'
import { CellProblem, type CellReader, cellReader, shown } from './read-cell.ts'
import { timeReader } from './read-time.ts'
import { type Cell, cellText, type Row } from './row.ts'
import { compileRules } from './row-rules.ts'
import { isTimeZone } from './zone-clock.ts'

/** What one row says. Values stand in the order of the names in `CompiledMapping`; undefined: the cell is empty. */
export interface MappedRow {
  event: string
  distinctId: string
  /** Epoch milliseconds. */
  at: number
  /** The time as written, '' where the mapping has none. */
  timeText: string
  properties: (JsonValue | undefined)[]
  set: (JsonValue | undefined)[]
  totals: Decimal[]
  /** The item that the row is, of grouped imports. */
  item: Record<string, JsonValue>
  /** The cells that group or identify rows, undefined where the mapping names none. */
  key: string[] | undefined
}

export interface CompiledMapping {
  kind: 'row' | 'group' | 'person'
  propertyNames: readonly string[]
  setNames: readonly string[]
  totals: readonly CompiledTotal[]
  /** The property that holds a group's items, undefined where there is none. */
  itemsProperty: string | undefined
  /** `number` counts the rows of the file from 1. Throws CellProblem where the row cannot be used. */
  map(row: Row, number: number): MappedRow | { skip: string }
}

export interface MappingSurroundings {
  /** The columns of the file. `open`: any column may be asked for, and is added here (JSON lines). */
  columns: string[]
  open: boolean
  /** IANA zone of times that carry none, unless the mapping names one. */
  zone: string
  /** The time of rows that only set person properties, epoch milliseconds. */
  now: number
}

export interface CompiledTotal {
  name: string
  of(row: Row): Decimal
  /** The total as a property holds it. */
  value(sum: Decimal): number
}
type EventMapping = NonNullable<ImportMapping['event']>
type Totals = EventMapping['totals']
type ReadValue = (row: Row) => JsonValue | undefined

/** Beyond these the store cannot keep a time. */
const lastTime = Date.UTC(2105, 0, 1)

/** The mapping as functions of rows. Errors: `import/invalid-mapping` for a column the file lacks, an unknown zone, a name given twice. */
export function compileMapping(mapping: ImportMapping, surroundings: MappingSurroundings): CompiledMapping {
  const { event } = mapping
  const zone = event?.time.zone ?? surroundings.zone
  if (!isTimeZone(zone)) throw invalid('event.time.zone', `${zone} is not a time zone of the IANA list, such as Europe/Dublin`)
  const parts = new MappingParts(mapping, surroundings, cellReader(mapping, timeReader(zone, event?.time.format ?? 'auto')))
  const person = parts.person()
  const set = parts.values(mapping.person.properties, 'person.properties')
  const base = { propertyNames: [], setNames: [...set.keys()], totals: [], itemsProperty: undefined }
  const setValues = [...set.values()]
  if (event === undefined) {
    const constant = { event: '$set', at: surroundings.now, timeText: '', properties: [], totals: [], item: {}, key: undefined }
    return {
      ...base,
      kind: 'person',
      map(row, number) {
        const distinctId = person(row, number)
        return distinctId === null ? skipped(mapping) : { ...constant, distinctId, set: valuesOf(setValues, row) }
      },
    }
  }
  const compiled = parts.event(event)
  return {
    ...base,
    kind: event.group === undefined ? 'row' : 'group',
    propertyNames: compiled.propertyNames,
    totals: compiled.totals,
    itemsProperty: event.group?.items?.property,
    map(row, number) {
      const distinctId = person(row, number)
      if (distinctId === null) return skipped(mapping)
      const read = compiled.read(row)
      if ('skip' in read) return read
      return Object.assign(read, { distinctId, set: valuesOf(setValues, row) })
    },
  }
}

function valuesOf(readers: readonly ReadValue[], row: Row): (JsonValue | undefined)[] {
  return readers.map((read) => read(row))
}

function skipped({ person: { id } }: ImportMapping): { skip: string } {
  return { skip: `no ${typeof id === 'string' ? id : 'column' in id ? id.column : 'person'}` }
}

/** Turns each part of a mapping into a function of a row. */
class MappingParts {
  readonly #mapping: ImportMapping
  readonly #surroundings: MappingSurroundings
  readonly #reader: CellReader
  readonly #emptyTexts: ReadonlySet<string>

  constructor(mapping: ImportMapping, surroundings: MappingSurroundings, reader: CellReader) {
    this.#mapping = mapping
    this.#surroundings = surroundings
    this.#reader = reader
    this.#emptyTexts = new Set(['', ...mapping.emptyValues])
  }

  /** The distinct id; null where the cell is empty and the mapping skips such rows. */
  person(): (row: Row, number: number) => string | null {
    const { id, whenEmpty } = this.#mapping.person
    const prefix = typeof id === 'string' ? '' : (id.prefix ?? '')
    if (typeof id !== 'string' && 'row' in id) return (_row, number) => `${prefix}${number}`
    const column = typeof id === 'string' ? id : id.column
    const suffix = typeof id === 'string' ? undefined : id.withoutSuffix
    const index = this.#indexOf(column, 'person.id')
    return (row) => {
      const text = withoutSuffix(cellText(row.cells[index]).trim(), suffix)
      if (!this.#isEmpty(text)) return prefix + text
      if (whenEmpty === 'skip') return null
      throw new CellProblem(column, 'the person id is empty')
    }
  }

  values(from: Record<string, PropertyFrom>, field: string): Map<string, ReadValue> {
    // Assigning to it would set the object's prototype, and the value would be lost.
    if (Object.hasOwn(from, '__proto__')) throw invalid(field, 'a property cannot be called "__proto__"')
    return new Map(Object.entries(from).map(([name, source]) => [name, this.#value(source, `${field}.${name}`)]))
  }

  event(event: EventMapping) {
    const name = this.#eventName(event)
    const time = this.#time(event)
    const properties = this.values(event.properties, 'event.properties')
    const totals = this.#totals(event.totals, 'event.totals')
    const items = event.group?.items
    const fields = this.values(items?.fields ?? {}, 'event.group.items.fields')
    const fieldTotals = this.#totals(items?.totals ?? {}, 'event.group.items.totals')
    refuseTwice([...properties.keys(), ...totals.map((total) => total.name), ...(items === undefined ? [] : [items.property])], 'event')
    refuseTwice([...fields.keys(), ...fieldTotals.map((total) => total.name)], 'event.group.items')
    const key = this.#key(event)
    const read = [...properties.values()]
    const fieldReaders = [...fields]
    const itemOf = (row: Row) => {
      const item: Record<string, JsonValue> = {}
      for (const [field, value] of fieldReaders) {
        const found = value(row)
        if (found !== undefined) item[field] = found
      }
      for (const total of fieldTotals) item[total.name] = total.value(total.of(row))
      return item
    }
    return {
      propertyNames: [...properties.keys()],
      totals,
      read: (row: Row): Omit<MappedRow, 'distinctId' | 'set'> | { skip: string } => {
        const named = name(row)
        if (typeof named === 'object') return named
        const { at, timeText } = time(row)
        return {
          event: named,
          at,
          timeText,
          properties: valuesOf(read, row),
          totals: totals.map((total) => total.of(row)),
          item: itemOf(row),
          key: key?.(row),
        }
      },
    }
  }

  #indexOf = (column: string, field: string): number => {
    const { columns, open } = this.#surroundings
    const index = columns.indexOf(column)
    if (index >= 0) return index
    if (open) return columns.push(column) - 1
    throw invalid(field, `the file has no column ${shown(column)}; it has ${columns.map((name) => shown(name)).join(', ')}`)
  }

  #isEmpty = (text: string): boolean => this.#emptyTexts.has(text.trim())

  #value(from: PropertyFrom, field: string): ReadValue {
    if (typeof from === 'object' && 'value' in from) return () => from.value
    const { column, type, suffix, whenEmpty } =
      typeof from === 'string'
        ? { column: from, type: 'auto' as const, suffix: undefined, whenEmpty: undefined }
        : { column: from.column, type: from.type, suffix: from.withoutSuffix, whenEmpty: from.default }
    const index = this.#indexOf(column, field)
    return (row) => {
      const cell = row.cells[index] ?? null
      const text = cellText(cell)
      if (this.#isEmpty(text)) return whenEmpty
      const read: Cell = suffix === undefined ? cell : withoutSuffix(text, suffix)
      // What JSON lines hold as text stays text: only CSV leaves the type of a value open.
      return type === 'auto' && this.#surroundings.open ? read : this.#reader.value(read, type, column)
    }
  }

  #eventName(event: EventMapping): (row: Row) => string | { skip: string } {
    const surroundings = { indexOf: this.#indexOf, isEmpty: this.#isEmpty, reader: this.#reader }
    const rule = compileRules(event.rules, surroundings)
    const fixed = typeof event.name === 'string' ? event.name : undefined
    const column = typeof event.name === 'string' ? '' : event.name.column
    const index = fixed === undefined ? this.#indexOf(column, 'event.name') : 0
    return (row) => {
      const ruling = rule(row)
      if (ruling !== undefined) return 'event' in ruling ? ruling.event : ruling
      const name = fixed ?? cellText(row.cells[index]).trim()
      if (this.#isEmpty(name)) throw new CellProblem(column, 'the event name is empty')
      return name
    }
  }

  #time({ time }: EventMapping): (row: Row) => { at: number; timeText: string } {
    const index = this.#indexOf(time.column, 'event.time')
    const readTime = timeReader(time.zone ?? this.#surroundings.zone, time.format)
    return (row) => {
      const timeText = cellText(row.cells[index]).trim()
      if (this.#isEmpty(timeText)) throw new CellProblem(time.column, 'the time is empty')
      const read = readTime(timeText)
      if ('problem' in read) throw new CellProblem(time.column, `${shown(timeText)} ${read.problem}`)
      if (read.at < 0 || read.at >= lastTime) throw new CellProblem(time.column, `${shown(timeText)} is before 1970 or after 2104`)
      return { at: read.at, timeText }
    }
  }

  #totals(totals: Totals, field: string): CompiledTotal[] {
    return Object.entries(totals).map(([name, { multiply: columns, decimals, absolute }]) => {
      const factors = columns.map((column) => ({ column, index: this.#indexOf(column, `${field}.${name}`) }))
      return {
        name,
        of: (row) => factors.map(({ column, index }) => this.#decimal(cellText(row.cells[index]), column)).reduce(multiply),
        value(sum) {
          const value = roundedNumber(sum, decimals)
          return absolute ? Math.abs(value) : value
        },
      }
    })
  }

  #decimal(text: string, column: string): Decimal {
    if (this.#isEmpty(text)) throw new CellProblem(column, 'a number is needed and the cell is empty')
    const decimal = readDecimal(this.#reader.number(text, column))
    if (decimal === null) throw new CellProblem(column, `${shown(text)} is too large or too small a number`)
    return decimal
  }

  #key({ group, id }: EventMapping): ((row: Row) => string[]) | undefined {
    if (group !== undefined && id !== undefined) throw invalid('event.id', 'rows that are grouped are identified by their group')
    const columns = group?.by ?? id
    const field = group === undefined ? 'event.id' : 'event.group.by'
    const indexes = columns?.map((column) => ({ column, index: this.#indexOf(column, field) }))
    return indexes === undefined
      ? undefined
      : (row) =>
          indexes.map(({ column, index }) => {
            const text = cellText(row.cells[index]).trim()
            if (this.#isEmpty(text) && indexes.length === 1) throw new CellProblem(column, 'the cell is empty, so it is not known what the row belongs to')
            return text
          })
  }
}

export function sumOf(a: Decimal[], b: readonly Decimal[]): Decimal[] {
  return a.map((value, index) => add(value, b[index] ?? { digits: 0n, scale: 0 }))
}

function withoutSuffix(text: string, suffix: string | undefined): string {
  return suffix !== undefined && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text
}

function refuseTwice(names: readonly string[], field: string): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw invalid(field, `${shown(twice)} is named twice`)
}

function invalid(field: string, reason: string): KindredError {
  return new KindredError('import/invalid-mapping', { field, reason })
}
