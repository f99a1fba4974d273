import { seededRandom } from '@kindred/science'
import { expect, test } from 'vitest'
import { SeenRows } from '../../src/capture/import/seen-rows.ts'

test('counts as a map does, through every growth and with numbers that share their low bits', () => {
  const random = seededRandom('seen rows')
  const [seen, plain] = [new SeenRows(), new Map<number, number>()]
  for (let index = 0; index < 60_000; index++) {
    // Some come again; some differ only above the bits that choose a slot; zero is a number like any other.
    const number = index % 3 === 0 ? Math.floor(random.next() * 5000) * 2 ** 33 : Math.floor(random.next() * 2 ** 52)
    if (seen.count(number) !== (plain.get(number) ?? 0)) expect([number, seen.count(number)]).toEqual([number, plain.get(number) ?? 0])
    seen.add(number)
    plain.set(number, (plain.get(number) ?? 0) + 1)
  }
  expect(seen.size).toBe(plain.size)
  for (const [number, count] of plain) if (seen.count(number) !== count) expect([number, seen.count(number)]).toEqual([number, count])
  seen.clear()
  expect([seen.size, seen.count(0)]).toEqual([0, 0])
})
