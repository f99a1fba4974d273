import { lineOf } from '../../log/entry.ts'
import { eventText, named } from './event-text.ts'
import { identityNumber, identityText, identityUuid } from './identity.ts'
import type { MappedRow } from './mapped-row.ts'
import { SeenRows } from './seen-rows.ts'
import { Spill } from './spill.ts'
import { spilled, unspilled } from './spilled-row.ts'
import type { MadeEvent, NumberedRow, Stage, StageOptions } from './stage.ts'

/** One event per row. */
export class RowStage implements Stage {
  readonly #options: StageOptions
  readonly #spill: Spill
  /** How often a row has come, by its identity: equal rows of a file without ids are told apart by counting them. */
  readonly #seen = new SeenRows()

  constructor(options: StageOptions) {
    this.#options = options
    this.#spill = new Spill(options.folder, options.level ?? 0)
  }

  take(row: NumberedRow): MadeEvent | { skip: string } | undefined {
    const { compiled, identity, limits } = this.#options
    const mapped = compiled.map(row, row.number)
    if ('skip' in mapped) return mapped
    const aboutSomebody = compiled.kind === 'person' || compiled.kind === 'account'
    const text = identityText(identity, compiled.kind, { ...mapped, raw: aboutSomebody ? this.#says(mapped, row.number) : row.raw })
    const uuid = identityUuid(text)
    if (compiled.kind === 'account') return this.#account(mapped, { uuid, line: row.line })
    if (compiled.kind === 'person') return this.#person(mapped, { uuid, text, line: row.line })
    if (mapped.key !== undefined) return this.#event(mapped, uuid, row.line)
    const number = identityNumber(uuid)
    const occurrence = this.#seen.count(number)
    if (occurrence === 0 && this.#seen.size >= limits.distinctRows) {
      this.#spill.add(uuid, spilled(row))
      return undefined
    }
    this.#seen.add(number)
    return this.#event(mapped, occurrence === 0 ? uuid : identityUuid(text, occurrence), row.line)
  }

  async *finish(): AsyncGenerator<MadeEvent> {
    this.#seen.clear()
    for await (const part of this.#spill.parts()) {
      const inner = new RowStage({ ...this.#options, level: (this.#options.level ?? 0) + 1 })
      for await (const row of part) {
        const made = inner.take(unspilled(row))
        if (made !== undefined && 'entries' in made) yield made
      }
      yield* inner.finish()
    }
  }

  #says({ otherIds, accounts, properties, set, setOnce }: MappedRow, number: number): string {
    const { accountType, propertyNames, setNames, setOnceNames } = this.#options.compiled
    return JSON.stringify([number, accountType, otherIds, accounts, named(propertyNames, properties), named(setNames, set), named(setOnceNames, setOnce)])
  }

  #event(mapped: MappedRow, uuid: string, line: number): MadeEvent {
    const { compiled } = this.#options
    const totals = compiled.totals.map((total, index) => [total.name, total.value(mapped.totals[index] ?? { digits: 0n, scale: 0 })] as const)
    const text = eventText({
      uuid,
      event: mapped.event,
      distinctId: mapped.distinctId,
      timestamp: mapped.at,
      properties: { ...named(compiled.propertyNames, mapped.properties), ...Object.fromEntries(totals) },
      set: named(compiled.setNames, mapped.set),
      setOnce: named(compiled.setOnceNames, mapped.setOnce),
      accounts: mapped.accounts,
    })
    return { entries: [lineOf(uuid, text)], line, rows: 1 }
  }

  /** The ids are joined first, so that the properties are set on the one person they are. */
  #person(mapped: MappedRow, { uuid, text, line }: { uuid: string; text: string; line: number }): MadeEvent {
    const { distinctId, at: timestamp } = mapped
    const joins = mapped.otherIds.map((otherId) => {
      const own = identityUuid(`${text}#alias:${otherId}`)
      return lineOf(own, eventText({ uuid: own, event: '$create_alias', distinctId, timestamp, otherId, properties: {}, set: {} }))
    })
    const { entries } = this.#event(mapped, uuid, line)
    return { entries: [...joins, ...entries], line, rows: 1 }
  }

  /** The id is that which servers give to an update of an account that nobody did: so nobody becomes its member. */
  #account({ event, distinctId, at: timestamp, properties }: MappedRow, { uuid, line }: { uuid: string; line: number }): MadeEvent {
    const { accountType, propertyNames } = this.#options.compiled
    const group = { $group_type: accountType, $group_key: distinctId, $group_set: named(propertyNames, properties) }
    const text = eventText({ uuid, event, distinctId: `$${accountType}_${distinctId}`, timestamp, properties: group, set: {} })
    return { entries: [lineOf(uuid, text)], line, rows: 1 }
  }
}
