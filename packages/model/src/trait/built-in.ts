import type { Condition } from '../condition/condition.ts'
import type { SegmentUnit } from '../condition/definition.ts'
import type { TraitDefinition, TraitEvent, TraitOperand } from './definition.ts'

/** A trait as conditions and formulas find it. */
export interface TraitInfo {
  name: string
  label: string
  description: string
  definition: TraitDefinition
}

const order = { did: { role: 'order' } } as const
const value = { role: 'value' } as const
const cart: TraitEvent = { anyRole: ['added_to_cart', 'removed_from_cart'] }
const sinceOrder = { sinceLast: { role: 'order' } } as const
const lastMonth = { within: { last: '30 days' } } as const
const active: Condition = { did: { any: true }, within: { last: '30 days' } }

/** How many days without an order make a customer lapsed. */
export const lapsedAfter = '180 days'

/** Part of `of`, in percent. */
const percent = (part: TraitOperand, of: TraitOperand): TraitDefinition => ({ unit: 'person', formula: { text: 'A / B * 100', of: [part, of] } })
const per = (part: TraitOperand, of: TraitOperand): TraitDefinition => ({ unit: 'person', formula: { text: 'A / B', of: [part, of] } })
const since = (each: 'month' | 'quarter' | 'year'): TraitOperand => ({ periodsSinceFirst: { ...order, each } })
const openCart = (amount: 'money' | 'units'): TraitDefinition => ({
  unit: 'person',
  formula: {
    text: 'A - B',
    of: [
      { sum: { did: { role: 'added_to_cart' }, property: { amount }, ...sinceOrder } },
      { sum: { did: { role: 'removed_from_cart' }, property: { amount }, ...sinceOrder } },
    ],
    floor: 0,
  },
})

type Written = [name: string, label: string, description: string, definition: Omit<TraitDefinition, 'unit'> & { unit?: SegmentUnit }]

const ordering: Written[] = [
  ['total_orders', 'Total orders', 'How many orders they placed.', { count: order }],
  ['total_spent', 'Total spent', 'The value of all their orders; refunds are not taken off.', { sum: { ...order, property: value } }],
  [
    'average_order_value',
    'Average order value',
    'Total spent divided by total orders; not known without an order.',
    per({ trait: 'total_spent' }, { trait: 'total_orders' }),
  ],
  ['first_order_date', 'First order', 'When they placed their first order.', { firstDate: order }],
  ['last_order_date', 'Last order', 'When they placed their last order.', { lastDate: order }],
  ['days_since_last_order', 'Days since the last order', 'Whole days of 24 hours since their last order.', { daysSinceLast: order }],
  [
    'mean_days_between_orders',
    'Mean days between orders',
    'From the first order to the last, divided by one less than there are; not known with fewer than two.',
    { meanDaysBetween: order },
  ],
  [
    'customer_type',
    'Customer type',
    '“new” with one order, “returning” with more; not known of those who never ordered.',
    {
      labels: {
        first: [
          { label: 'returning', where: { did: { role: 'order' }, count: { atLeast: 2 } } },
          { label: 'new', where: { did: { role: 'order' } } },
        ],
      },
    },
  ],
  [
    'preferred_product_categories',
    'Preferred product categories',
    'The three categories they ordered most often, counted by item, the most frequent first.',
    { topList: { ...order, property: { role: 'category' }, n: 3 } },
  ],
  [
    'discount_share',
    'Discount share',
    'How many percent of their orders had a discount above 0.',
    percent({ count: { ...order, where: [{ property: { role: 'discount' }, moreThan: 0 }] } }, { trait: 'total_orders' }),
  ],
  [
    'favourite_season',
    'Favourite season',
    'The season most of their orders were placed in; below the equator by the country of the order.',
    { mostFrequent: { ...order, property: { part: 'season' } } },
  ],
  ['refund_rate', 'Refund rate', 'Refunds for each hundred orders.', percent({ count: { did: { role: 'refund' } } }, { trait: 'total_orders' })],
  ['pre_orders', 'Pre-orders', 'How many of their orders were pre-orders.', { count: { ...order, where: [{ property: { role: 'pre_order' }, is: true }] } }],
  [
    'items_per_order',
    'Items per order',
    'Units ordered divided by orders.',
    per({ sum: { ...order, property: { amount: 'units' } } }, { trait: 'total_orders' }),
  ],
]

const overTime: Written[] = [
  [
    'orders_per_month',
    'Orders per month',
    'Orders divided by the calendar months since the first one, its own and the running one included.',
    per({ trait: 'total_orders' }, since('month')),
  ],
  ...(['month', 'quarter', 'year'] as const).map(
    (each): Written => [
      `average_spend_per_${each}`,
      `Average spend per ${each}`,
      `Total spent divided by the calendar ${each}s since the first order, its own and the running one included.`,
      per({ trait: 'total_spent' }, since(each)),
    ],
  ),
]

const visiting: Written[] = [
  [
    'acquisition_channel',
    'Acquisition channel',
    'The channel of the first thing they ever did that has one.',
    { firstValue: { did: { any: true }, property: '$channel' } },
  ],
  ['open_cart_value', 'Open cart value', 'What was put into the cart less what was taken out since the last order, never below 0.', openCart('money')],
  ['open_cart_items', 'Items in the open cart', 'Units put into the cart less those taken out since the last order, never below 0.', openCart('units')],
  [
    'cart_changed_at',
    'Cart changed',
    'When they last put something into the cart or took it out since the last order.',
    { lastDate: { did: cart, ...sinceOrder } },
  ],
  [
    'lifecycle_stage',
    'Lifecycle stage',
    `“lapsed” after ${lapsedAfter} without an order, “repeat” with two orders or more, “customer” with one; “lead” who filled a cart, began a checkout, kept a product, signed up for news or left an e-mail address; “visitor” everyone else.`,
    {
      labels: {
        first: [
          { label: 'lapsed', where: { all: [{ did: { role: 'order' } }, { not: { did: { role: 'order' }, within: { last: lapsedAfter } } }] } },
          { label: 'repeat', where: { did: { role: 'order' }, count: { atLeast: 2 } } },
          { label: 'customer', where: { did: { role: 'order' } } },
          {
            label: 'lead',
            where: {
              any: [
                { did: { role: 'added_to_cart' } },
                { did: { role: 'checkout_started' } },
                { did: { role: 'wishlist' } },
                { did: { role: 'newsletter' } },
                { property: 'standard.email', exists: true },
              ],
            },
          },
        ],
        otherwise: 'visitor',
      },
    },
  ],
]

const ofAccounts: Written[] = [
  [
    'active_people',
    'Active people',
    'How many of the account’s people did anything in the last 30 days.',
    { unit: 'account', people: { of: 'count', where: active } },
  ],
  [
    'active_departments',
    'Departments of active people',
    'How many different job functions the people have who did anything in the last 30 days.',
    { unit: 'account', people: { of: 'distinct', property: 'standard.job_function', where: active } },
  ],
  [
    'use_per_employee',
    'Use per employee',
    'Events of the last 30 days that carry the account, divided by its employees.',
    { unit: 'account', formula: { text: 'A / B', of: [{ count: { did: { any: true }, ...lastMonth } }, { property: 'standard.employees' }] } },
  ],
]

/** The traits that every project has: read from event roles, never from names. */
export const builtInTraits: ReadonlyMap<string, TraitInfo> = new Map(
  [...ordering, ...overTime, ...visiting, ...ofAccounts].map(([name, label, description, definition]) => [
    name,
    { name, label, description, definition: { unit: 'person', ...definition } },
  ]),
)
