import { type IdFrom, type ImportMapping, type JsonValue, KindredError, type PropertyFrom } from '@kindred/model'
import { type Decimal, multiply, readDecimal, roundedNumber } from './decimal.ts'
import type { CompiledTotal, MappedRow, MappingSurroundings } from './mapped-row.ts'
import { CellProblem, type CellReader, cellReader, shown } from './read-cell.ts'
import { type ReadTime, type TimeFormat, timeReader } from './read-time.ts'
import { type Cell, cellText, type Row } from './row.ts'
import { compileRules } from './row-rules.ts'

export type EventMapping = NonNullable<ImportMapping['event']>
export type PersonMapping = NonNullable<ImportMapping['person']>
type TimeMapping = EventMapping['time']
type ReadPerson = Pick<MappedRow, 'distinctId' | 'otherIds' | 'accounts' | 'set' | 'setOnce'>
type Totals = EventMapping['totals']
type Timing = Pick<MappedRow, 'at' | 'timeText'>
type ReadValue = (row: Row) => JsonValue | undefined

/** Beyond these the store cannot keep a time. */
const lastTime = Date.UTC(2105, 0, 1)

/** Turns each part of a mapping into a function of a row. */
export class MappingParts {
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

  /** An id as the rows write it; null where the cell is empty. */
  id(from: IdFrom, field: string): (row: Row) => string | null {
    const { column, withoutSuffix: suffix, prefix = '' } = typeof from === 'string' ? { column: from } : from
    const index = this.#indexOf(column, field)
    return (row) => {
      const text = withoutSuffix(cellText(row.cells[index]).trim(), suffix)
      return this.#isEmpty(text) ? null : prefix + text
    }
  }

  /** Who a row is about. */
  person(person: PersonMapping) {
    const { id, whenEmpty } = person
    const ofRow: (row: Row, number: number) => string | null =
      typeof id === 'object' && 'row' in id ? (_row, number) => `${id.prefix}${number}` : this.id(id, 'person.id')
    const others = person.otherIds.map((other, index) => this.id(other, `person.otherIds.${index}`))
    const accounts = Object.entries(person.accounts).map(([type, from]) => ({ type, id: this.id(from, `person.accounts.${type}`) }))
    const set = this.values(person.properties, 'person.properties')
    const setOnce = this.values(person.setOnce, 'person.setOnce')
    refuseTwice([...set.keys(), ...setOnce.keys()], 'person')
    const readSet = [...set.values()]
    const readOnce = [...setOnce.values()]
    return {
      setNames: [...set.keys()],
      setOnceNames: [...setOnce.keys()],
      read(row: Row, number: number): ReadPerson | { skip: string } {
        const distinctId = ofRow(row, number)
        if (distinctId === null) return emptyId(id, whenEmpty, 'person')
        return {
          distinctId,
          otherIds: otherIdsOf(row, others, distinctId),
          accounts: accountsOf(row, accounts),
          set: valuesOf(readSet, row),
          setOnce: valuesOf(readOnce, row),
        }
      },
    }
  }

  values(from: Record<string, PropertyFrom>, field: string): Map<string, ReadValue> {
    // Assigning to it would set the object's prototype, and the value would be lost.
    if (Object.hasOwn(from, '__proto__')) throw invalid(field, 'a property cannot be called "__proto__"')
    return new Map(Object.entries(from).map(([name, source]) => [name, this.#value(source, `${field}.${name}`)]))
  }

  event(event: EventMapping) {
    const name = this.#eventName(event)
    const time = this.#time(event.time, 'event.time')
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
      read: (row: Row): Omit<MappedRow, keyof ReadPerson> | { skip: string } => {
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
    const { column, type, withoutSuffix: suffix, default: whenEmpty, format } = typeof from === 'string' ? wholeColumn(from) : from
    const reader = format === undefined ? this.#reader : this.#dateReader(format)
    const index = this.#indexOf(column, field)
    return (row) => {
      const cell = row.cells[index] ?? null
      const text = cellText(cell)
      if (this.#isEmpty(text)) return whenEmpty
      const read: Cell = suffix === undefined ? cell : withoutSuffix(text, suffix)
      // What JSON lines hold as text stays text: only CSV leaves the type of a value open.
      return type === 'auto' && this.#surroundings.open ? read : reader.value(read, type, column)
    }
  }

  /** A reader of dates that are written otherwise than the row's time. */
  #dateReader(format: TimeFormat): CellReader {
    const read: ReadTime = timeReader(this.#surroundings.zone, format)
    return cellReader(this.#mapping, read)
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

  /** The row's time; where the mapping names none, the time of the import. */
  timeOrNow(time: TimeMapping | undefined, field: string): (row: Row) => Timing {
    const { now } = this.#surroundings
    return time === undefined ? () => ({ at: now, timeText: '' }) : this.#time(time, field)
  }

  #time(time: TimeMapping, field: string): (row: Row) => Timing {
    const index = this.#indexOf(time.column, field)
    const readTime = timeReader(this.#surroundings.zone, time.format)
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

function wholeColumn(column: string): Exclude<PropertyFrom, string | { value: unknown }> {
  return { column, type: 'auto' }
}

/** Ids that say nothing new are left out. */
function otherIdsOf(row: Row, readers: readonly ((row: Row) => string | null)[], distinctId: string): string[] {
  if (readers.length === 0) return []
  const ids = new Set(readers.map((read) => read(row)))
  return [...ids].filter((id) => id !== null && id !== distinctId) as string[]
}

function accountsOf(row: Row, accounts: readonly { type: string; id: (row: Row) => string | null }[]): Record<string, string> | undefined {
  if (accounts.length === 0) return undefined
  const found = accounts.map(({ type, id }) => [type, id(row)] as const).filter(([, key]) => key !== null)
  return found.length === 0 ? undefined : (Object.fromEntries(found) as Record<string, string>)
}

function withoutSuffix(text: string, suffix: string | undefined): string {
  return suffix !== undefined && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text
}

function refuseTwice(names: readonly string[], field: string): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw invalid(field, `${shown(twice)} is named twice`)
}

export function invalid(field: string, reason: string): KindredError {
  return new KindredError('import/invalid-mapping', { field, reason })
}
export function valuesOf(readers: readonly ReadValue[], row: Row): (JsonValue | undefined)[] {
  return readers.map((read) => read(row))
}

function columnOf(id: PersonMapping['id']): string {
  if (typeof id === 'string') return id
  return 'column' in id ? id.column : ''
}

/** What becomes of a row without an id. Throws CellProblem unless such rows are left out. */
export function emptyId(id: PersonMapping['id'], whenEmpty: PersonMapping['whenEmpty'], what: 'person' | 'account'): { skip: string } {
  if (whenEmpty === 'skip') return { skip: `no ${columnOf(id)}` }
  throw new CellProblem(columnOf(id), `the ${what} id is empty`)
}
