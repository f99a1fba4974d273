import { number, order, role, type Template } from './template.ts'

const value = { propertyRole: 'value' } as const

/** A number of the built-in traits, between two ends or beyond one. */
function trait(id: string, name: string, rest: { trait: string; says: string; from?: number; to?: number; needs?: Template['needs'] }): Template {
  const { from, to } = rest
  const comparison = from === undefined ? { lessThan: to } : to === undefined ? { atLeast: from } : { between: [from, to] }
  const ends =
    from === undefined
      ? [number('Less than', 'where.lessThan')]
      : to === undefined
        ? [number('At least', 'where.atLeast')]
        : [number('From', 'where.between.0'), number('To', 'where.between.1')]
  return {
    id,
    kind: 'value-based',
    name,
    says: rest.says,
    needs: rest.needs ?? [],
    where: () => ({ trait: rest.trait, ...comparison }) as ReturnType<Template['where']>,
    adjust: ends,
  }
}

const bands: readonly Template[] = [
  trait('aov-low', 'Small orders on average', { trait: 'average_order_value', says: 'Below 40 an order: free delivery from 50 moves them.', to: 40 }),
  trait('aov-middle', 'Middling orders on average', { trait: 'average_order_value', says: 'From 40 to 120 an order.', from: 40, to: 120 }),
  trait('aov-high', 'Large orders on average', { trait: 'average_order_value', says: '120 and more an order: no coupon is needed.', from: 120 }),
  trait('ltv-low', 'Lifetime value below 100', { trait: 'total_spent', says: 'Bought little so far.', to: 100 }),
  trait('ltv-middle', 'Lifetime value from 100 to 500', { trait: 'total_spent', says: 'The many in the middle.', from: 100, to: 500 }),
  trait('ltv-high', 'Lifetime value of 500 and more', { trait: 'total_spent', says: 'Who carries the business.', from: 500 }),
  trait('spend-per-month', 'Spends 50 or more a month', { trait: 'average_spend_per_month', says: 'On average since their first order.', from: 50 }),
  trait('spend-per-quarter', 'Spends 150 or more a quarter', { trait: 'average_spend_per_quarter', says: 'On average since their first order.', from: 150 }),
  trait('spend-per-year', 'Spends 500 or more a year', { trait: 'average_spend_per_year', says: 'On average since their first order.', from: 500 }),
  trait('order-size', 'Five items or more an order', {
    trait: 'items_per_order',
    says: 'Stocks up: offer bundles.',
    from: 5,
    needs: [{ propertyRole: 'items' }],
  }),
  trait('purchase-frequency', 'An order a month or more', { trait: 'orders_per_month', says: 'How often, on average.', from: 1 }),
]

export const valueBased: readonly Template[] = [
  {
    id: 'vip',
    kind: 'value-based',
    name: 'VIPs: the best five percent',
    says: 'Those who spent most of all, by rank, whatever the prices are.',
    needs: [],
    where: () => ({ trait: 'total_spent', rank: { topPercent: 5 } }),
    adjust: [number('Best percent', 'where.rank.topPercent')],
  },
  {
    id: 'top-customers',
    kind: 'value-based',
    name: 'The hundred best customers',
    says: 'Few enough to know each of them.',
    needs: [],
    where: () => ({ trait: 'total_spent', rank: { top: 100 } }),
    adjust: [number('How many', 'where.rank.top')],
  },
  ...bands,
  {
    id: 'discount-shoppers',
    kind: 'value-based',
    name: 'Discount shoppers',
    says: 'At least 80 % of their orders had a discount: send coupons here, and only here.',
    needs: [],
    where: () => ({
      all: [
        { trait: 'total_orders', atLeast: 2 },
        { trait: 'discount_share', atLeast: 80 },
      ],
    }),
    adjust: [number('Orders at least', 'where.all.0.atLeast'), number('Percent with a discount', 'where.all.1.atLeast')],
  },
  {
    id: 'full-price-buyers',
    kind: 'value-based',
    name: 'Full-price buyers',
    says: 'Ordered twice or more, never with a discount: do not teach them to wait for one.',
    needs: [],
    where: () => ({
      all: [
        { trait: 'total_orders', atLeast: 2 },
        { trait: 'discount_share', equals: 0 },
      ],
    }),
    adjust: [number('Orders at least', 'where.all.0.atLeast')],
  },
  {
    id: 'premium-buyers',
    kind: 'value-based',
    name: 'Premium buyers',
    says: 'The highest fifth by average order, and hardly a discount among them.',
    needs: [],
    where: () => ({
      all: [
        { trait: 'average_order_value', rank: { quintile: 1 } },
        { trait: 'discount_share', atMost: 20 },
      ],
    }),
    adjust: [number('Percent with a discount at most', 'where.all.1.atMost')],
  },
  {
    id: 'bargain-buyers',
    kind: 'value-based',
    name: 'Bargain buyers',
    says: 'The lowest fifth by average order, most of it with a discount.',
    needs: [],
    where: () => ({
      all: [
        { trait: 'average_order_value', rank: { quintile: 5 } },
        { trait: 'discount_share', atLeast: 50 },
      ],
    }),
    adjust: [number('Percent with a discount at least', 'where.all.1.atLeast')],
  },
  {
    id: 'refunders',
    kind: 'value-based',
    name: 'Sends a lot back',
    says: 'A third of their orders or more came back: look at sizes and pictures first.',
    needs: [],
    where: () => ({
      all: [
        { trait: 'total_orders', atLeast: 3 },
        { trait: 'refund_rate', atLeast: 33 },
      ],
    }),
    adjust: [number('Orders at least', 'where.all.0.atLeast'), number('Percent sent back', 'where.all.1.atLeast')],
  },
  {
    id: 'pre-orderers',
    kind: 'value-based',
    name: 'Orders before it is there',
    says: 'Ordered something ahead of its release.',
    needs: [],
    where: () => ({ trait: 'pre_orders', atLeast: 1 }),
    adjust: [number('Pre-orders at least', 'where.atLeast')],
  },
  {
    id: 'spending-less',
    kind: 'value-based',
    name: 'Spends less than the quarter before',
    says: 'Less than half of what they spent three months earlier: find out why before they are gone.',
    needs: [role('order'), value],
    where: (data) => {
      const sum = { property: data.propertyRole('value', 'value') }
      return {
        all: [
          { did: order, within: { ago: ['180 days', '90 days'] } },
          {
            compare: { did: order, sum, within: { last: '90 days' } },
            is: 'lessThan',
            than: { did: order, sum, within: { ago: ['180 days', '90 days'] } },
            times: 0.5,
          },
        ],
      }
    },
    adjust: [number('Less than this part of it', 'where.all.1.times')],
  },
]
