import { KindredError } from '@kindred/model'
import { expect, test } from 'vitest'
import { convertCohort } from '../../src/segments/posthog/convert-cohort.ts'

const names = { timezone: 'UTC', cohorts: { 17: 4 }, actions: { 5: { anyOf: ['signed_up', 'joined'] } } }
const convert = (leaf: object, timezone = 'UTC') => convertCohort({ filters: { properties: { type: 'AND', values: [leaf] } } }, { ...names, timezone })
const behavior = (value: string, rest: object) => ({ type: 'behavioral', value, key: '$pageview', event_type: 'events', negation: false, ...rest })
const days = (count: number | string) => ({ time_value: count, time_interval: 'day' })

test.each<[string, object, object]>([
  ['a window of days begins at midnight', behavior('performed_event', days('30')), { did: '$pageview', within: { last: '30 days', wholeDays: true } }],
  [
    'a window of hours begins at a full hour',
    behavior('performed_event', { time_value: 1, time_interval: 'hour' }),
    { did: '$pageview', within: { last: '1 hour', wholeHours: true } },
  ],
  [
    'minutes are months',
    behavior('performed_event', { time_value: 2, time_interval: 'minute' }),
    { did: '$pageview', within: { last: '2 months', wholeDays: true } },
  ],
  [
    'at most n is at least one',
    behavior('performed_event_multiple', { ...days(7), operator: 'lte', operator_value: 3 }),
    { did: '$pageview', count: { between: [1, 3] }, within: { last: '7 days' } },
  ],
  [
    'a count goes back months to the same time of day',
    behavior('performed_event_multiple', { time_value: 1, time_interval: 'month', operator: 'gte', operator_value: 3 }),
    { did: '$pageview', count: { atLeast: 3 }, within: { last: '1 month', sameTime: true } },
  ],
  [
    'no operator is exactly',
    behavior('performed_event_multiple', { ...days(1), operator_value: 2 }),
    { did: '$pageview', count: { equals: 2 }, within: { last: '1 day' } },
  ],
  [
    'the filters are asked of the first event of its name',
    behavior('performed_event_first_time', { ...days(7), event_filters: [{ key: 'plan', value: ['pro'], operator: 'exact', type: 'event' }] }),
    { first: '$pageview', where: [{ property: 'plan', is: ['pro'] }], within: { last: '7 days', wholeDays: true } },
  ],
  [
    'a month between two events is 30 days',
    behavior('performed_event_sequence', { ...days(60), seq_event: 'paid', seq_event_type: 'events', seq_time_value: 1, seq_time_interval: 'month' }),
    { sequence: [{ did: '$pageview' }, { did: 'paid', within: '30 days' }], within: { last: '60 days', wholeDays: true } },
  ],
  [
    'stopped',
    behavior('stopped_performing_event', { ...days(30), seq_time_value: 1, seq_time_interval: 'week' }),
    { stopped: '$pageview', active: '30 days', quiet: '1 week', wholeDays: true },
  ],
  [
    'restarted, without the filters that PostHog does not look at',
    behavior('restarted_performing_event', {
      ...days(30),
      seq_time_value: 7,
      seq_time_interval: 'day',
      event_filters: [{ key: 'a', value: 'b', type: 'event' }],
    }),
    { restarted: '$pageview', quiet: '30 days', back: '7 days', wholeDays: true },
  ],
  [
    'regularly, at most twice being once or twice',
    behavior('performed_event_regularly', { time_value: 1, time_interval: 'week', operator: 'lte', operator_value: 2, min_periods: 3, total_periods: 4 }),
    { regularly: '$pageview', times: { between: [1, 2] }, periods: { atLeast: 3, of: 4, each: '1 week', wholeDays: true } },
  ],
  [
    'dates are days of the project, both included',
    behavior('performed_event', { explicit_datetime: '2026-01-01T05:00:00', explicit_datetime_to: '2026-02-01' }),
    { did: '$pageview', within: { from: '2026-01-01', to: '2026-02-01' } },
  ],
  [
    'two dates counted back are whole days',
    behavior('performed_event', { explicit_datetime: '-2m', explicit_datetime_to: '-3d' }),
    { did: '$pageview', within: { ago: ['2 months', '3 days'], wholeDays: true } },
  ],
  [
    'both instants of a counted window are left out',
    behavior('performed_event_multiple', { operator: 'gte', operator_value: 1, explicit_datetime: '2026-01-01', explicit_datetime_to: '2026-02-01' }),
    { did: '$pageview', count: { atLeast: 1 }, within: { from: '2026-01-01T00:00:00.001Z', to: '2026-01-31T23:59:59.999Z' } },
  ],
  [
    'an action by its events',
    { ...behavior('performed_event', days(1)), key: 5, event_type: 'actions' },
    { did: { anyOf: ['signed_up', 'joined'] }, within: { last: '1 day', wholeDays: true } },
  ],
  ['not in a cohort', { type: 'cohort', key: 'id', value: 17, negation: true }, { not: { in: 4 } }],
  ['a date counted back stays so', { type: 'person', key: 'signup', operator: 'is_date_before', value: '-7d' }, { property: 'signup', moreThanAgo: '7 days' }],
  [
    'after a date counted back takes dates ahead too',
    { type: 'person', key: 'signup', operator: 'is_date_after', value: '-1w' },
    { all: [{ property: 'signup', after: '1900-01-01' }, { not: { property: 'signup', moreThanAgo: '1 week' } }] },
  ],
])('%s', (_, leaf, where) => {
  expect(convert(leaf).definition).toEqual({ unit: 'person', where })
})

test('where clocks change, days back go to the same time of day', () => {
  const leaf = behavior('performed_event_multiple', { ...days(7), operator: 'gte', operator_value: 1 })
  expect(convert(leaf, 'Europe/Berlin').definition.where).toEqual({ did: '$pageview', count: { atLeast: 1 }, within: { last: '7 days', sameTime: true } })
})

test('groups nest, groups of one are that one, and notes stand where they belong', () => {
  const at = {
    type: 'OR',
    values: [
      { type: 'AND', values: [behavior('performed_event', days(1))] },
      { type: 'person', key: 'plan', operator: 'is_set', value: 'is_set' },
    ],
  }
  const { definition, notes } = convertCohort({ id: 3, is_static: false, groups: [], filters: { properties: at } }, names)
  expect(definition.where).toEqual({
    any: [
      { did: '$pageview', within: { last: '1 day', wholeDays: true } },
      { property: 'plan', exists: true },
    ],
  })
  expect(notes.map(({ path }) => path)).toEqual(['filters.properties.values.0.values.0'])
})

const at = 'filters.properties.values.0'
test.each<[string, object, string, string]>([
  [
    'an inner time that is not shorter',
    behavior('stopped_performing_event', { ...days(2), seq_time_value: 48, seq_time_interval: 'hour' }),
    'cohort/invalid',
    `${at}.seq_time_value`,
  ],
  ['a count of none', behavior('performed_event_multiple', { ...days(2), operator: 'lte', operator_value: 0 }), 'cohort/invalid', `${at}.operator_value`],
  [
    'more periods than there are',
    behavior('performed_event_regularly', { ...days(2), operator_value: 1, min_periods: 3, total_periods: 2 }),
    'cohort/invalid',
    `${at}.min_periods`,
  ],
  ['a length that is missing', behavior('performed_event', {}), 'cohort/invalid', `${at}.time_value`],
  ['a field nobody knows', behavior('performed_event', { ...days(2), sampling: 0.1 }), 'cohort/invalid', at],
  ['an empty group', { type: 'AND', values: [] }, 'cohort/invalid', `${at}.values`],
  ['a cohort without a segment', { type: 'cohort', key: 'id', value: 99 }, 'cohort/unsupported', `${at}.value`],
  ['an action without events', { ...behavior('performed_event', days(1)), key: 6, event_type: 'actions' }, 'cohort/unsupported', `${at}.key`],
  ['when somebody was created', { type: 'person_metadata', key: 'created_at', operator: 'is_date_after', value: '-1d' }, 'cohort/unsupported', `${at}.type`],
  ['fewer than once', behavior('performed_event_multiple', { ...days(2), operator: 'lt', operator_value: 1 }), 'cohort/unsupported', `${at}.operator_value`],
])('%s is refused', (...[, leaf, code, path]) => {
  const refused = (() => {
    try {
      convert(leaf)
    } catch (error) {
      if (error instanceof KindredError) return error
    }
    return null
  })()
  expect(refused).toMatchObject({ code, details: { path } })
})

test('a static cohort has no rule', () => {
  expect(() => convertCohort({ is_static: true, filters: {} }, names)).toThrow('frozen segment')
})
