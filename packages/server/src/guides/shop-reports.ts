import type { EventRole, TrendsInput } from '@kindred/model'
import type { Need } from '../templates/template.ts'
import type { Report } from './guide.ts'

/** Reports of any shop: they read roles, never names, so that they work whatever its events are called. */
const of = (name: EventRole) => ({ role: name })
const people = (name: EventRole, label: string) => ({ event: of(name), measure: 'people' as const, name: label })
const total = (name: EventRole, label: string) => ({ event: of(name), name: label })

/** What orders brought in, by the property that says so. */
const revenue = (data: Parameters<Report['query']>[0]) => ({
  ...total('order', 'Revenue'),
  measure: 'sum' as const,
  property: data.propertyRole('value', 'value'),
})

/** The share of those who did the first that did the second too, over the last 90 days. */
function rate(name: string, says: string, [from, to]: readonly [TrendsInput['series'][number], TrendsInput['series'][number]]): Report {
  return {
    name,
    says,
    query: () => ({ series: [from, to], formulas: ['B / A'], range: { from: '-90d' }, interval: 'week', display: 'line', format: 'percent' }),
  }
}

const viewed = people('product_viewed', 'Looked at a product')
const listed = people('product_list_viewed', 'Opened a list')
const carted = people('added_to_cart', 'Put into the cart')
const ordered = people('order', 'Ordered')
const searched = people('search', 'Searched')
const visited = { event: '$pageview', measure: 'people' as const, name: 'Visitors' }
const orders = total('order', 'Orders')

const pages: Need = { events: [visited.event], says: 'page views' }
const value: Need = { propertyRole: 'value' }
const results = ['results', 'results_count', 'result_count', 'number_of_results'] as const
const found: Need = { properties: results, says: 'how many results a search had' }
const terms = ['query', 'search_query', 'search_term', 'term'] as const
const loading = ['$performance_page_load', 'page_load_time', 'load_time'] as const
const reasons = ['reason', 'refund_reason', 'return_reason'] as const

export const shopReports: readonly Report[] = [
  {
    name: 'The funnel: from list to order',
    says: 'People at each step in the last 30 days: list, product, cart, checkout, purchase.',
    query: () => ({
      series: [listed, viewed, carted, people('checkout_started', 'Started the checkout'), ordered],
      range: { from: '-30d' },
      display: 'ranking',
    }),
  },
  rate('Browse to buy', 'Of the people who look at products, the share who order, week by week.', [viewed, ordered]),
  rate('List to product', 'Of the people who open a list of products, the share who look at one.', [listed, viewed]),
  rate('Product to cart', 'Of the people who look at a product, the share who put one into the cart.', [viewed, carted]),
  rate('Cart to purchase', 'Of the people who fill a cart, the share who order.', [carted, ordered]),
  rate('Search to purchase', 'Of the people who search, the share who order.', [searched, ordered]),
  {
    name: 'Searches without result',
    says: 'Of all searches, the share that finds nothing, week by week.',
    needs: [found],
    query: (data) => ({
      series: [
        total('search', 'Searches'),
        { ...total('search', 'Found nothing'), filters: [{ of: 'event', property: data.property(...results), equals: 0 }] },
      ],
      formulas: ['B / A'],
      range: { from: '-90d' },
      interval: 'week',
      display: 'line',
      format: 'percent',
    }),
  },
  {
    name: 'What is searched for in vain',
    says: 'The words of searches that found nothing: what is missing, or called by another name.',
    needs: [found, { properties: terms, says: 'the words of a search' }],
    query: (data) => ({
      series: [{ ...total('search', 'Found nothing'), filters: [{ of: 'event', property: data.property(...results), equals: 0 }] }],
      breakdown: { of: 'event', property: data.property(...terms), limit: 25 },
      range: { from: '-90d' },
      display: 'ranking',
    }),
  },
  {
    name: 'Revenue per visitor',
    says: 'What orders bring in for each person who comes, week by week: conversion and order value in one number.',
    needs: [pages, value],
    query: (data) => ({
      series: [visited, revenue(data)],
      formulas: ['B / A'],
      range: { from: '-90d' },
      interval: 'week',
      display: 'line',
      format: 'money',
    }),
  },
  {
    name: 'Average order value',
    says: 'Revenue divided by orders, month by month.',
    needs: [value],
    query: (data) => ({
      series: [orders, revenue(data)],
      formulas: ['B / A'],
      range: { from: '-12m' },
      interval: 'month',
      display: 'line',
      format: 'money',
    }),
  },
  {
    name: 'Repeat purchase rate',
    says: 'Of the people who ordered, the share who by now have ordered twice or more: best by the month they ordered in.',
    query: () => ({
      series: [ordered, { ...ordered, name: 'Ordered again', filters: [{ of: 'trait', trait: 'total_orders', atLeast: 2 }] }],
      formulas: ['B / A'],
      range: { from: '-12m' },
      interval: 'month',
      display: 'line',
      format: 'percent',
    }),
  },
  {
    name: 'Items per order',
    says: 'How many pieces an order has on average, month by month: whether bundles and thresholds work.',
    needs: [{ propertyRole: 'quantity' }],
    query: (data) => ({
      series: [orders, { ...total('order', 'Items'), measure: 'sum', property: data.propertyRole('quantity', 'quantity') }],
      formulas: ['B / A'],
      range: { from: '-12m' },
      interval: 'month',
      display: 'line',
    }),
  },
  {
    name: 'Pages per session',
    says: 'How many pages a visit has on average, week by week.',
    needs: [pages, { sessions: true }],
    query: () => ({
      series: [
        { event: visited.event, name: 'Page views' },
        { event: visited.event, measure: 'sessions', name: 'Sessions' },
      ],
      formulas: ['A / B'],
      range: { from: '-90d' },
      interval: 'week',
      display: 'line',
    }),
  },
  {
    name: 'Bounces by landing page',
    says: 'Of the visits that began on each page, the share that left it within ten seconds without doing anything: whether advertisements lead where they promise.',
    needs: [pages, { sessions: true }],
    query: () => ({
      series: [
        { event: visited.event, measure: 'sessions', name: 'Visits' },
        { event: visited.event, measure: 'sessions', name: 'Bounces', filters: [{ of: 'session', property: 'bounced', is: true }] },
      ],
      formulas: ['B / A'],
      breakdown: { of: 'session', property: 'entry_page' },
      range: { from: '-90d' },
      display: 'ranking',
      format: 'percent',
    }),
  },
  {
    name: 'Loading time against conversion',
    says: 'For each kind of device how long a page takes to load, in the middle of all page views, beside the share of its visitors who order.',
    needs: [pages, { properties: loading, says: 'how long a page took to load' }],
    query: (data) => ({
      series: [{ event: visited.event, measure: 'median', property: data.property(...loading), name: 'Loading time' }, visited, ordered],
      formulas: ['A', '100 * C / B'],
      breakdown: { of: 'event', property: '$device_type' },
      range: { from: '-90d' },
      display: 'table',
    }),
  },
  {
    name: 'Product to cart, by category',
    says: 'Where people look and do not take.',
    query: () => ({
      series: [total('product_viewed', 'Looks'), total('added_to_cart', 'Put into the cart')],
      formulas: ['B / A'],
      breakdown: { of: 'event', property: 'category', limit: 25 },
      range: { from: '-90d' },
      display: 'ranking',
      format: 'percent',
    }),
  },
  {
    name: 'Newsletter and wish list',
    says: 'The smaller yes of those who are not ready to buy.',
    query: () => ({ series: [total('newsletter', 'Newsletter'), total('wishlist', 'Wish list')], range: { from: '-90d' }, interval: 'week', display: 'line' }),
  },
  {
    name: 'Orders and refunds',
    says: 'How many orders came back, month by month.',
    query: () => ({
      series: [total('order', 'Orders'), total('refund', 'Refunds')],
      formulas: ['B / A'],
      range: { from: '-12m' },
      interval: 'month',
      display: 'line',
      format: 'percent',
    }),
  },
  {
    name: 'Reasons for refunds',
    says: 'Why orders come back: a size that runs small, a picture that promises too much.',
    needs: [{ properties: reasons, says: 'the reason of a refund' }],
    query: (data) => ({
      series: [total('refund', 'Refunds')],
      breakdown: { of: 'event', property: data.property(...reasons) },
      range: { from: '-12m' },
      display: 'ranking',
    }),
  },
  {
    name: 'Mobile against desktop',
    says: 'Orders by the kind of device.',
    query: () => ({
      series: [total('order', 'Orders')],
      breakdown: { of: 'event', property: '$device_type' },
      range: { from: '-90d' },
      interval: 'week',
      display: 'line',
    }),
  },
  {
    name: 'Seasons of the year',
    says: 'Orders by month over two years, against the year before.',
    query: () => ({ series: [total('order', 'Orders')], range: { from: '-12m' }, interval: 'month', display: 'bar', compare: { to: '-1y' } }),
  },
]
