import { trendsQuerySchema } from '@kindred/model'
import { expect, test } from 'vitest'
import type { TraitComparison } from '../../src/conditions/trait-comparison.ts'
import { defaultQuestion, mostUsed } from '../../src/insights/question/default-question.ts'
import { addSeries, formulaMistake, newSeries, removeSeries, setMeasure } from '../../src/insights/question/edit.ts'
import { ask, readQuestion } from '../../src/insights/question/question.ts'
import { intervalBetween, presetOf, rangePresets, rangeWords } from '../../src/insights/question/ranges.ts'
import { readSearch, writeSearch } from '../../src/insights/question/search.ts'
import { questionWords } from '../../src/insights/question/words.ts'

const event = (name: string, count: number) => ({
  name,
  label: name,
  count,
  firstSeenAt: 0,
  lastSeenAt: 0,
  role: null,
  description: '',
  hidden: false,
  verified: false,
})
const labels = {
  event: (name: string) => name,
  property: (_: string, name: string) => name,
  segment: (id: number) => `segment ${id}`,
  date: (day: string) => day,
}
const roles = { events: {}, properties: { value: 'revenue' } }

const ratio = trendsQuerySchema.parse({
  series: [
    { event: 'viewed' },
    { event: { role: 'order' }, measure: 'sum', property: 'revenue', filters: [{ of: 'event', property: 'category', is: ['shoes'] }] },
  ],
  formulas: ['B / A'],
  breakdown: { of: 'person', property: 'country', limit: 250 },
  filters: [
    { in: 4 },
    { of: 'person', property: 'age', between: [18, 30] },
    { of: 'trait', trait: 'total_orders', atLeast: 2 },
    { of: 'session', property: 'bounced', is: true },
    { of: 'trait', trait: 'total_spent', rank: { topPercent: 10 } },
  ],
  range: { from: '2011-01-01', to: '2011-12-09' },
  interval: 'month',
  display: 'map',
  format: 'percent',
  compare: { to: 'previous' },
})

test('a question comes back from the address as it was, through JSON as the router writes it', () => {
  const search = JSON.parse(JSON.stringify(writeSearch(ratio)))
  expect(readSearch(search)).toEqual({ query: ratio })
})

test('a smoothed line stays smooth in the address, and is another question than one that is not', () => {
  const plain = trendsQuerySchema.parse({ series: [{ event: 'viewed' }], range: { from: '-30d' } })
  const smooth = { ...plain, smoothing: 7 }
  const search = JSON.parse(JSON.stringify(writeSearch(smooth)))
  expect(readSearch(search)).toEqual({ query: smooth })
  expect(search).not.toEqual(JSON.parse(JSON.stringify(writeSearch(plain))))
})

test('the address leaves out what is the default, and a broken one says where', () => {
  const plain = trendsQuerySchema.parse({ series: [{ event: '$pageview' }], range: { from: '-30d' } })
  expect(writeSearch(plain)).toEqual({ series: [{ event: '$pageview' }], from: '-30d' })
  expect(readSearch({})).toBe(null)
  expect(readSearch({ series: [{ event: 'a' }], display: 'pie' })).toEqual({ error: expect.stringContaining('how it is shown') })
  expect(readSearch({ series: [{ odd: 1 }], by: 3 })).toEqual({ error: expect.stringContaining('what is counted and what it is broken down by') })
  expect(readSearch({ series: [{ event: 'a' }], from: 2024 })).toMatchObject({ query: { range: { from: '2024' } } })
})

test('the builder gives back the question it was given', () => {
  expect(ask(readQuestion(ratio)).query).toEqual(ratio)
})

test('a breakdown by a fact of the visit comes back from the address, and its name reads well', () => {
  const bounces = trendsQuerySchema.parse({ ...ratio, breakdown: { of: 'session', property: 'entry_page' }, range: { from: '-30d' } })
  expect(readSearch(JSON.parse(JSON.stringify(writeSearch(bounces))))).toEqual({ query: bounces })
  expect(questionWords(bounces, labels)).toContain(' by first page, ')
})

test('an unfinished filter is named by its place and nothing is asked', () => {
  const question = readQuestion(ratio)
  const filter = { of: 'event' as const, property: 'price', operator: 'atLeast' as const, operand: null, ignoringCase: false }
  const computed = (comparison: TraitComparison) => ({ of: 'trait' as const, comparison })
  const unfinished = {
    ...question,
    filters: [
      filter,
      { of: 'segment' as const, segment: null, negated: false },
      computed({ trait: '' }),
      computed({ trait: 'total_orders', atLeast: null }),
      computed({ trait: 'total_orders', rank: { top: null } }),
      computed({ trait: 'total_orders', rank: { top: 5 } }),
    ],
  }
  const { query, mistakes } = ask(unfinished)
  expect(query).toBe(null)
  expect([...mistakes]).toEqual([
    ['filters.0', 'Type a number.'],
    ['filters.1', 'Choose a segment.'],
    ['filters.2', 'Choose a value.'],
    ['filters.3', 'Type a number.'],
    ['filters.4', 'Type a number.'],
  ])
})

test('a measure that needs a property takes the value of an order first', () => {
  const number = (name: string, count: number) => ({
    of: 'event' as const,
    name,
    label: name,
    types: { number: count },
    samples: [],
    count,
    firstSeenAt: 0,
    lastSeenAt: 0,
    description: '',
    hidden: false,
    verified: false,
    sensitive: false,
  })
  expect(setMeasure(newSeries('order'), 'sum', { properties: [number('quantity', 900), number('revenue', 10)], roles: roles }).property).toBe('revenue')
  expect(setMeasure(newSeries('order'), 'sum', { properties: [number('quantity', 900)], roles: { events: {}, properties: {} } }).property).toBe('quantity')
  expect(setMeasure({ ...newSeries('order'), measure: 'sum', property: 'revenue' }, 'people', { properties: [], roles: roles })).not.toHaveProperty('property')
  const without = ask({ ...readQuestion(ratio), series: [{ ...newSeries('order'), measure: 'sum' }], formulas: [] })
  expect(without.mistakes.has('series.0')).toBe(true)
})

test('taking a series out keeps the meaning of the formulas that remain', () => {
  const question = addSeries({ ...readQuestion(ratio), formulas: ['C / A', 'B / A', '(c - a) * 2'] }, newSeries('refund'))
  const after = removeSeries(question, 1)
  expect(after.formulas).toEqual(['B / A', '(B - a) * 2'])
  expect(after.series.map((each) => each.event)).toEqual(['viewed', 'refund'])
  expect(removeSeries({ ...question, series: question.series.slice(0, 1) }, 0).series).toHaveLength(1)
})

test('a formula over a series that is not there is told at once', () => {
  expect(formulaMistake('B / A', 2)).toBe(null)
  expect(formulaMistake('c / A', 2)).toBe('There is no series C. The series are A to B.')
  expect(formulaMistake('B', 1)).toBe('There is no series B. The series are A only.')
})

test('the page opens on the most used event that means something, over days that hold data', () => {
  const now = Date.UTC(2026, 10, 22)
  const events = [event('$set', 900), event('$pageleave', 800), event('order', 30), event('$pageview', 500)]
  expect(mostUsed(events)?.name).toBe('$pageview')
  expect(mostUsed([event('$set', 9)])?.name).toBe('$set')
  expect(defaultQuestion([], { lastEventAt: null }, { at: now })).toBe(null)
  expect(defaultQuestion(events, { lastEventAt: now - 1000 }, { at: now })).toMatchObject({
    series: [{ event: '$pageview', measure: 'total' }],
    range: { from: '-30d' },
    interval: 'day',
    display: 'line',
  })
  expect(defaultQuestion(events, { lastEventAt: Date.UTC(2011, 11, 9, 12) }, { at: now, zone: 'UTC' })?.range).toEqual({ from: '2011-11-10', to: '2011-12-09' })
})

test('ranges are known by their words, and days chosen by hand get a readable interval', () => {
  expect(new Set(rangePresets.map((preset) => JSON.stringify(preset.range))).size).toBe(rangePresets.length)
  expect(presetOf({})?.id).toBe('7d')
  expect(rangeWords({ from: '2011-01-01', to: '2011-02-01' }, (day) => day)).toBe('2011-01-01 – 2011-02-01')
  const days = (count: number) => intervalBetween(new Date(0), new Date((count - 1) * 86_400_000))
  expect([1, 2, 3, 62, 63, 400, 401].map(days)).toEqual(['hour', 'hour', 'day', 'day', 'week', 'week', 'month'])
})

test('a question has a name a colleague would understand', () => {
  expect(questionWords(ratio, labels)).toBe('Placed an order: sum of revenue / viewed by country, 2011-01-01 – 2011-12-09')
  expect(questionWords({ ...ratio, formulas: [], breakdown: { segments: [0, 3] }, range: {} }, labels)).toBe(
    'viewed, Placed an order: sum of revenue by everyone, segment 3, 7 days and today',
  )
})
