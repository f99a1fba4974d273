import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { xxHash32 } from './naive/bucket.ts'

test('the plain reading draws as the table of the documentation says, which other engines are held to', () => {
  const page = readFileSync(new URL('../../../../docs/segments.md', import.meta.url), 'utf8')
  const rows = [...page.matchAll(/^\| (?:`(.*?)`)? +\| `(\d+)` +\| `(\d+)` +\| `([\d.]+)` +\|$/gm)]
  expect(rows).toHaveLength(4)
  for (const [, salt = '', id, hash, place] of rows) {
    expect(xxHash32(`${salt}:${id}`)).toBe(Number(hash))
    expect(Math.abs((Number(hash) * 100) / 2 ** 32 - Number(place))).toBeLessThan(0.0001)
  }
})
