import type { ImportMappingInput, JsonValue } from '@kindred/model'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { importText } from './read-file.ts'

interface Line {
  order: string
  person: string
  cents: number
  quantity: number
  minute: number
  note: string
}

const line: fc.Arbitrary<Line> = fc.record({
  order: fc.constantFrom('1', '2', '3', 'C4', 'a"b', 'x,y'),
  person: fc.constantFrom('p', 'q', ''),
  cents: fc.integer({ min: -500, max: 5000 }),
  quantity: fc.integer({ min: -3, max: 9 }),
  minute: fc.integer({ min: 0, max: 59 }),
  note: fc.constantFrom('', 'é', 'line\nbreak', '"'),
})

const mapping: ImportMappingInput = {
  person: { id: 'person', whenEmpty: 'skip' },
  event: {
    name: 'order',
    rules: [
      { when: { column: 'order', startsWith: 'C' }, event: 'refund' },
      { when: { column: 'quantity', lessThan: 0 }, skip: 'negative' },
    ],
    time: { column: 'at' },
    properties: { note: { column: 'note', type: 'text' } },
    totals: { revenue: { multiply: ['quantity', 'price'] } },
    group: { by: ['order'], items: { fields: { price: { column: 'price', type: 'number' }, quantity: { column: 'quantity', type: 'number' } } } },
  },
}

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
const at = (minute: number) => Date.UTC(2011, 0, 1, 10, minute)
const csv = (lines: Line[]) =>
  `order,person,price,quantity,at,note\n${lines.map((row) => [quoted(row.order), row.person, (row.cents / 100).toFixed(2), row.quantity, `2011-01-01 10:${String(row.minute).padStart(2, '0')}`, quoted(row.note)].join(',')).join('\n')}\n`

/** The same answer by the shortest way there is. */
function naive(lines: Line[]) {
  const taken = lines.filter((row) => row.person !== '' && (row.order.startsWith('C') || row.quantity >= 0))
  const keys = [...new Set(taken.map((row) => JSON.stringify([row.order, row.person])))]
  return keys.map((key) => {
    const rows = taken.filter((row) => JSON.stringify([row.order, row.person]) === key)
    const note = rows.find((row) => row.note !== '')?.note
    const properties: Record<string, JsonValue> = {
      ...(note === undefined ? {} : { note }),
      revenue: rows.reduce((sum, row) => sum + row.cents * row.quantity, 0) / 100 + 0,
      items: rows.map((row) => ({ price: row.cents / 100, quantity: row.quantity })),
    }
    return {
      event: rows[0]?.order.startsWith('C') ? 'refund' : 'order',
      distinctId: rows[0]?.person,
      timestamp: Math.min(...rows.map((row) => at(row.minute))),
      properties,
    }
  })
}

const byText = (values: unknown[]) => values.map((value) => JSON.stringify(value)).sort()

test('a grouped import equals a naive reading of the same file, with much memory and with almost none', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 40 }), fc.constantFrom(1, 2000, 1e7), async (lines, groupCharacters) => {
      const limits = { groupCharacters, partCharacters: Math.ceil(groupCharacters / 3), groupRows: 1000, distinctRows: 1000 }
      const { events, progress, rejects } = await importText(csv(lines), mapping, { limits })
      expect(rejects).toEqual([])
      expect(progress.rows).toBe(lines.length)
      const plain = events.map(({ event, distinctId, timestamp, properties }) => ({ event, distinctId, timestamp, properties }))
      expect(byText(plain)).toEqual(byText(naive(lines)))
      expect(new Set(events.map(({ uuid }) => uuid)).size).toBe(events.length)
    }),
    { numRuns: 150 },
  )
})
