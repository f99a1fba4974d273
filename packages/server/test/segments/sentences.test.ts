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
  [
    { first: { role: 'order' }, within: { period: 'last month' }, where: [{ property: 'category', is: 'shoes' }] },
    'People who, the first time they placed an order, did so in the last month where category is shoes',
  ],
  [
    { not: { last: { role: 'order' }, within: { ago: ['60 days', '30 days'] } } },
    'People for whom it is not true that, the last time they placed an order, they did so between 60 days and 30 days ago',
  ],
  [{ last: { role: 'order' } }, 'People who ever placed an order'],
  [{ not: { first: { role: 'order' } } }, 'People who did not place an order'],
  [{ stopped: { role: 'order' }, active: '90 days', quiet: '30 days' }, 'People who placed an order between 90 days and 30 days ago and not since'],
  [
    { not: { stopped: { role: 'order' }, active: '3 months', quiet: '1 month', wholeDays: true } },
    'People for whom it is not true that they placed an order between 3 months and 1 month ago (whole days) and not since',
  ],
  [
    { restarted: { role: 'order' }, quiet: '90 days', back: '7 days' },
    'People who placed an order at least 90 days ago, not between 90 days and 7 days ago, and again since',
  ],
  [{ started: { role: 'order' }, within: { last: '30 days' } }, 'People who placed an order in the last 30 days and never before'],
  [{ observed: '90 days' }, 'People who were first seen at least 90 days ago'],
  [{ not: { observed: '90 days' } }, 'People who were first seen less than 90 days ago'],
  [
    { regularly: { role: 'order' }, times: { atLeast: 2 }, periods: { atLeast: 3, of: 4, each: '1 month', calendar: true } },
    'People who placed an order at least 2 times in at least 3 of the last 4 full months',
  ],
  [{ regularly: { role: 'order' }, periods: { atLeast: 2, of: 2, each: '3 days' } }, 'People who placed an order in each of the last 2 times 3 days'],
  [
    { regularly: { role: 'order' }, periods: { atLeast: 1, of: 1, each: '1 week', calendar: true, current: true } },
    'People who placed an order in the last week, the running one included',
  ],
])('%j reads well', (where, sentence) => {
  expect(definitionSentence({ unit: 'person', where }, { roles, segmentName: (id) => names.get(id) ?? '' })).toBe(sentence)
})
