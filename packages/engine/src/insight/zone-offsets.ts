import { Temporal } from 'temporal-polyfill'

interface Stretch {
  /** Epoch milliseconds of its first instant; the first stretch of a table begins with time itself. */
  from: number
  /** Local time minus UTC, milliseconds. */
  offset: number
}

/**
 * The offsets of a zone over a length of time, looked up once: a range of thousands of hours is then cut by arithmetic alone.
 * A local time is written as the epoch milliseconds it would have in UTC.
 */
export class ZoneOffsets {
  readonly #stretches: readonly Stretch[]

  /** `from` and `to` are epoch milliseconds; outside them the nearest offset holds. */
  constructor(timezone: string, from: number, to: number) {
    let at: Temporal.ZonedDateTime | null = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(timezone)
    const stretches: Stretch[] = [{ from: Number.NEGATIVE_INFINITY, offset: offsetOf(at) }]
    for (at = at.getTimeZoneTransition('next'); at !== null && at.epochMilliseconds <= to; at = at.getTimeZoneTransition('next'))
      stretches.push({ from: at.epochMilliseconds, offset: offsetOf(at) })
    this.#stretches = stretches
  }

  local(epoch: number): number {
    return epoch + this.#stretchAt(epoch).offset
  }

  /** The first instant at or after the local time: one that daylight saving skips is the moment after the gap, one that comes twice the first. */
  epoch(local: number): number {
    for (const [index, stretch] of this.#stretches.entries()) {
      const epoch = local - stretch.offset
      if (epoch < stretch.from) return stretch.from
      if (epoch < (this.#stretches[index + 1]?.from ?? Number.POSITIVE_INFINITY)) return epoch
    }
    throw new RangeError('the last stretch has no end')
  }

  /** The next change of offset after an instant; infinite where there is none in the table. */
  nextChange(epoch: number): number {
    return this.#stretches.find((stretch) => stretch.from > epoch)?.from ?? Number.POSITIVE_INFINITY
  }

  #stretchAt(epoch: number): Stretch {
    const stretch = this.#stretches.findLast((each) => each.from <= epoch)
    if (stretch === undefined) throw new RangeError('the first stretch has no beginning')
    return stretch
  }
}

function offsetOf(at: Temporal.ZonedDateTime): number {
  return at.offsetNanoseconds / 1e6
}
