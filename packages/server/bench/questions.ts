import {
  type CellRow,
  type CompileContext,
  clausesOf,
  memberCountSql,
  planDefinition,
  planTrends,
  previewSql,
  type RenderedSql,
  render,
  trendsSql,
} from '@kindred/engine'
import { type SegmentDefinition, segmentDefinitionSchema, type TrendsInput, trendsQuerySchema } from '@kindred/model'
import { datasetNow } from './dataset.ts'

/** A question in the product's own language. The hand-written SQL that answers the same is `sql/NAME.sql`; `sql/NAME.floor.sql` only reads the columns. */
export interface Question {
  name: string
  sql: RenderedSql
  /** The sum of all numbers of the answer: equal to that of the hand-written SQL, or the two do not answer the same question. */
  total(rows: readonly Record<string, unknown>[]): number
  /** What the builder asks while a segment is being written: the size, and how many each clause keeps. */
  preview?: RenderedSql
}

/** The project of the data set. */
export const benchContext: CompileContext = {
  projectId: 1,
  now: datasetNow,
  timezone: 'UTC',
  weekStart: 'monday',
  currency: 'EUR',
  roles: {
    events: { order: ['order_completed'], product_viewed: ['product_viewed'] },
    properties: { value: 'revenue', currency: 'currency', category: 'category' },
  },
  hasOverrides: true,
  // As the catalog would say of what `dataset.ts` makes.
  textless: { event: new Set(['quantity', 'revenue']), person: new Set(['age']) },
  segments: new Map(),
}

const year = { from: '2025-01-01', to: '2025-12-31' }
const quarter = { from: '2025-10-01', to: '2025-12-31' }
const order = { role: 'order' } as const

const insights: Record<string, TrendsInput> = {
  'page-views-by-day': { series: [{ event: '$pageview' }], range: quarter },
  'visitors-by-country': {
    series: [{ event: '$pageview', measure: 'people' }],
    breakdown: { of: 'event', property: '$geoip_country_code' },
    range: year,
    display: 'ranking',
  },
  'revenue-by-month': { series: [{ event: order, measure: 'sum', property: 'revenue' }], range: year, interval: 'month' },
  'order-value-p90-by-week': {
    series: [{ event: order, measure: 'p90', property: 'revenue' }],
    range: { from: '2025-09-01', to: '2025-12-28' },
    interval: 'week',
  },
  'views-by-category': { series: [{ event: 'product_viewed' }], breakdown: { of: 'event', property: 'category' }, range: year, display: 'ranking' },
  'buyers-by-plan': { series: [{ event: order, measure: 'people' }], breakdown: { of: 'person', property: 'plan' }, range: year, display: 'ranking' },
  'buyers-and-visitors-by-country': {
    series: [
      { event: '$pageview', measure: 'people' },
      { event: order, measure: 'people' },
    ],
    formulas: ['B / A'],
    breakdown: { of: 'event', property: '$geoip_country_code' },
    range: year,
    display: 'ranking',
  },
  'views-with-rare-property': {
    series: [{ event: 'product_viewed', filters: [{ of: 'event', property: 'property_40', is: 'alpha' }] }],
    range: quarter,
  },
}

/** From simple to nasty. */
const segments: Record<string, Omit<SegmentDefinition, 'unit'> & { unit?: 'account' }> = {
  'young-on-plan': {
    where: {
      all: [
        { property: 'country', is: ['IE', 'GB'] },
        { property: 'plan', is: ['plus', 'pro'] },
        { property: 'age', lessThan: 30 },
      ],
    },
  },
  'bought-shoes-recently': {
    where: { did: order, where: [{ property: 'category', is: 'shoes' }], count: { atLeast: 2 }, within: { last: '60 days' } },
  },
  'big-spenders': { where: { did: order, sum: { property: 'revenue', atLeast: 500 }, within: { last: '365 days' } } },
  'lapsed-buyers': { where: { all: [{ did: order }, { not: { did: order, within: { last: '90 days' } } }] } },
  'window-shoppers': {
    where: { all: [{ did: 'product_viewed', count: { atLeast: 5 }, within: { last: '180 days' } }, { not: { did: order } }] },
  },
  'rare-property-viewers': {
    where: { did: { any: true }, where: [{ property: 'property_40', is: 'alpha' }], within: { last: '30 days' } },
  },
  'three-behaviours': {
    where: {
      all: [
        { did: 'product_viewed', where: [{ property: 'category', is: 'shoes' }], count: { atLeast: 2 }, within: { last: '90 days' } },
        { did: 'product_added_to_cart', where: [{ property: 'quantity', atLeast: 2 }], within: { last: '60 days' } },
        { not: { did: order, where: [{ property: 'category', is: 'shoes' }], within: { last: '60 days' } } },
      ],
    },
  },
  'carted-and-left': {
    where: {
      sequence: [
        { did: 'product_viewed', where: [{ property: 'category', is: 'shoes' }] },
        { did: 'product_added_to_cart', within: '7 days' },
        { absent: order, within: '7 days' },
      ],
      within: { last: '90 days' },
    },
  },
  'weekly-visitors': { where: { regularly: '$pageview', periods: { atLeast: 4, of: 6, each: '7 days' } } },
  'slowing-down': {
    where: {
      compare: { did: 'product_viewed', within: { last: '30 days' } },
      is: 'lessThan',
      times: 0.5,
      than: { did: 'product_viewed', within: { from: '2025-11-02', to: '2025-12-01' } },
    },
  },
  'busy-accounts': {
    unit: 'account',
    accountType: 'company',
    where: {
      all: [
        { property: 'industry', is: ['retail', 'software'] },
        { people: { atLeast: 2 }, where: { did: 'product_viewed', count: { atLeast: 3 }, within: { last: '90 days' } } },
        { not: { did: order, within: { last: '30 days' } } },
      ],
    },
  },
  'top-tenth-by-spending': { where: { trait: 'total_spent', rank: { topPercent: 10 } } },
}

export function insightQuestions(): Question[] {
  return Object.entries(insights).map(([name, query]) => ({
    name,
    sql: trendsSql(planTrends(trendsQuerySchema.parse(query), benchContext, null)),
    total: (rows) => (rows as unknown as CellRow[]).reduce((sum, row) => sum + Number(row.value), 0),
  }))
}

export function segmentQuestions(): Question[] {
  return Object.entries(segments).map(([name, asked]) => {
    const definition = segmentDefinitionSchema.parse({ unit: 'person', ...asked })
    const plan = planDefinition(definition, benchContext)
    return {
      name,
      sql: render(memberCountSql(plan, benchContext)),
      total: (rows) => Number(rows[0]?.members),
      preview: render(previewSql(plan, clausesOf(definition, plan), benchContext)),
    }
  })
}
