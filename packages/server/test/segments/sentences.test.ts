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
