/** Months, quarters and years only where a window follows the calendar. */
export type DurationUnit = 'minutes' | 'hours' | 'days' | 'weeks' | 'months' | 'quarters' | 'years'
export const durationUnits: readonly DurationUnit[] = ['minutes', 'hours', 'days', 'weeks']

export interface Duration {
  amount: number | null
  unit: DurationUnit
}

/** Reads `30 days`; anything else is no amount of days. */
export function readDuration(text: unknown): Duration {
  const [, amount, unit] = /^(\d{0,6}) (minute|hour|day|week|month|quarter|year)s?$/.exec(typeof text === 'string' ? text : '') ?? []
  if (unit === undefined) return { amount: null, unit: 'days' }
  return { amount: amount === '' ? null : Number(amount), unit: `${unit}s` as DurationUnit }
}

/** Writes `1 day`, `30 days`; without an amount ` days`, which the schema refuses as unfinished. */
export function writeDuration({ amount, unit }: Duration): string {
  return `${amount ?? ''} ${amount === 1 ? unit.slice(0, -1) : unit}`
}
