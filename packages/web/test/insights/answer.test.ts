import { type InsightAnswer, type InsightRow, trendsQuerySchema } from '@kindred/model'
import { expect, test } from 'vitest'
import { axisWords, bucketWords } from '../../src/insights/answer/bucket-words.ts'
import { answerCsv } from '../../src/insights/answer/csv.ts'
import { changeBetween, changeWords, kindOfRow, numberWriter } from '../../src/insights/answer/number-format.ts'
import { flatteningRows, overallWords, pointOf, showAnswer } from '../../src/insights/answer/shown-answer.ts'
import { countryOf } from '../../src/insights/chart/country-match.ts'
import { mapData } from '../../src/insights/chart/map-data.ts'
import { mapOption } from '../../src/insights/chart/map-option.ts'
import { timeOption } from '../../src/insights/chart/time-option.ts'
import { worldShapes } from '../../src/insights/chart/world.ts'

const query = trendsQuerySchema.parse({ series: [{ event: 'viewed' }, { event: 'order', measure: 'sum', property: 'revenue' }], formulas: ['B / A'] })
const labels = { event: (name: string) => name, property: (_: string, name: string) => name, segment: String, date: String }
const project = { currency: 'EUR', roles: { events: {}, properties: { value: 'revenue' } } }
const country = (value: string): Pick<InsightRow, 'breakdown'> => ({ breakdown: { kind: 'value', value } })
const row = (part: Partial<InsightRow>): InsightRow => ({ index: 0, formula: true, label: 'B / A', data: [], total: 0, headcount: false, ...part })
const answer = (rows: InsightRow[], part: Partial<InsightAnswer> = {}): InsightAnswer => ({
  rows,
  buckets: [],
  previousBuckets: [],
  range: { from: 0, to: 1 },
  interval: 'day',
  watermark: 7,
  timezone: 'Europe/Paris',
  at: 1,
  milliseconds: 12,
  notes: [],
  ...part,
})
const show = (rows: InsightRow[], part: Partial<InsightAnswer> = {}) => showAnswer(answer(rows, part), { query, labels, project, locale: 'en' })

test('numbers over time that do not add up are told by their average', () => {
  const buckets = [0, 1, 2].map((day) => ({ start: day * 86_400_000, label: `2026-01-0${day + 1}` }))
  const [ratio] = show([row({ data: [0.5, 1, 0.75], total: 2.25 })], { buckets }).rows
  expect(ratio && [ratio.adds, overallWords(ratio)]).toEqual([false, expect.stringMatching(/0\.75 on average$/)])
  const [count] = show([row({ formula: false, data: [5, 1, 3], total: 9 })], { buckets }).rows
  expect(count && [count.adds, overallWords(count)]).toEqual([true, '9'])
  const [only] = show([row({ data: [0.5], total: 0.5 })], { buckets: buckets.slice(0, 1) }).rows
  expect(only && overallWords(only)).toMatch(/0\.50?$/)
})

test('all others are left out of a chart at first where they would press its lines flat', () => {
  const others = (highest: number) => row({ breakdown: { kind: 'other' }, data: [1, highest] })
  const named = [row({ ...country('IE'), data: [3, 10] }), row({ ...country('FR'), data: [1, 2] })]
  expect(flatteningRows(show([...named, others(31)]).rows).map(({ name }) => name)).toEqual(['All others'])
  expect(flatteningRows(show([...named, others(30)]).rows)).toEqual([])
  expect(flatteningRows(show([row({ ...country('IE'), data: [1] }), others(99)]).rows)).toEqual([])
})

test('a row finds its earlier self by its own breakdown value', () => {
  const { rows } = show([
    row({ ...country('IE'), total: 4, compare: 'current' }),
    row({ ...country('FR'), total: 2, compare: 'current' }),
    row({ ...country('FR'), total: 1, compare: 'previous' }),
  ])
  expect(rows.map((each) => [each.name, each.total, each.previous?.total])).toEqual([
    ['IE', 4, undefined],
    ['FR', 2, 1],
  ])
  expect(rows.map((each) => changeWords(changeBetween(each.total, each.previous?.total ?? 0), 'en'))).toEqual(['▲ from none', '▲ 100%'])
})

test('a point names its row, its bucket and its period as the answer gave them', () => {
  const [shown] = show([row({ ...country('IE') })]).rows
  if (shown === undefined) throw new Error('one row is shown')
  expect(pointOf(shown, 99, 'previous')).toEqual({ index: 0, formula: true, breakdown: { kind: 'value', value: 'IE' }, bucket: 99, compare: 'previous' })
  expect(pointOf(shown)).not.toHaveProperty('bucket')
})

test('numbers are money where money is measured, and as chosen otherwise', () => {
  expect(kindOfRow({ index: 1, formula: false }, query, project.roles)).toBe('money')
  expect(kindOfRow({ index: 0, formula: false }, query, project.roles)).toBe('number')
  expect(kindOfRow({ index: 0, formula: true }, { ...query, format: 'percent' }, project.roles)).toBe('percent')
  expect(numberWriter('money', 'EUR', 'en').full(5239240.56)).toBe('€5,239,240.56')
  expect(numberWriter('money', 'JPY', 'en').full(1200)).toBe('¥1,200')
  expect(numberWriter('percent', 'EUR', 'en').full(0)).toBe('0%')
  expect(numberWriter('percent', 'EUR', 'en').full(0.1234)).toBe('12.3%')
  expect(numberWriter('number', 'EUR', 'en').full(0.000123)).toBe('0.000123')
  expect(numberWriter('number', 'EUR', 'en').short(5_239_240)).toBe('5.2M')
})

test('the CSV has every number unrounded, and no cell that a spreadsheet would run', () => {
  const shown = show([row({ ...country('=1+1'), data: [0.1, 2], total: 2.1 }), row({ ...country('a "b", c'), data: [-1, 0], total: -1 })], {
    buckets: [
      { start: 0, label: '2026-01-01' },
      { start: 1, label: '2026-01-02' },
    ],
  })
  expect(answerCsv(shown)).toBe(`,2026-01-01,2026-01-02,total\r\n'=1+1,0.1,2,2.1\r\n"a ""b"", c",-1,0,-1\r\n`)
})

test('buckets are told in the project zone whatever the zone of the browser', () => {
  expect(bucketWords({ label: '2026-03-29' }, 'day', 'en-GB')).toBe('Sun, 29 Mar 2026')
  expect(bucketWords({ label: '2026-03-01' }, 'month', 'en-GB')).toBe('March 2026')
  expect(bucketWords({ label: '2026-03-29 13:00:00' }, 'hour', 'en-GB')).toContain('13:00')
  expect(axisWords({ label: 'odd' }, 'day')).toBe('odd')
})

test('countries are found by code and by the names people write', () => {
  const asked = ['IE', 'ie', 'IRL', 'Ireland', 'EIRE', '372', 'USA', 'United Kingdom', 'UK', 'Unspecified', 'European Community', 'Channel Islands', '']
  expect(asked.map(countryOf)).toEqual(['IE', 'IE', 'IE', 'IE', 'IE', 'IE', 'US', 'GB', 'GB', null, null, null, null])
})

test('a country that looks and never buys is on the map at zero, and what is no country is still listed', () => {
  const shown = show([
    row({ ...country('IE'), total: 0.5 }),
    row({ ...country('Portugal'), total: 0 }),
    row({ ...country('Unspecified'), total: 2 }),
    row({ breakdown: { kind: 'none' }, total: 1 }),
  ])
  const data = mapData(shown, 0, { countryOf, nameOf: (code) => code })
  expect(data.countries.map((each) => [each.code, each.value])).toEqual([
    ['IE', 0.5],
    ['PT', 0],
  ])
  expect(data.elsewhere.map((each) => each.name)).toEqual(['Unspecified', 'No value'])
  const option = mapOption({ data, write: numberWriter('percent', 'EUR', 'en'), scheme: 'light', projection: {} })
  expect(option).toMatchObject({
    visualMap: { min: 0, max: 0.5, text: ['50%', '0%'] },
    series: [
      {
        data: [
          { name: 'IE', value: 0.5 },
          { name: 'PT', value: 0 },
        ],
      },
    ],
  })
})

test('every country of the atlas with a code can be found by that code', () => {
  const names = worldShapes().features.map((shape) => shape.properties.name)
  expect(names.filter((name) => /^[A-Z]{2}$/.test(name)).length).toBeGreaterThan(230)
  expect(names).toEqual(expect.arrayContaining(['IE', 'SG', 'MT', 'HK', 'ZA', 'US']))
  expect(names).not.toContain('AQ')
})

test('a chart over time draws both periods of a row, apart in more than colour', () => {
  const shown = show([row({ data: [1, 2], total: 3, compare: 'current' }), row({ data: [2, 2], total: 4, compare: 'previous' })], {
    buckets: [
      { start: 0, label: '2026-01-01' },
      { start: 1, label: '2026-01-02' },
    ],
  })
  const option = timeOption({ shown, kind: 'line', scheme: 'dark' })
  expect(option.series).toMatchObject([
    { id: 'previous:f0:', data: [2, 2], lineStyle: { type: 'dashed' } },
    { id: 'current:f0:', data: [1, 2] },
  ])
})

test('what is not over yet is dashed, and keeps its marks', () => {
  const day = 86_400_000
  const buckets = [0, 1, 2].map((place) => ({ start: place * day, label: `2026-01-0${place + 1}` }))
  const shown = show([row({ data: [5, 6, 1], total: 12 })], { buckets, range: { from: 0, to: 3 * day - 1 }, at: 2.5 * day })
  const { series } = timeOption({ shown, kind: 'line', scheme: 'light' })
  expect(series).toMatchObject([
    { silent: true, data: [5, 6, null], lineStyle: { type: 'solid' } },
    { silent: true, data: [null, 6, 1], lineStyle: { type: 'dashed' } },
    { id: 'current:f0:', data: [5, 6, 1], lineStyle: { width: 0 } },
  ])
})

test('what comes from data is escaped in a tooltip', () => {
  const shown = show([row({ ...country('<img src=x>'), data: [1], total: 1 })], { buckets: [{ start: 0, label: '2026-01-01' }] })
  const { tooltip } = timeOption({ shown, kind: 'bar', scheme: 'light' }) as { tooltip: { formatter: (hovered: object[]) => string } }
  const html = tooltip.formatter([{ seriesId: `current:${shown.rows[0]?.key}`, dataIndex: 0, marker: '' }])
  expect(html).toContain('&lt;img src=x&gt;')
  expect(html).not.toContain('<img')
})
