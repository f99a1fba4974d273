import { type CompileContext, planDefinition } from '@kindred/engine'
import { segmentDefinitionSchema } from '@kindred/model'
import { expect, test } from 'vitest'

const context: CompileContext = {
  projectId: 1,
  now: Date.parse('2026-03-31T12:00:00Z'),
  timezone: 'Europe/Berlin',
  weekStart: 'monday',
  currency: 'EUR',
  roles: { events: { order: ['order'] }, properties: {} },
  hasOverrides: false,
  segments: new Map([[7, { name: 'Seven', kind: 'frozen' }]]),
}

function warnings(where: unknown, unit = 'person') {
  return planDefinition(segmentDefinitionSchema.parse({ unit, where }), context).warnings
}
const paths = (where: unknown) => warnings(where).map(({ path }) => path)

const order = (rest: object = {}) => ({ did: 'order', ...rest })
const last = (length: string) => ({ within: { last: length } })

test.each<[string, unknown[]]>([
  ['a condition and its opposite', [{ place: 'profile', country: 'IE' }, { not: { place: 'profile', country: 'IE' } }]],
  ['a group and its opposite', [{ any: [{ property: 'a', is: 'x' }, order()] }, { not: { any: [order(), { property: 'a', is: 'x' }] } }]],
  ['a part of a group and its opposite', [{ all: [{ in: 7 }, order()] }, { not: order() }]],
  ['whoever is in a segment is in it', [{ in: 7 }, { not: { in: 7 } }]],
  ['done and not done', [order(last('30 days')), { not: order(last('30 days')) }]],
  ['done in a part of the time in which it was not done', [order(last('7 days')), { not: order(last('30 days')) }]],
  ['done so and not done at all', [order({ where: [{ property: 'value', atLeast: 5 }], ...last('1 day') }), { not: order() }]],
  ['counts apart', [order({ count: { atLeast: 5 } }), order({ count: { atMost: 3 } })]],
  ['no whole number between', [order({ count: { moreThan: 3 } }), order({ count: { lessThan: 4 } })]],
  ['more in a week than in the month', [order({ count: { atLeast: 5 }, ...last('7 days') }), order({ count: { atMost: 3 }, ...last('30 days') })]],
  ['not at least two, and three', [{ not: order({ count: { atLeast: 2 } }) }, order({ count: { equals: 3 } })]],
  ['sums apart', [order({ sum: { property: 'value', atLeast: 5 } }), order({ sum: { property: 'value', lessThan: 5 } })]],
  ['sessions apart', [{ session: [], count: { atLeast: 2 } }, { not: { session: [] } }]],
  [
    'messages apart',
    [
      { message: 'opened', count: { atLeast: 3 } },
      { message: 'opened', count: { atMost: 2 } },
    ],
  ],
  [
    'consent cannot be both',
    [
      { consent: 'email', purpose: 'marketing', is: 'given' },
      { consent: 'email', purpose: 'marketing', is: 'refused', since: { last: '7 days' } },
    ],
  ],
  ['parts of a hundred apart', [{ bucket: { salt: 's', from: 0, to: 50 } }, { bucket: { salt: 's', from: 50, to: 100 } }]],
  ['seen longer ago than seen', [{ observed: '30 days' }, { not: { observed: '7 days' } }]],
  [
    'texts apart',
    [
      { property: 'a', is: ['x', 'y'] },
      { property: 'a', is: 'z' },
    ],
  ],
  [
    'a text that does not begin so',
    [
      { property: 'a', is: 'Dublin' },
      { property: 'a', startsWith: 'B' },
    ],
  ],
  [
    'a text that is left out',
    [
      { property: 'a', is: ['x', 'y'] },
      { property: 'a', isNot: ['x', 'y', 'z'] },
    ],
  ],
  [
    'a text of any case',
    [
      { property: 'a', is: 'x', ignoringCase: true },
      { property: 'a', isNot: 'X', ignoringCase: true },
    ],
  ],
  [
    'beginnings apart',
    [
      { property: 'a', startsWith: 'ab' },
      { property: 'a', startsWith: 'ac' },
    ],
  ],
  [
    'longer and shorter',
    [
      { property: 'a', longerThan: 3 },
      { property: 'a', shorterThan: 5 },
      { property: 'a', shorterThan: 4 },
    ],
  ],
  [
    'there and missing',
    [
      { property: 'a', exists: true },
      { property: 'a', missing: true },
    ],
  ],
  [
    'missing, and a number',
    [
      { property: 'a', missing: true },
      { property: 'a', atLeast: 0 },
    ],
  ],
  [
    'numbers apart',
    [
      { property: 'a', atLeast: 5 },
      { property: 'a', lessThan: 5 },
    ],
  ],
  [
    'not between, and inside',
    [
      { property: 'a', notBetween: [1, 9] },
      { property: 'a', between: [2, 3] },
    ],
  ],
  [
    'lists',
    [
      { property: 'a', hasAnyOf: ['x'] },
      { property: 'a', hasNoneOf: ['x', 'y'] },
    ],
  ],
  [
    'lengths of lists',
    [
      { property: 'a', length: { atLeast: 3 } },
      { property: 'a', length: { lessThan: 3 } },
    ],
  ],
  [
    'dates apart',
    [
      { property: 'a', before: '2026-01-01' },
      { property: 'a', after: '2026-01-01' },
    ],
  ],
  [
    'a range of dates',
    [
      { property: 'a', betweenDates: ['2026-01-01', '2026-01-31'] },
      { property: 'a', on: '2026-02-01' },
    ],
  ],
  [
    'lately and long ago',
    [
      { property: 'a', withinLast: '7 days' },
      { property: 'a', moreThanAgo: '7 days' },
    ],
  ],
  [
    'lately, and before what is past for good',
    [
      { property: 'a', withinLast: '7 days' },
      { property: 'a', before: '2026-01-01' },
    ],
  ],
  ['lately, and not lately', [{ property: 'a', withinLast: '7 days' }, { not: { property: 'a', withinLast: '14 days' } }]],
  [
    'versions apart',
    [
      { property: 'a', versionCaret: '1.2.0' },
      { property: 'a', versionAtLeast: '2.0.0' },
    ],
  ],
  [
    'traits apart',
    [
      { trait: 'total_orders', atLeast: 3 },
      { trait: 'total_orders', atMost: 2 },
    ],
  ],
])('%s: the second is warned of at its row', (_, conditions) => {
  expect(paths({ all: conditions })).toEqual([`where.all.${conditions.length - 1}`])
  expect(paths({ all: conditions.toReversed() })).toHaveLength(1)
})

test.each<[string, unknown[]]>([
  [
    'dates that the clock may yet reach',
    [
      { property: 'a', withinLast: '7 days' },
      { property: 'a', after: '2026-06-01' },
    ],
  ],
  [
    'a list that has both',
    [
      { property: 'a', hasAnyOf: 'x' },
      { property: 'a', hasAnyOf: 'y' },
    ],
  ],
  [
    'letters that are one where case does not matter',
    [
      { property: 'a', is: 's', ignoringCase: true },
      { property: 'a', is: 'ſ', ignoringCase: true },
    ],
  ],
  [
    'one case that is left out of any',
    [
      { property: 'a', is: 'x', ignoringCase: true },
      { property: 'a', isNot: 'x' },
    ],
  ],
  [
    'a missing value meets both negations',
    [
      { property: 'a', isNot: 'x' },
      { property: 'a', notContains: 'x' },
      { property: 'a', missing: true },
    ],
  ],
  [
    'an empty list has no length and all of nothing',
    [
      { property: 'a', missing: true },
      { property: 'a', length: { atMost: 0 } },
      { property: 'a', hasAllOf: [] },
    ],
  ],
  [
    'a parameter that a missing address does not have',
    [
      { property: 'a', missing: true },
      { property: 'a', queryParameter: { name: 'q', isNot: 'x' } },
    ],
  ],
  ['more in the month than in a week', [order({ count: { atLeast: 5 }, ...last('30 days') }), order({ count: { atMost: 3 }, ...last('7 days') })]],
  ['windows that only look alike', [order({ within: { last: '7 days', wholeDays: true } }), { not: order(last('30 days')) }]],
  ['other filters', [order({ where: [{ property: 'value', atLeast: 5 }] }), { not: order({ where: [{ property: 'value', atLeast: 6 }] }) }]],
  ['who joined lately and is no member now', [{ in: 7, joinedWithin: '7 days' }, { not: { in: 7 } }]],
  [
    'an end that belongs to both',
    [
      { property: 'a', atLeast: 5 },
      { property: 'a', atMost: 5 },
    ],
  ],
  ['no sum and no number', [order({ avg: { property: 'value', notEquals: 5 } }), order({ avg: { property: 'value', notBetween: [6, 7] } })]],
])('%s: nothing is said', (_, conditions) => {
  expect(paths({ all: conditions })).toEqual([])
})

test.each<[unknown, string, RegExp]>([
  [{ property: 'a', is: [] }, 'where.is', /nobody.*nothing is listed/],
  [{ property: 'a', between: [9, 1] }, 'where.between', /first number is above/],
  [{ property: 'a', betweenDates: ['2026-02-01', '2026-01-01'] }, 'where.betweenDates', /first date is after/],
  [{ property: 'a', withinLast: '0 days' }, 'where.withinLast', /nothing lies in it/],
  [{ property: 'a', shorterThan: 1 }, 'where.shorterThan', /at least one character/],
  [{ property: 'a', length: { lessThan: 0 } }, 'where.length', /whole number/],
  [{ trait: 'total_orders', between: [9, 1] }, 'where.between', /first number is above/],
  [{ session: [{ property: 'pages', between: [9, 1] }] }, 'where.session.0.between', /no session/],
  [order({ where: [{ property: 'a', is: [] }] }), 'where.where.0.is', /no event/],
  [{ first: 'order', where: [{ property: 'a', contains: [] }] }, 'where.where.0.contains', /no event/],
  [{ sequence: [{ did: 'a' }, { did: 'b', where: [{ property: 'a', is: [] }] }] }, 'where.sequence.1.where.0.is', /no event/],
  [{ session: [], count: { lessThan: 0 } }, 'where.count.lessThan', /nobody/],
  [{ message: 'sent', count: { equals: 1.5 } }, 'where.count.equals', /nobody/],
  [{ account: { share: { moreThan: 100 } }, where: { property: 'a', exists: true } }, 'where.account.share.moreThan', /nobody/],
  [{ compare: { did: 'order' }, is: 'moreThan', than: { did: 'order' } }, 'where.is', /same number/],
  [order({ within: { last: '0 days' } }), 'where.within', /no moment/],
  [{ session: [], within: { from: '2026-04-02' } }, 'where.within', /in the future/],
  [{ sequence: [{ did: 'a' }, { did: 'b' }], within: { from: '2026-04-02' } }, 'where.within', /in the future/],
  [{ consent: 'email', purpose: 'marketing', is: 'given', since: { from: '2026-04-02' } }, 'where.since', /in the future/],
  [{ all: [order(), { any: [{ property: 'a', is: [] }, { all: [{ in: 7 }, { not: { in: 7 } }] }] }] }, 'where.all.1', /none of its conditions/],
  [
    {
      atLeast: 2,
      of: [
        { property: 'a', is: 'x' },
        { property: 'a', is: 'y' },
        { property: 'a', is: 'z' },
      ],
    },
    'where',
    /at most 1 of its conditions/,
  ],
])('what nobody can meet by itself is warned of where it stands: %j', (where, path, reason) => {
  expect(warnings(where)).toContainEqual({ path, reason: expect.stringMatching(reason) })
})

test('nothing is said twice: what cannot be met by itself is no contradiction of others', () => {
  expect(
    paths({
      all: [
        { property: 'a', is: [] },
        { property: 'a', is: 'x' },
      ],
    }),
  ).toEqual(['where.all.0.is'])
  expect(paths({ any: [{ property: 'a', is: [] }] })).toEqual(['where.any.0.is'])
})

test('a contradiction between conditions of one property names it', () => {
  expect(warnings({ all: [order(), { property: 'age', atLeast: 5 }, { not: { property: 'age', atLeast: 2 } }] })).toEqual([
    { path: 'where.all.2', reason: 'nobody can meet this together with condition 2 of the same group, which is about “age” too' },
  ])
})
