import type { ImportMapping } from '@kindred/model'
import { ZoneClock } from './zone-clock.ts'

type EventMapping = NonNullable<ImportMapping['event']>
export type TimeFormat = EventMapping['time']['format']
/** Epoch milliseconds; `dateOnly` (`2011-03-04`) where the text has no time of day. `problem` completes a sentence that begins with the text. */
export type TimeRead = { at: number; dateOnly?: string } | { problem: string }
/** `text` without spaces around it. */
export type ReadTime = (text: string) => TimeRead

const iso = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ]+(.+))?$/
const compact = /^(\d{4})(\d{2})(\d{2})$/
const threeNumbers = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?:,?[T ]+(.+))?$/
const dayAndName = /^(\d{1,2})[ -]([a-z]{3,9})\.?,?[ -](\d{4}|\d{2})(?:,?[T ]+(.+))?$/i
const nameAndDay = /^([a-z]{3,9})\.? (\d{1,2}),? (\d{4})(?:,?[T ]+(.+))?$/i
const clock = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)? ?(am|pm)? ?(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?$/i
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const monthNames = 'january february march april may june july august september october november december'.split(' ')
const minute = 60_000

/** Reads times of one column. `zone`: of those that carry none. */
export function timeReader(zone: string, format: TimeFormat): ReadTime {
  const local = new ZoneClock(zone)
  const read: ReadTime = (text) => {
    if (format === 'epoch-seconds' || format === 'epoch-milliseconds') return epoch(text, format === 'epoch-seconds' ? 1000 : 1)
    const parts = dateParts(text, format)
    return 'problem' in parts || 'at' in parts ? parts : instant(parts, local)
  }
  // Rows of one order follow each other with the same time.
  let last: { text: string; time: TimeRead } | undefined
  return (text) => {
    if (last?.text !== text) last = { text, time: read(text) }
    return last.time
  }
}

interface DateParts {
  year: number
  month: number
  day: number
  rest: string | undefined
}

function dateParts(text: string, format: TimeFormat): DateParts | TimeRead {
  const written = iso.exec(text) ?? compact.exec(text)
  if (written !== null) return { year: Number(written[1]), month: Number(written[2]), day: Number(written[3]), rest: written[4] }
  if (/^\d{9,10}(\.\d+)?$/.test(text)) return epoch(text, 1000)
  if (/^\d{12,13}$/.test(text)) return epoch(text, 1)
  const numbers = threeNumbers.exec(text)
  if (numbers !== null) return ordered(numbers, format)
  const named = dayAndName.exec(text)
  if (named !== null) return withMonthName({ day: named[1], name: named[2], year: named[3], rest: named[4] })
  const american = nameAndDay.exec(text)
  if (american !== null) return withMonthName({ day: american[2], name: american[1], year: american[3], rest: american[4] })
  return { problem: 'is not a time that can be read' }
}

function ordered(numbers: RegExpExecArray, format: TimeFormat): DateParts | TimeRead {
  const [, first, , second, year, rest] = numbers
  if (format === 'auto') return { problem: 'can be read day first or month first: say which as the format of the time' }
  const [day, month] = format === 'day-first' ? [first, second] : [second, first]
  return { year: fullYear(year), month: Number(month), day: Number(day), rest }
}

function withMonthName({ day, name = '', year, rest }: { day?: string; name?: string; year?: string; rest?: string }): DateParts | TimeRead {
  const lower = name.toLowerCase()
  const month = lower.length === 3 ? months.indexOf(lower) : monthNames.indexOf(lower === 'sept' ? 'september' : lower)
  if (month < 0) return { problem: 'does not name a month in English' }
  return { year: fullYear(year), month: month + 1, day: Number(day), rest }
}

/** Two digits are of 1969–2068, as POSIX has it. */
function fullYear(text = ''): number {
  const year = Number(text)
  if (text.length === 4) return year
  return year < 69 ? 2000 + year : 1900 + year
}

function instant({ year, month, day, rest }: DateParts, local: ZoneClock): TimeRead {
  const midnight = Date.UTC(year, month - 1, day)
  const date = new Date(midnight)
  if (year < 100 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return { problem: 'names a day that does not exist' }
  if (rest === undefined) return { at: local.instant(midnight), dateOnly: date.toISOString().slice(0, 10) }
  const time = clock.exec(rest)
  if (time === null) return { problem: 'has a time of day that cannot be read' }
  const [, hourText, minuteText, secondText = '0', fraction = '', half, zone] = time
  const hours = hoursOf(Number(hourText), half)
  if (hours === null || Number(minuteText) > 59 || Number(secondText) > 59) return { problem: 'has a time of day that does not exist' }
  const milliseconds = Number(fraction.padEnd(3, '0').slice(0, 3))
  const wall = midnight + ((hours * 60 + Number(minuteText)) * 60 + Number(secondText)) * 1000 + milliseconds
  return { at: zone === undefined ? local.instant(wall) : wall - offsetOf(zone) }
}

function hoursOf(hours: number, half: string | undefined): number | null {
  if (half === undefined) return hours > 23 ? null : hours
  if (hours < 1 || hours > 12) return null
  return (hours % 12) + (half.toLowerCase() === 'pm' ? 12 : 0)
}

function offsetOf(zone: string): number {
  if (!/^[+-]/.test(zone)) return 0
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0')
  return (zone.startsWith('-') ? -1 : 1) * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))) * minute
}

function epoch(text: string, unit: number): TimeRead {
  if (!/^\d{1,16}(\.\d+)?$/.test(text)) return { problem: 'is not a number of seconds or milliseconds since 1970' }
  return { at: Math.round(Number(text) * unit) }
}
