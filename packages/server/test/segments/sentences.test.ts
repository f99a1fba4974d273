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
  [
    { did: { role: 'order' }, avg: { property: 'revenue', atLeast: 50 }, during: { season: 'Holidays' } },
    'People who placed an order with an average revenue of at least 50 in Holidays',
  ],
  [
    { not: { did: 'view', max: { property: 'price', lessThan: 5 } } },
    'People for whom it is not true that they did “View” with a largest price of less than 5',
  ],
  [{ did: 'view', distinct: { property: 'category', atLeast: 3 } }, 'People who did “View” with at least 3 different values of category'],
  [
    { did: { role: 'order' }, share: { atLeast: 80 }, within: { last: '365 days' }, during: { months: [11, 12] } },
    'People who placed an order in the last 365 days, at least 80 percent of the times in November or December',
  ],
  [
    { did: 'view', during: { weekdays: ['saturday', 'sunday'], hours: { from: 22, to: 6 }, zone: 'person' } },
    'People who did “View” on a Saturday or Sunday from 22:00 to 06:00 by the clock where they live',
  ],
  [{ not: { did: 'view', within: { period: 'today', zone: 'person' } } }, 'People who did not do “View” today, where they live'],
  [{ did: 'view', during: { dates: { from: '11-20', to: '12-31' } } }, 'People who did “View” between 20 November and 31 December'],
  [
    { compare: { did: 'view', within: { last: '30 days' } }, is: 'moreThan', than: { did: { role: 'order' } }, times: 2 },
    'People whose number of times they did “View” in the last 30 days is more than 2 times the number of times they placed an order',
  ],
  [
    {
      not: {
        compare: { did: { role: 'order' }, sum: { property: 'revenue' }, within: { last: '90 days' } },
        is: 'lessThan',
        than: { did: { role: 'order' }, sum: { property: 'revenue' }, within: { ago: ['180 days', '90 days'] } },
      },
    },
    'People whose total revenue when they placed an order in the last 90 days is not less than the total revenue when they placed an order between 180 days and 90 days ago',
  ],
  [{ time: { season: 'Winter' } }, 'People for whom today is in Winter'],
  [{ not: { time: { hours: { from: 9, to: 17 }, zone: 'person' } } }, 'People for whom today is not from 09:00 to 17:00 where they live'],
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
  [{ trait: 'total_spent', atLeast: 100 }, 'People whose total spent is at least 100'],
  [{ not: { trait: 'total_spent', atLeast: 100 } }, 'People whose total spent is not at least 100'],
  [{ trait: 'total_spent', rank: { topPercent: 10 } }, 'People who are in the top 10 % by total spent'],
  [{ not: { trait: 'last_order_date', rank: { decile: 2 } } }, 'People who are not in decile 2 of 10 by last order'],
])('%j reads well', (where, sentence) => {
  expect(definitionSentence({ unit: 'person', where }, { roles, segmentName: (id) => names.get(id) ?? '' })).toBe(sentence)
})

test.each<[Condition, string, string]>([
  [{ people: 'any', where: { did: { role: 'order' } } }, 'that have a person who placed an order', 'that have no person who placed an order'],
  [
    { people: { atLeast: 2 }, where: { property: 'country', is: 'Ireland' } },
    'that have at least 2 people whose country is Ireland',
    'that do not have at least 2 people whose country is Ireland',
  ],
  [{ people: 'all', where: { did: 'login' } }, 'that have people, and only such who did “Login”', 'that do not have only people who did “Login”'],
  [
    { people: { share: { atLeast: 50 } }, where: { did: 'login' } },
    'for which at least 50 % of the people are ones who did “Login”',
    'for which it is not true that at least 50 % of the people are ones who did “Login”',
  ],
  [{ did: 'login', count: { atLeast: 2 } }, 'that did “Login” at least 2 times', 'for which it is not true that they did “Login” at least 2 times'],
])('of accounts %j reads well, and so does its opposite', (where, clause, opposite) => {
  const words = { roles, segmentName: String }
  expect(definitionSentence({ unit: 'account', where }, words)).toBe(`Accounts ${clause}`)
  expect(definitionSentence({ unit: 'account', where: { not: where } }, words)).toBe(`Accounts ${opposite}`)
})

test.each<[Condition, string, string]>([
  [
    { account: 'any', type: 'company', where: { property: 'industry', is: 'Software' } },
    'who are in an account of the type company whose industry is Software',
    'who are in no account of the type company whose industry is Software',
  ],
  [
    { account: { atLeast: 2 }, where: { did: 'login' } },
    'who are in at least 2 accounts that did “Login”',
    'who are not in at least 2 accounts that did “Login”',
  ],
  [{ account: 'all', where: { did: 'login' } }, 'who are in accounts, and only in such that did “Login”', 'who are not only in accounts that did “Login”'],
])('of people’s accounts %j reads well, and so does its opposite', (where, clause, opposite) => {
  const words = { roles, segmentName: String }
  expect(definitionSentence({ unit: 'person', where }, words)).toBe(`People ${clause}`)
  expect(definitionSentence({ unit: 'person', where: { not: where } }, words)).toBe(`People ${opposite}`)
})
