import { duration, number, order, role, type Template, text, texts } from './template.ts'

const chatEvents = ['chat_message', 'chat_started', 'Chat Started', 'conversation_started', 'Conversation Started', 'message_sent'] as const
const week = { last: '7 days' } as const

/** What people bought. */
const purchases: readonly Template[] = [
  {
    id: 'frequent-buyers',
    kind: 'behavioural',
    name: 'Frequent buyers',
    says: 'More than five purchases: people who need no convincing, only a reason to come back.',
    needs: [role('order')],
    where: () => ({ did: order, count: { moreThan: 5 } }),
    adjust: [number('More purchases than', 'where.count.moreThan')],
  },
  {
    id: 'power-users',
    kind: 'behavioural',
    name: 'Power users',
    says: 'More than 20 purchases in a month.',
    needs: [role('order')],
    where: () => ({ did: order, count: { moreThan: 20 }, within: { last: '30 days' } }),
    adjust: [number('More purchases than', 'where.count.moreThan'), duration('In the last', 'where.within.last')],
  },
  {
    id: 'seasonal-buyers',
    kind: 'behavioural',
    name: 'Seasonal buyers',
    says: 'Every order of theirs lies in the holidays. Plan for them once a year, and leave them in peace the rest of it.',
    needs: [role('order')],
    where: () => ({ did: order, during: { season: 'Holidays' }, share: { equals: 100 } }),
    adjust: [text('Season', 'where.during.season'), number('Percent of their orders', 'where.share.equals')],
  },
  {
    id: 'winter-gear',
    kind: 'behavioural',
    name: 'Buys for the winter',
    says: 'Bought in winter, last time: show them the new winter things when it grows cold.',
    needs: [role('order')],
    where: () => ({ last: order, during: { season: 'Winter' } }),
    adjust: [text('Season', 'where.during.season')],
  },
  {
    id: 'category-buyers',
    kind: 'behavioural',
    name: 'Bought from a category',
    says: 'What they bought before says what they may need next.',
    needs: [role('order'), { propertyRole: 'category' }],
    where: (data) => {
      const category = data.propertyRole('category', 'category')
      return { did: order, where: [{ property: category, is: [data.eventValue(category, 'Shoes')] }] }
    },
    adjust: [texts('Categories', 'where.where.0.is')],
  },
  {
    id: 'regular-buyers',
    kind: 'behavioural',
    name: 'Buys every month',
    says: 'Ordered in at least three of the last four months: candidates for a subscription.',
    needs: [role('order')],
    where: () => ({ regularly: order, periods: { atLeast: 3, of: 4, each: '1 month', calendar: true } }),
    adjust: [number('Months with an order', 'where.periods.atLeast'), number('Of the last months', 'where.periods.of')],
  },
  {
    id: 'mobile-buyers',
    kind: 'behavioural',
    name: 'Mobile buyers',
    says: 'Ordered on a phone in the last 90 days.',
    needs: [role('order'), { properties: ['$device_type'], says: 'the kind of device of orders' }],
    where: () => ({ did: order, where: [{ property: '$device_type', is: ['Mobile'] }], within: { last: '90 days' } }),
    adjust: [duration('In the last', 'where.within.last')],
  },
]

/** What people looked at, and left behind. */
const browsing: readonly Template[] = [
  {
    id: 'cart-abandoners',
    kind: 'behavioural',
    name: 'Left a cart behind',
    says: 'Put something in the cart this week and did not order within an hour.',
    needs: [role('added_to_cart'), role('order')],
    where: () => ({
      sequence: [{ did: { role: 'added_to_cart' } }, { absent: order, within: '1 hour' }],
      within: week,
    }),
    adjust: [duration('No order within', 'where.sequence.1.within'), duration('In the last', 'where.within.last')],
  },
  {
    id: 'checkout-abandoners',
    kind: 'behavioural',
    name: 'Left at the checkout',
    says: 'Began to pay and stopped: often the price of delivery, or an account they had to open.',
    needs: [role('checkout_started'), role('order')],
    where: () => ({ sequence: [{ did: { role: 'checkout_started' } }, { absent: order, within: '1 hour' }], within: week }),
    adjust: [duration('No order within', 'where.sequence.1.within'), duration('In the last', 'where.within.last')],
  },
  {
    id: 'browse-abandoners',
    kind: 'behavioural',
    name: 'Looked and left',
    says: 'Looked at products and put none in the cart for a day.',
    needs: [role('product_viewed'), role('added_to_cart')],
    where: () => ({ sequence: [{ did: { role: 'product_viewed' } }, { absent: { role: 'added_to_cart' }, within: '24 hours' }], within: week }),
    adjust: [duration('Nothing in the cart within', 'where.sequence.1.within'), duration('In the last', 'where.within.last')],
  },
  {
    id: 'large-carts',
    kind: 'behavioural',
    name: 'Full carts',
    says: 'More than 100 in the open cart: the ones worth a call.',
    needs: [],
    where: () => ({ trait: 'open_cart_value', moreThan: 100 }),
    adjust: [number('Worth more than', 'where.moreThan')],
  },
  {
    id: 'viewed-category',
    kind: 'behavioural',
    name: 'Keeps looking at a category',
    says: 'Looked at products of one kind three times or more in a month.',
    needs: [role('product_viewed'), { propertyRole: 'category' }],
    where: (data) => {
      const category = data.propertyRole('category', 'category')
      return {
        did: { role: 'product_viewed' },
        where: [{ property: category, is: [data.eventValue(category, 'Shoes')] }],
        count: { atLeast: 3 },
        within: { last: '30 days' },
      }
    },
    adjust: [texts('Categories', 'where.where.0.is'), number('At least so often', 'where.count.atLeast')],
  },
  {
    id: 'list-viewers',
    kind: 'behavioural',
    name: 'Browses whole categories',
    says: 'Opened lists of products, but no single one: show them more pictures.',
    needs: [role('product_list_viewed'), role('product_viewed')],
    where: () => ({
      all: [{ did: { role: 'product_list_viewed' }, within: { last: '30 days' } }, { not: { did: { role: 'product_viewed' }, within: { last: '30 days' } } }],
    }),
  },
  {
    id: 'window-shoppers',
    kind: 'behavioural',
    name: 'Window shoppers',
    says: 'Looked at products five times or more and never ordered.',
    needs: [role('product_viewed'), role('order')],
    where: () => ({ all: [{ did: { role: 'product_viewed' }, count: { atLeast: 5 } }, { not: { did: order } }] }),
    adjust: [number('Looked at least so often', 'where.all.0.count.atLeast')],
  },
  {
    id: 'looks-more-than-buys',
    kind: 'behavioural',
    name: 'Looks far more than they buy',
    says: 'Twenty looks or more for each order of the last 90 days.',
    needs: [role('product_viewed'), role('order')],
    where: () => ({
      all: [
        { did: order, within: { last: '90 days' } },
        {
          compare: { did: { role: 'product_viewed' }, within: { last: '90 days' } },
          is: 'atLeast',
          than: { did: order, within: { last: '90 days' } },
          times: 20,
        },
      ],
    }),
    adjust: [number('Looks for each order', 'where.all.1.times')],
  },
  {
    id: 'search-without-result',
    kind: 'behavioural',
    name: 'Searched and found nothing',
    says: 'What they wanted is missing, or called by another name.',
    needs: [role('search'), { properties: ['results', 'results_count', 'result_count', 'number_of_results'], says: 'how many results a search had' }],
    where: (data) => ({
      did: { role: 'search' },
      where: [{ property: data.property('results', 'results_count', 'result_count', 'number_of_results'), equals: 0 }],
      within: { last: '30 days' },
    }),
    adjust: [duration('In the last', 'where.within.last')],
  },
  {
    id: 'wishlist',
    kind: 'behavioural',
    name: 'Keeps a wish list',
    says: 'Told you what they want: tell them when it is cheaper or almost gone.',
    needs: [role('wishlist')],
    where: () => ({ did: { role: 'wishlist' }, within: { last: '180 days' } }),
    adjust: [duration('In the last', 'where.within.last')],
  },
]

/** Visits, pages, messages and talk. */
const engagement: readonly Template[] = [
  {
    id: 'first-visit',
    kind: 'behavioural',
    name: 'First visit',
    says: 'Here for the first time in the last week, and never again yet.',
    needs: [{ sessions: true }],
    where: () => ({
      all: [
        { session: [{ property: 'number', equals: 1 }], within: week },
        { session: [], count: { equals: 1 } },
      ],
    }),
    adjust: [duration('In the last', 'where.all.0.within.last')],
  },
  {
    id: 'second-visit',
    kind: 'behavioural',
    name: 'Second visit',
    says: 'Came back once: now they are really looking.',
    needs: [{ sessions: true }],
    where: () => ({
      all: [
        { session: [{ property: 'number', equals: 2 }], within: week },
        { session: [], count: { equals: 2 } },
      ],
    }),
    adjust: [duration('In the last', 'where.all.0.within.last')],
  },
  {
    id: 'many-visits',
    kind: 'behavioural',
    name: 'Ten visits or more',
    says: 'Knows the place.',
    needs: [{ sessions: true }],
    where: () => ({ session: [], count: { atLeast: 10 } }),
    adjust: [number('Visits', 'where.count.atLeast')],
  },
  {
    id: 'returning-visitors',
    kind: 'behavioural',
    name: 'Returning visitors',
    says: 'Visited this week, and before.',
    needs: [{ sessions: true }],
    where: () => ({ session: [{ property: 'number', moreThan: 1 }], within: week }),
    adjust: [duration('In the last', 'where.within.last')],
  },
  {
    id: 'page-visitors',
    kind: 'behavioural',
    name: 'Read a certain page',
    says: 'Visitors of a page or of a part of the site.',
    needs: [{ events: ['$pageview'], says: 'page views' }],
    where: () => ({ did: '$pageview', where: [{ property: '$current_url', pathStartsWith: ['/sale'] }], within: { last: '30 days' } }),
    adjust: [texts('The path begins with', 'where.where.0.pathStartsWith'), duration('In the last', 'where.within.last')],
  },
  {
    id: 'from-campaign',
    kind: 'behavioural',
    name: 'Came through a campaign',
    says: 'Whom an advertisement or a mailing brought here.',
    needs: [{ sessions: true }, { properties: ['utm_campaign', '$utm_campaign'], says: 'campaigns of visits' }],
    where: (data) => ({ session: [{ property: 'campaign', is: [data.eventValue('utm_campaign', 'spring-sale')] }], within: { last: '90 days' } }),
    adjust: [texts('Campaigns', 'where.session.0.is'), duration('In the last', 'where.within.last')],
  },
  {
    id: 'email-engaged',
    kind: 'behavioural',
    name: 'Engaged by e-mail',
    says: 'Opened or clicked an e-mail in the last 30 days: safe to write to more often.',
    needs: [{ messages: 'email' }],
    where: () => ({
      any: [
        { message: 'opened', channel: 'email', within: { last: '30 days' } },
        { message: 'clicked', channel: 'email', within: { last: '30 days' } },
      ],
    }),
    adjust: [duration('Opened in the last', 'where.any.0.within.last'), duration('Clicked in the last', 'where.any.1.within.last')],
  },
  {
    id: 'email-unengaged',
    kind: 'behavioural',
    name: 'Unengaged by e-mail',
    says: 'Got three e-mails or more in 90 days and opened none: write less, or not at all.',
    needs: [{ messages: 'email' }],
    where: () => ({
      all: [
        { message: 'sent', channel: 'email', count: { atLeast: 3 }, within: { last: '90 days' } },
        { not: { message: 'opened', channel: 'email', within: { last: '90 days' } } },
        { not: { message: 'clicked', channel: 'email', within: { last: '90 days' } } },
      ],
    }),
    adjust: [number('E-mails at least', 'where.all.0.count.atLeast')],
  },
  {
    id: 'sms-engaged',
    kind: 'behavioural',
    name: 'Engaged by text message',
    says: 'Clicked in a text message in the last 90 days.',
    needs: [{ messages: 'sms' }],
    where: () => ({ message: 'clicked', channel: 'sms', within: { last: '90 days' } }),
    adjust: [duration('In the last', 'where.within.last')],
  },
  {
    id: 'newsletter-subscribers',
    kind: 'behavioural',
    name: 'Takes the newsletter',
    says: 'Signed up, and did not leave since.',
    needs: [role('newsletter')],
    where: () => ({ all: [{ did: { role: 'newsletter' } }, { not: { message: 'unsubscribed', channel: 'email' } }] }),
  },
  {
    id: 'chat-active',
    kind: 'behavioural',
    name: 'Talks to you',
    says: 'Wrote in the chat in the last 30 days.',
    needs: [{ events: chatEvents, says: 'chat messages' }],
    where: (data) => ({ did: data.event(...chatEvents), within: { last: '30 days' } }),
    adjust: [duration('In the last', 'where.within.last')],
  },
  {
    id: 'vip-live',
    kind: 'behavioural',
    name: 'VIPs taking part in a live event',
    says: 'Among the best customers, and writing right now: speak to them by name.',
    needs: [{ events: chatEvents, says: 'chat messages' }],
    where: (data) => ({
      all: [
        { trait: 'total_spent', rank: { topPercent: 10 } },
        { did: data.event(...chatEvents), within: { last: '15 minutes' } },
      ],
    }),
    adjust: [number('Best percent of customers', 'where.all.0.rank.topPercent'), duration('Wrote in the last', 'where.all.1.within.last')],
  },
]

export const behavioural: readonly Template[] = [...purchases, ...browsing, ...engagement]
