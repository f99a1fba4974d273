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
  [{ did: { anyOf: ['view', 'cart'] }, count: { equals: 0 } }, 'People who did “View” or “Cart” exactly 0 times'],
  [{ trait: 'total_spent', atLeast: 100 }, 'People whose total spent is at least 100'],
  [{ not: { trait: 'total_spent', atLeast: 100 } }, 'People whose total spent is not at least 100'],
  [{ trait: 'total_spent', rank: { topPercent: 10 } }, 'People who are in the top 10 % by total spent'],
  [{ not: { trait: 'last_order_date', rank: { decile: 2 } } }, 'People who are not in decile 2 of 10 by last order'],
])('%j reads well', (where, sentence) => {
  expect(definitionSentence({ unit: 'person', where }, { roles, segmentName: (id) => names.get(id) ?? '' })).toBe(sentence)
})
