import type { JsonValue } from '@kindred/model'
import { lineOf } from '../../log/entry.ts'
import type { Decimal } from './decimal.ts'
import { eventText, named } from './event-text.ts'
import { identityText, identityUuid } from './identity.ts'
import { type MappedRow, sumOf } from './mapped-row.ts'
import { Spill } from './spill.ts'
import { spilled, unspilled } from './spilled-row.ts'
import type { MadeEvent, NumberedRow, Stage, StageOptions } from './stage.ts'

type Value = JsonValue | undefined

/** An event that still takes rows. */
interface Group {
  event: string
  distinctId: string
  /** The earliest of its rows, and as written. */
  at: number
  timeText: string
  key: string[]
  /** Of each the first that is not empty, in the file's order. */
  properties: Value[]
  set: Value[]
  setOnce: Value[]
  accounts: Record<string, string> | undefined
  totals: Decimal[]
  items: string[]
  rows: number
  firstRow: { line: number; raw: string }
}

/** About what a group takes beside its texts. */
const groupOverhead = 600
const itemOverhead = 40

/**
 * One event per group of rows. Any row of the file may belong to any group, so groups stay open to the end. Once they fill the memory allowed, rows
 * of the groups that are open still go into them, and rows of others wait on disk, in parts small enough to be grouped by themselves afterwards.
 */
export class GroupStage implements Stage {
  readonly #options: StageOptions
  readonly #spill: Spill
  readonly #groups = new Map<string, Group>()
  #characters = 0

  constructor(options: StageOptions) {
    this.#options = options
    this.#spill = new Spill(options.folder, options.level ?? 0)
  }

  take(row: NumberedRow): { skip: string } | undefined {
    const mapped = this.#options.compiled.map(row, row.number)
    if ('skip' in mapped) return mapped
    const key = JSON.stringify([mapped.event, mapped.distinctId, ...(mapped.key ?? [])])
    const group = this.#groups.get(key)
    if (group !== undefined) this.#join(group, mapped)
    else if (this.#groups.size > 0 && this.#characters >= this.#options.limits.groupCharacters) this.#spill.add(key, spilled(row))
    else this.#open(key, mapped, row)
    return undefined
  }

  async *finish(): AsyncGenerator<MadeEvent> {
    for (const [key, group] of this.#groups) {
      const made = this.#made(group)
      if (made !== undefined) yield made
      this.#groups.delete(key)
    }
    const limits = { ...this.#options.limits, groupCharacters: this.#options.limits.partCharacters }
    for await (const part of this.#spill.parts()) {
      const inner = new GroupStage({ ...this.#options, limits, level: (this.#options.level ?? 0) + 1 })
      for await (const row of part) inner.take(unspilled(row))
      yield* inner.finish()
    }
  }

  #open(key: string, mapped: MappedRow, row: NumberedRow): void {
    const { event, distinctId, at, timeText, key: cells = [], properties, set, setOnce, accounts, totals } = mapped
    const kept = detached({ event, distinctId, timeText, cells, accounts, line: row.line, raw: row.raw.slice(0, 1000) })
    const group: Group = {
      event: kept.event,
      distinctId: kept.distinctId,
      at,
      timeText: kept.timeText,
      key: kept.cells,
      properties: properties.map(detachedValue),
      set: set.map(detachedValue),
      setOnce: setOnce.map(detachedValue),
      accounts: kept.accounts,
      totals,
      items: [],
      rows: 1,
      firstRow: { line: kept.line, raw: kept.raw },
    }
    this.#groups.set(key, group)
    this.#characters += groupOverhead + key.length * 2 + row.raw.length * 2
    this.#addItem(group, mapped)
  }

  #join(group: Group, mapped: MappedRow): void {
    group.rows++
    if (group.rows > this.#options.limits.groupRows) {
      group.items = []
      return
    }
    if (mapped.at < group.at) Object.assign(group, { at: mapped.at, timeText: detached(mapped.timeText) })
    fill(group.properties, mapped.properties)
    fill(group.set, mapped.set)
    fill(group.setOnce, mapped.setOnce)
    group.accounts ??= mapped.accounts === undefined ? undefined : detached(mapped.accounts)
    group.totals = sumOf(group.totals, mapped.totals)
    this.#addItem(group, mapped)
  }

  #addItem(group: Group, mapped: MappedRow): void {
    if (this.#options.compiled.itemsProperty === undefined) return
    const text = JSON.stringify(mapped.item)
    group.items.push(text)
    this.#characters += text.length + itemOverhead
  }

  #made(group: Group): MadeEvent | undefined {
    const { compiled, identity, limits, reject } = this.#options
    const { event, distinctId, at, rows } = group
    if (rows > limits.groupRows) {
      const reason = `the group that begins here has ${rows} rows, more than the ${limits.groupRows} that one event may have`
      reject({ ...group.firstRow, column: '', reason }, rows)
      return undefined
    }
    const totals = compiled.totals.map((total, index) => [total.name, total.value(group.totals[index] ?? { digits: 0n, scale: 0 })] as const)
    const uuid = identityUuid(identityText(identity, 'group', { ...group, raw: '' }))
    const text = eventText({
      uuid,
      event,
      distinctId,
      timestamp: at,
      properties: { ...named(compiled.propertyNames, group.properties), ...Object.fromEntries(totals) },
      set: named(compiled.setNames, group.set),
      setOnce: named(compiled.setOnceNames, group.setOnce),
      accounts: group.accounts,
      items: compiled.itemsProperty === undefined ? undefined : { property: compiled.itemsProperty, texts: group.items },
    })
    return { entries: [lineOf(uuid, text)], line: group.firstRow.line, rows }
  }
}

function fill(values: Value[], later: readonly Value[]): void {
  for (const [index, value] of values.entries()) if (value === undefined) values[index] = detachedValue(later[index])
}

/** A copy. Text cut out of a chunk of the file keeps the whole chunk in memory for as long as the text is kept. */
function detached<Kept>(value: Kept): Kept {
  return JSON.parse(JSON.stringify(value)) as Kept
}

function detachedValue(value: Value): Value {
  return typeof value === 'string' || (typeof value === 'object' && value !== null) ? detached(value) : value
}
