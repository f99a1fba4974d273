import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { add, multiply, readDecimal, roundedNumber } from '../../src/capture/import/decimal.ts'
import { cellReader, type NumberForm, numberReader } from '../../src/capture/import/read-cell.ts'
import { type TimeFormat, timeReader } from '../../src/capture/import/read-time.ts'
import { ZoneClock } from '../../src/capture/import/zone-clock.ts'

function decimal(text: string) {
  const read = readDecimal(text)
  if (read === null) throw new Error(text)
  return read
}

describe('decimals', () => {
  test('sums and products without drift', () => {
    const tenth = Array.from({ length: 1000 }, () => decimal('0.1')).reduce(add)
    expect(roundedNumber(tenth, 2)).toBe(100)
    expect(roundedNumber(multiply(decimal('3'), decimal('1.15')), 6)).toBe(3.45)
    expect(roundedNumber(add(decimal('90071992547409.93'), decimal('0.01')), 2)).toBe(90071992547409.94)
  })
  test.each([
    ['1.005', 2, 1.01],
    ['-1.005', 2, -1.01],
    ['2.5', 0, 3],
    ['-2.5', 0, -3],
    ['0.004', 2, 0],
    ['-0.004', 2, 0],
    ['1.5e3', 2, 1500],
    ['12e-3', 2, 0.01],
    ['5.', 2, 5],
  ])('%s to %i places is %d', (text, places, expected) => {
    expect(roundedNumber(decimal(text), places) + 0).toBe(expected)
  })
  test('agrees with whole cents', () => {
    const cents = fc.integer({ min: -1_000_000, max: 1_000_000 })
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: -500, max: 500 }), cents), { minLength: 1 }), (lines) => {
        const total = lines.map(([quantity, price]) => multiply(decimal(String(quantity)), decimal((price / 100).toFixed(2)))).reduce(add)
        expect(roundedNumber(total, 2) + 0).toBe(lines.reduce((sum, [quantity, price]) => sum + quantity * price, 0) / 100 + 0)
      }),
    )
  })
  test('an exponent that would fill memory is refused', () => {
    expect(readDecimal('1e999')).toBeNull()
  })
})

describe('numbers', () => {
  const read = (text: string, form: NumberForm = { decimal: '.' }) => numberReader(form)(text)
  test.each(['', 'abc', '1,5', '1.2.3', '0x1A', 'inf', 'NaN', '1 000', '--1', '.', '1e', '٣', '5%', '£5'])('%j is none', (text) =>
    expect(read(text)).toBeNull(),
  )
  test.each([
    [' 12 ', '12'],
    ['+5', '5'],
    ['.5', '0.5'],
    ['-.5', '-0.5'],
    ['5.', '5'],
    ['007', '007'],
    ['1.5E+3', '1.5E+3'],
  ])('%j is %s', (text, plain) => expect(read(text)).toBe(plain))
  test.each([
    { text: '1.234,56', decimal: ',', thousands: '.', plain: '1234.56' },
    { text: '1,234.56', decimal: '.', thousands: ',', plain: '1234.56' },
    { text: '1 234 567', decimal: '.', thousands: ' ', plain: '1234567' },
    { text: "1'234.5", decimal: '.', thousands: "'", plain: '1234.5' },
    { text: '1234,5', decimal: ',', plain: '1234.5' },
    { text: '1.23', decimal: ',', thousands: '.', plain: null },
    { text: '1.234', decimal: ',', plain: null },
    { text: '12,34.5', decimal: '.', thousands: ',', plain: null },
    { text: '1,2345', decimal: '.', thousands: ',', plain: null },
  ] as const)('$text with decimal $decimal and thousands $thousands is $plain', ({ text, plain, ...form }) => {
    expect(read(text, form)).toBe(plain)
  })
})

describe('cells', () => {
  const reader = cellReader({ decimal: '.' }, timeReader('UTC', 'auto'))
  test.each([
    ['12', 12],
    ['-3.50', -3.5],
    ['0', 0],
    ['true', true],
    ['FALSE', false],
    ['yes', 'yes'],
    ['007', '007'],
    ['1e5', '1e5'],
    ['+5', '+5'],
    ['1.', '1.'],
    ['12345678901234567', '12345678901234567'],
    ['0.12345678901234567', '0.12345678901234567'],
    [' 12', ' 12'],
    ['2011-03-04', '2011-03-04'],
    ['-', '-'],
  ])('auto reads %j as %j', (text, expected) => expect(reader.value(text, 'auto', 'x')).toBe(expected))
  test('types that do not fit name the cell', () => {
    expect(() => reader.value('abc', 'number', 'x')).toThrow('"abc" is not a number')
    expect(() => reader.value('1e400', 'number', 'x')).toThrow('is not a number')
    expect(() => reader.value('maybe', 'boolean', 'x')).toThrow('neither yes nor no')
    expect(() => reader.value('soon', 'date', 'x')).toThrow('not a time')
  })
  test('dates stay days where they have no time', () => {
    expect(reader.value('2011-03-04', 'date', 'x')).toBe('2011-03-04')
    expect(reader.value('4 March 2011 10:30', 'date', 'x')).toBe('2011-03-04T10:30:00.000Z')
  })
  test('text is kept as written', () => expect(reader.value(' 007 ', 'text', 'x')).toBe(' 007 '))
})

describe('times', () => {
  const read = (text: string, zone = 'UTC', format: TimeFormat = 'auto') => {
    const time = timeReader(zone, format)(text)
    return 'at' in time ? new Date(time.at).toISOString() : time.problem
  }
  test.each([
    ['2011-03-04', '2011-03-04T00:00:00.000Z'],
    ['2011-3-4 5:06', '2011-03-04T05:06:00.000Z'],
    ['2011/03/04 05:06:07', '2011-03-04T05:06:07.000Z'],
    ['2011-03-04T05:06:07.123456Z', '2011-03-04T05:06:07.123Z'],
    ['2011-03-04T05:06:07+02:00', '2011-03-04T03:06:07.000Z'],
    ['2011-03-04 05:06:07 -0530', '2011-03-04T10:36:07.000Z'],
    ['2011-03-04 05:06:07 UTC', '2011-03-04T05:06:07.000Z'],
    ['19970101', '1997-01-01T00:00:00.000Z'],
    ['1299215167', '2011-03-04T05:06:07.000Z'],
    ['1299215167.5', '2011-03-04T05:06:07.500Z'],
    ['1299215167123', '2011-03-04T05:06:07.123Z'],
    ['4-Mar-2011 05:06', '2011-03-04T05:06:00.000Z'],
    ['March 4, 2011 5:06 PM', '2011-03-04T17:06:00.000Z'],
  ])('%s', (text, expected) => expect(read(text)).toBe(expected))
  test.each([
    ['3/4/2011 8:26', 'day-first', '2011-04-03T08:26:00.000Z'],
    ['3/4/2011 8:26', 'month-first', '2011-03-04T08:26:00.000Z'],
    ['31.12.10', 'day-first', '2010-12-31T00:00:00.000Z'],
    ['12/31/70 12:00 am', 'month-first', '1970-12-31T00:00:00.000Z'],
    ['86400', 'epoch-seconds', '1970-01-02T00:00:00.000Z'],
    ['86400', 'epoch-milliseconds', '1970-01-01T00:01:26.400Z'],
  ] as const)('%s as %s', (text, format, expected) => expect(read(text, 'UTC', format)).toBe(expected))
  test.each([
    '2011-02-29',
    '2011-13-01',
    '2011-00-10',
    '2011-03-04 24:00',
    '2011-03-04 05:60',
    '2011-03-04 13:00 pm',
    '0000-01-01',
    'yesterday',
    '4 Foo 2011',
    '',
    '12',
    '2011-03-04 05:06 Europe/Paris',
  ])('%j is none', (text) => expect(read(text)).not.toMatch(/Z$/))
  test('a day that could be a month is asked about', () => expect(read('03/04/2011')).toMatch(/day first or month first/))
  test('times that carry no zone are of the zone given', () => {
    expect(read('2011-07-01 12:00', 'Europe/London')).toBe('2011-07-01T11:00:00.000Z')
    expect(read('2011-01-01 12:00', 'Europe/London')).toBe('2011-01-01T12:00:00.000Z')
    expect(read('2011-07-01', 'Asia/Kolkata')).toBe('2011-06-30T18:30:00.000Z')
  })
  test('where the clocks change: a skipped time is moved on by the gap, a time that comes twice is the first', () => {
    expect(read('2011-03-27 01:30', 'Europe/London')).toBe('2011-03-27T01:30:00.000Z')
    expect(read('2011-10-30 01:30', 'Europe/London')).toBe('2011-10-30T00:30:00.000Z')
    expect(read('2011-11-06 01:30', 'America/New_York')).toBe('2011-11-06T05:30:00.000Z')
    expect(read('2011-03-13 02:30', 'America/New_York')).toBe('2011-03-13T07:30:00.000Z')
    // A whole day was skipped.
    expect(read('2011-12-30 12:00', 'Pacific/Apia')).toBe('2011-12-30T22:00:00.000Z')
  })
  test('the clock agrees with Temporal in every zone and season', () => {
    const zones = [
      'Europe/London',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'Africa/Casablanca',
      'Pacific/Apia',
      'America/Sao_Paulo',
      'Asia/Tehran',
    ]
    const clocks = new Map(zones.map((zone) => [zone, new ZoneClock(zone)]))
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: Date.UTC(2040, 0) / 60_000 }), (zone, minutes) => {
        const local = minutes * 60_000
        const wall = Temporal.Instant.fromEpochMilliseconds(local).toZonedDateTimeISO('UTC').toPlainDateTime()
        expect(clocks.get(zone)?.instant(local)).toBe(wall.toZonedDateTime(zone).epochMilliseconds)
      }),
      { numRuns: 3000 },
    )
  })
})
