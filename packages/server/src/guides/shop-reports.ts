import type { EventRole, TrendsInput } from '@kindred/model'
import type { Report } from './guide.ts'

/** Reports of any shop: they read roles, never names, so that they work whatever its events are called. */
const of = (name: EventRole) => ({ role: name })
const people = (name: EventRole, label: string) => ({ event: of(name), measure: 'people' as const, name: label })
const total = (name: EventRole, label: string) => ({ event: of(name), name: label })

/** The share of those who did the first that did the second too, over the last 90 days. */
function rate(name: string, says: string, [from, to]: readonly [TrendsInput['series'][number], TrendsInput['series'][number]]): Report {
  return {
    name,
    says,
    query: { series: [from, to], formulas: ['B / A'], range: { from: '-90d' }, interval: 'week', display: 'line', format: 'percent' },
  }
}

const viewed = people('product_viewed', 'Looked at a product')
const listed = people('product_list_viewed', 'Opened a list')
const carted = people('added_to_cart', 'Put into the cart')
const ordered = people('order', 'Ordered')
const searched = people('search', 'Searched')

export const shopReports: readonly Report[] = [
  {
    name: 'The funnel: from list to order',
    says: 'People at each step in the last 30 days: list, product, cart, checkout, purchase.',
    query: {
      series: [listed, viewed, carted, people('checkout_started', 'Started the checkout'), ordered],
      range: { from: '-30d' },
      display: 'ranking',
    },
  },
  rate('Browse to buy', 'Of the people who look at products, the share who order, week by week.', [viewed, ordered]),
  rate('List to product', 'Of the people who open a list of products, the share who look at one.', [listed, viewed]),
  rate('Product to cart', 'Of the people who look at a product, the share who put one into the cart.', [viewed, carted]),
  rate('Cart to purchase', 'Of the people who fill a cart, the share who order.', [carted, ordered]),
  rate('Search to purchase', 'Of the people who search, the share who order.', [searched, ordered]),
  {
    name: 'Product to cart, by category',
    says: 'Where people look and do not take.',
    query: {
      series: [total('product_viewed', 'Looks'), total('added_to_cart', 'Put into the cart')],
      formulas: ['B / A'],
      breakdown: { of: 'event', property: 'category', limit: 25 },
      range: { from: '-90d' },
      display: 'ranking',
      format: 'percent',
    },
  },
  {
    name: 'Newsletter and wish list',
    says: 'The smaller yes of those who are not ready to buy.',
    query: { series: [total('newsletter', 'Newsletter'), total('wishlist', 'Wish list')], range: { from: '-90d' }, interval: 'week', display: 'line' },
  },
  {
    name: 'Orders and refunds',
    says: 'How many orders came back, month by month.',
    query: {
      series: [total('order', 'Orders'), total('refund', 'Refunds')],
      formulas: ['B / A'],
      range: { from: '-12m' },
      interval: 'month',
      display: 'line',
      format: 'percent',
    },
  },
  {
    name: 'Mobile against desktop',
    says: 'Orders by the kind of device.',
    query: {
      series: [total('order', 'Orders')],
      breakdown: { of: 'event', property: '$device_type' },
      range: { from: '-90d' },
      interval: 'week',
      display: 'line',
    },
  },
  {
    name: 'Seasons of the year',
    says: 'Orders by month over two years, against the year before.',
    query: { series: [total('order', 'Orders')], range: { from: '-12m' }, interval: 'month', display: 'bar', compare: { to: '-1y' } },
  },
]
