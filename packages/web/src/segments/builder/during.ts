import type { During, Season, Weekday } from '@kindred/model'

/** The parts of the year, the week or the day that events can be narrowed to, in the order they are offered. */
export const duringParts = ['months', 'weekdays', 'hours', 'dates', 'season'] as const
export type DuringPart = (typeof duringParts)[number]

export const duringWords: Record<DuringPart, { offer: string; lead: string }> = {
  months: { offer: 'certain months', lead: 'in' },
  weekdays: { offer: 'certain days of the week', lead: 'on a' },
  hours: { offer: 'certain hours', lead: 'from' },
  dates: { offer: 'certain dates of the year', lead: 'from' },
  season: { offer: 'a season', lead: 'in the season' },
}

const startsWith: Required<Pick<During, Exclude<DuringPart, 'season'>>> = {
  months: [12],
  weekdays: ['saturday', 'sunday'],
  hours: { from: 9, to: 17 },
  dates: { from: '11-20', to: '12-31' },
}

/** A season begins as the first of the project's. */
export const withPart = (during: During | undefined, part: DuringPart, seasons: readonly Season[]): During => ({
  ...during,
  [part]: part === 'season' ? (seasons[0]?.name ?? '') : startsWith[part],
})

/** Without one part; undefined where none is left. */
export function withoutPart(during: During, part: DuringPart): During | undefined {
  const rest: During = { ...during, [part]: undefined }
  return duringParts.some((each) => rest[each] !== undefined) ? rest : undefined
}

export const weekdayWords: Record<Weekday, string> = {
  monday: 'Mon',
  tuesday: 'Tue',
  wednesday: 'Wed',
  thursday: 'Thu',
  friday: 'Fri',
  saturday: 'Sat',
  sunday: 'Sun',
}

/** `Jan` in the reader's language. */
export const monthWord = (month: number, locale?: string): string =>
  new Intl.DateTimeFormat(locale, { month: 'short', timeZone: 'UTC' }).format(Date.UTC(2024, month - 1, 1))

/** How many days a month can have: 29 February is a day of some years. */
export const daysOf = (month: number): number => new Date(Date.UTC(2024, month, 0)).getUTCDate()
