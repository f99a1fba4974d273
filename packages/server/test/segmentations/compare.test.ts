import type { Segment, SegmentComparison } from '@kindred/model'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestProject, type TestServer } from '../test-server.ts'

const now = Date.parse('2026-03-31T12:00:00Z')
let server: TestServer
let project: TestProject
let fans = 0
let others = 0

/** Forty fans and sixty others: fans are of Ireland (30 of 40 against 15 of 60), older by ten years, and most of them watched. */
beforeAll(async () => {
  server = await startTestServer({ now })
  project = await server.createProject()
  const person = (index: number) => {
    const fan = index < 40
    const place = fan ? index < 30 : index < 55
    return {
      event: 'signed_up',
      distinctId: `p${index}`,
      timestamp: now - 400 * 86_400_000,
      set: {
        fan,
        country: place ? 'Ireland' : 'Spain',
        age: (fan ? 40 : 30) + (index % 5),
        email: `p${index}@example.com`,
        religion: fan ? 'x' : 'y',
        tags: fan ? ['a', 'a', 'b'] : ['b'],
      },
    }
  }
  const people = Array.from({ length: 100 }, (_, index) => person(index))
  const watched = people.filter((_, index) => index < 36 || index >= 97).map(({ distinctId }) => ({ event: 'watched', distinctId, timestamp: now - 1000 }))
  await project.append([...people, ...watched, { event: 'watched', distinctId: 'p50', timestamp: now - 91 * 86_400_000 }])
  const make = async (name: string, is: boolean) => (await project.post<Segment>('/segments', { name, definition: { where: { property: 'fan', is } } })).id
  fans = await make('Fans', true)
  others = await make('Others', false)
})
afterAll(() => server.close())

const found = ({ differences }: SegmentComparison, name: string, value?: string) =>
  differences.find((each) => each.name === name && (value === undefined || (each.kind === 'value' && each.value === value)))

test('shares, means and doers are told apart with their intervals, the largest effect first', async () => {
  const comparison = await project.post<SegmentComparison>('/segments/compare', { a: fans, b: others })
  expect(comparison).toMatchObject({ a: { name: 'Fans', size: 40 }, b: { name: 'Others', size: 60 } })
  expect(found(comparison, 'standard.country', 'Ireland')).toMatchObject({ a: 0.75, b: 0.25, difference: 0.5 })
  expect(found(comparison, 'standard.country', 'Ireland')?.effect).toBeCloseTo(2 * (Math.asin(Math.sqrt(0.75)) - Math.asin(Math.sqrt(0.25))), 10)
  // Newcombe's interval of 30/40 − 15/60, computed apart.
  expect(found(comparison, 'standard.country', 'Ireland')?.low).toBeCloseTo(0.30494, 4)
  expect(found(comparison, 'standard.country', 'Ireland')?.high).toBeCloseTo(0.64212, 4)
  expect(found(comparison, 'standard.age')).toMatchObject({ kind: 'number', a: 42, b: 32, difference: 10 })
  expect(found(comparison, 'watched')).toMatchObject({ kind: 'event', a: 0.9, b: 0.05 })
  // Twice in one list is still one person.
  expect(found(comparison, 'tags', 'a')).toMatchObject({ a: 1, b: 0 })
  const effects = comparison.differences.map(({ effect }) => Math.abs(effect))
  expect(effects).toEqual([...effects].sort((one, other) => other - one))
})

test('what everyone has in the same share, what is personal and what is sensitive is not shown', async () => {
  const comparison = await project.post<SegmentComparison>('/segments/compare', { a: fans })
  expect(comparison.b).toEqual({ id: null, name: 'Everyone else', size: 60 })
  expect(found(comparison, 'signed_up')).toBeUndefined()
  expect(found(comparison, 'tags', 'b')).toBeUndefined()
  expect(JSON.stringify(comparison)).not.toMatch(/example\.com|religion/)
})

test('a segment compared with itself differs in nothing', async () => {
  expect((await project.post<SegmentComparison>('/segments/compare', { a: fans, b: fans })).differences).toEqual([])
})
