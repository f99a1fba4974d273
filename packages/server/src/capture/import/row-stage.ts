import type { MappedRow } from './compile-mapping.ts'
import { eventText, named } from './event-text.ts'
import { identityNumber, identityText, identityUuid } from './identity.ts'
import { Spill } from './spill.ts'
import { spilled, unspilled } from './spilled-row.ts'
import type { MadeEvent, NumberedRow, Stage, StageOptions } from './stage.ts'

/** One event per row. */
export class RowStage implements Stage {
  readonly #options: StageOptions
  readonly #spill: Spill
  /** How often a row has come, by its identity: equal rows of a file without ids are told apart by counting them. */
  readonly #seen = new Map<number, number>()

  constructor(options: StageOptions) {
    this.#options = options
    this.#spill = new Spill(options.folder, options.level ?? 0)
  }

  take(row: NumberedRow): MadeEvent | { skip: string } | undefined {
    const { compiled, identity, limits } = this.#options
    const mapped = compiled.map(row, row.number)
    if ('skip' in mapped) return mapped
    const text = identityText(identity, compiled.kind, { ...mapped, raw: row.raw })
    const uuid = identityUuid(text)
    if (compiled.kind === 'person' || mapped.key !== undefined) return this.#event(mapped, uuid)
    const number = identityNumber(uuid)
    const occurrence = this.#seen.get(number)
    if (occurrence === undefined && this.#seen.size >= limits.distinctRows) {
      this.#spill.add(uuid, spilled(row))
      return undefined
    }
    this.#seen.set(number, (occurrence ?? 0) + 1)
    return this.#event(mapped, occurrence === undefined ? uuid : identityUuid(text, occurrence))
  }

  async *finish(): AsyncGenerator<MadeEvent> {
    this.#seen.clear()
    for await (const part of this.#spill.parts()) {
      const inner = new RowStage({ ...this.#options, level: (this.#options.level ?? 0) + 1 })
      for await (const row of part) {
        const made = inner.take(unspilled(row))
        if (made !== undefined && 'entry' in made) yield made
      }
      yield* inner.finish()
    }
  }

  #event(mapped: MappedRow, uuid: string): MadeEvent {
    const { compiled } = this.#options
    const totals = compiled.totals.map((total, index) => [total.name, total.value(mapped.totals[index] ?? { digits: 0n, scale: 0 })] as const)
    const json = eventText({
      uuid,
      event: mapped.event,
      distinctId: mapped.distinctId,
      timestamp: mapped.at,
      properties: { ...named(compiled.propertyNames, mapped.properties), ...Object.fromEntries(totals) },
      set: named(compiled.setNames, mapped.set),
    })
    return { entry: { uuid, json }, rows: 1 }
  }
}
