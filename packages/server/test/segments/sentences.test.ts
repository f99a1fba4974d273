import { definitionSentence } from '@kindred/engine'
import type { Condition, Roles } from '@kindred/model'
import { expect, test } from 'vitest'

const roles: Roles = { events: { order: ['order', 'Order Completed'], refund: [] }, properties: { items: 'items' } }
const names = new Map([[90, 'A list']])

test.each<[Condition, string]>([
  [
    {
      all: [
        { did: { role: 'order' }, count: { atLeast: 3 }, within: { last: '30 days' }, where: [{ property: 'category', is: 'shoes' }] },
        { property: 'country', is: 'Ireland' },
      ],
    },
    'People who placed an order at least 3 times in the last 30 days where category is shoes, and whose country is Ireland',
  ],
  [{ not: { did: 'refund_requested', within: { last: '90 days' } } }, 'People who did not do “Refund requested” in the last 90 days'],
  [
    { any: [{ property: 'country', isNot: ['US', 'CA'] }, { all: [{ property: 'age', between: [18, 25] }, { in: 90 }] }] },
    'People whose country is not US or CA, or (whose age is between 18 and 25, and who are in “A list”)',
  ],
  [
    { did: { any: true }, sum: { property: 'revenue', moreThan: 1000 }, within: { from: '2026-01-01', to: '2026-03-31' } },
    'People who did anything with a total revenue of more than 1000 from 2026-01-01 to 2026-03-31',
  ],
  [
    { sequence: [{ did: 'cart' }, { absent: { role: 'order' }, within: '1 hour' }], within: { last: '7 days' } },
    'People who did “Cart”, then did not place an order within 1 hour, all of it in the last 7 days',
  ],
  [
    {
      not: {
        sequence: [
          { did: 'view', where: [{ property: 'category', is: 'shoes' }] },
          { absent: 'cart', within: '1 day' },
          { did: { role: 'order' }, within: '3 days', after: 'first', where: [{ property: 'product_id', sameAs: { step: 1 } }] },
          { absent: { role: 'refund' } },
        ],
        strict: true,
      },
    },
    'People for whom it is not true that they did “View” where category is shoes, did not do “Cart” in between within 1 day, then within 3 days of the first step placed an order where product ID is the same as in step 1, then did not get a refund until now, with nothing else in between',
  ],
  [{ session: [{ property: 'number', equals: 2 }] }, 'People who had a session where the number of the visit equals 2'],
  [{ not: { session: [], within: { last: '30 days' } } }, 'People who had no session in the last 30 days'],
  [
    { not: { session: [{ property: 'channel', is: 'Email' }], count: { atLeast: 2 } } },
    'People for whom it is not true that they had at least 2 sessions where the channel is Email',
  ],
  [{ bucket: { from: 0, to: 10, salt: '' } }, 'People who are in the part from 0 to 10 of 100'],
  [{ not: { bucket: { from: 0, to: 2.5, salt: 'spring' } } }, 'People who are not in the part from 0 to 2.5 of 100, drawn by “spring”'],
  [{ did: { anyOf: ['view', 'cart'] }, count: { equals: 0 } }, 'People who did “View” or “Cart” exactly 0 times'],
])('%j reads well', (where, sentence) => {
  expect(definitionSentence({ unit: 'person', where }, { roles, segmentName: (id) => names.get(id) ?? '' })).toBe(sentence)
})
