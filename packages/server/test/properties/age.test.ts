import { bind, join, personProperty, personsWhere, raw, render, sql } from '@kindred/engine'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestStore, type TestStore } from '../test-store.ts'

let harness: TestStore
beforeAll(async () => {
  harness = await openTestStore()
}, 60_000)
afterAll(() => harness.close())

interface Day {
  year: number
  month: number
  day: number
}

/** The local day of an instant by the platform's own calendar, not by the library that the engine uses. */
function dayIn(zone: string, at: number): Day {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at).split('-').map(Number)
  return { year: parts[0] ?? 0, month: parts[1] ?? 0, day: parts[2] ?? 0 }
}

const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
const after = (a: Day, b: Day) => (a.year !== b.year ? a.year > b.year : a.month !== b.month ? a.month > b.month : a.day > b.day)

/** Counts birthdays one by one. */
function naiveAge(born: Day, today: Day): number | null {
  if (after(born, today)) return null
  let age = 0
  for (let year = born.year + 1; year <= today.year; year++) {
    const skipped = born.month === 2 && born.day === 29 && !isLeap(year)
    if (!after(skipped ? { year, month: 3, day: 1 } : { ...born, year }, today)) age++
  }
  return age
}

const daysOf = ({ year, month }: Pick<Day, 'year' | 'month'>) => [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 31
const two = (number: number) => String(number).padStart(2, '0')
const written = ({ year, month, day }: Day) => `${year}-${two(month)}-${two(day)}`
const days = fc
  .record({ year: fc.integer({ min: 1900, max: 2030 }), month: fc.integer({ min: 1, max: 12 }), day: fc.integer({ min: 1, max: 31 }) })
  .map((day) => ({ ...day, day: Math.min(day.day, daysOf(day)) }))
const birthDays = fc.oneof(
  days,
  fc
    .integer({ min: 475, max: 506 })
    .map((four) => ({ year: 4 * four, month: 2, day: 29 }))
    .filter(({ year }) => isLeap(year)),
)
/** Midnights as programs write them mean the day that is written. */
const birthTexts = fc
  .tuple(birthDays, fc.constantFrom('', 'T00:00:00.000Z', ' 00:00:00', 'T00:00:00+02:00', 'T00:00'))
  .map(([born, time]) => ({ born, text: `${written(born)}${time}` }))
const zones = fc.constantFrom('UTC', 'America/New_York', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Europe/Dublin', 'Asia/Kolkata')
/** Around the last days of February as often as anywhere else. */
const instants = fc.oneof(
  fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2040, 0, 1) }),
  fc.tuple(fc.integer({ min: 1990, max: 2039 }), fc.integer({ min: 0, max: 96 })).map(([year, hours]) => Date.UTC(year, 1, 27) + hours * 3_600_000),
)

let next = 0
async function readAges(texts: readonly unknown[], clocks: readonly { now: number; timezone: string }[]): Promise<(string | null)[][]> {
  const projectId = ++next
  await harness.insertPersons(texts.map((text, index) => ({ projectId, personId: index + 1, properties: { birthday: text as never } })))
  const ages = clocks.map((clock) => sql`${personProperty('standard.age', clock).text}`)
  const rows = await harness.store.query<{ ages: (string | null)[] }>(
    render(sql`select [${join(ages, ', ')}] as ages ${personsWhere({ projectId })} order by ${raw('p.person_id')} settings max_threads = ${bind('UInt8', 1)}`),
  )
  return rows.map((row) => row.ages)
}

test('an age follows the birth date as one counts birthdays', async () => {
  const cases = fc.tuple(
    fc.array(birthTexts, { minLength: 150, maxLength: 150 }),
    fc.array(fc.record({ now: instants, timezone: zones }), { minLength: 6, maxLength: 6 }),
  )
  await fc.assert(
    fc.asyncProperty(cases, async ([births, clocks]) => {
      const read = await readAges(
        births.map(({ text }) => text),
        clocks,
      )
      const expected = births.map(({ born }) => clocks.map(({ now, timezone }) => naiveAge(born, dayIn(timezone, now))?.toString() ?? null))
      expect(read).toEqual(expected)
    }),
    { numRuns: 4 },
  )
}, 60_000)

test('a birth told with a time is the day it falls on in the zone of the project; what is no day has no age', async () => {
  const births = ['1990-05-16T23:00:00Z', '1990-05-17', '1990-02-30', 'soon', 643_507_200, true, '2026-03-31', '2026-04-01']
  const dublin = { now: Date.UTC(2026, 4, 17, 10), timezone: 'Europe/Dublin' }
  const before = { now: Date.UTC(2026, 4, 16, 12), timezone: 'Europe/Dublin' }
  expect(await readAges(births, [before, dublin])).toEqual([
    ['35', '36'],
    ['35', '36'],
    [null, null],
    [null, null],
    ['35', '35'],
    [null, null],
    ['0', '0'],
    ['0', '0'],
  ])
  const zone = 'Pacific/Auckland'
  expect(
    await readAges(
      ['2000-02-29'],
      [
        { now: Date.UTC(2026, 1, 28, 10, 59), timezone: zone },
        { now: Date.UTC(2026, 1, 28, 11), timezone: zone },
      ],
    ),
  ).toEqual([['25', '26']])
})
