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
    { message: 'opened', channel: 'email', campaign: 'spring', count: { atLeast: 2 }, within: { last: '30 days' } },
    'People who opened an e-mail of the campaign “spring” at least 2 times in the last 30 days',
  ],
  [{ not: { message: 'clicked', channel: 'sms' } }, 'People who did not click in a text message'],
  [{ message: 'bounced' }, 'People for whom a message bounced'],
  [{ not: { message: 'sent', count: { atLeast: 3 } } }, 'People for whom it is not true that they were sent a message at least 3 times'],
  [
    { survey: { name: 'NPS', question: 'How likely?' }, atLeast: 9, within: { period: 'this year' } },
    'People whose last answer to “How likely?” of the survey “NPS” is at least 9 this year',
  ],
  [{ not: { survey: { question: 'Why?' }, contains: 'price' } }, 'People whose last answer to “Why?” does not contain price'],
  [
    { consent: 'email', purpose: 'marketing', is: 'given', since: { last: '30 days' } },
    'People who gave their consent to marketing by e-mail in the last 30 days',
  ],
  [{ not: { consent: 'sms', purpose: 'marketing', is: 'neverAsked' } }, 'People who were asked for their consent to marketing by text message'],
  [{ place: 'profile', country: ['ie', 'GB'] }, 'People whose place is in Ireland or United Kingdom'],
  [{ place: 'profile', source: 'ip', city: 'Dublin' }, 'People whose IP address is in the city Dublin'],
  [
    { not: { place: 'lastEvent', near: { latitude: 53.3, longitude: -6.3, miles: 5 } } },
    'People whose last event with a place was not within 5 miles of 53.3, -6.3',
  ],
  [
    {
      property: 'items',
      someItemWhere: [
        { property: 'size', is: 'XL' },
        { property: 'price', moreThan: 5 },
      ],
    },
    'People whose items has an item whose size is XL and price is more than 5',
  ],
  [{ property: 'tags', length: { atLeast: 2 } }, 'People whose tags has at least 2 items'],
  [{ property: 'landing', queryParameter: { name: 'utm_source', is: 'news' } }, 'People whose landing has a query parameter “utm_source” that is news'],
  [{ property: 'birthday', anniversaryWithinNext: '0 days' }, 'People whose birthday has its anniversary today'],
  [{ did: { anyOf: ['view', 'cart'] }, count: { equals: 0 } }, 'People who did “View” or “Cart” exactly 0 times'],
])('%j reads well', (where, sentence) => {
  expect(definitionSentence({ unit: 'person', where }, { roles, segmentName: (id) => names.get(id) ?? '' })).toBe(sentence)
})
