import { Temporal } from 'temporal-polyfill'

const hour = 3_600_000
const day = 24 * hour

/**
 * Local times of one zone as instants. A time that the clocks jump over in spring is read by the offset before the jump, so it comes out an hour
 * later; one that happens twice in autumn is the first of the two. (Temporal's "compatible", RFC 5545.)
 */
export class ZoneClock {
  readonly #zone: string
  /** Local day → its offset, null on days near a change of the clocks. Temporal alone would take seconds for a file of some 100,000 rows. */
  readonly #offsets = new Map<number, number | null>()

  constructor(zone: string) {
    this.#zone = zone
  }

  /** `local`: the wall clock's time as if it were UTC, in milliseconds. Answers epoch milliseconds. */
  instant(local: number): number {
    const number = Math.floor(local / day)
    let offset = this.#offsets.get(number)
    if (offset === undefined) {
      offset = this.#offsetOfDay(number)
      this.#offsets.set(number, offset)
    }
    return offset === null ? this.#exact(local) : local - offset
  }

  #offsetOfDay(number: number): number | null {
    const before = this.#offsetAt((number - 1) * day)
    return before === this.#offsetAt((number + 2) * day) ? before : null
  }

  #offsetAt(instant: number): number {
    return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(this.#zone).offsetNanoseconds / 1e6
  }

  #exact(local: number): number {
    const wall = Temporal.Instant.fromEpochMilliseconds(local).toZonedDateTimeISO('UTC').toPlainDateTime()
    return wall.toZonedDateTime(this.#zone, { disambiguation: 'compatible' }).epochMilliseconds
  }
}

/** Whether the IANA list, as Node knows it, has this zone. */
export function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}
