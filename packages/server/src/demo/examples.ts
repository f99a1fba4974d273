import { insightSave, type SegmentDefinition, segmentSave, type TrendsInput } from '@kindred/model'
import { firstUser } from '../auth/sessions.ts'
import { saveInsight } from '../insights/saved.ts'
import type { Parts } from '../parts.ts'
import { findProject } from '../projects/projects.ts'
import { createSegment } from '../segments/segments.ts'

/** What a newcomer finds in the demo shop: questions worth asking of any shop. */
const insights: readonly { name: string; query: TrendsInput }[] = [
  {
    name: 'Revenue by month',
    query: {
      series: [{ event: { role: 'order' }, measure: 'sum', property: 'revenue', name: 'Revenue' }],
      range: { from: '-12m' },
      interval: 'month',
      display: 'line',
    },
  },
  {
    name: 'Customers by country',
    query: {
      series: [{ event: { role: 'order' }, measure: 'people', name: 'Customers' }],
      breakdown: { of: 'event', property: '$geoip_country_code', limit: 200 },
      range: { from: '-12m' },
      display: 'map',
    },
  },
  {
    name: 'Average order value',
    query: {
      series: [
        { event: { role: 'order' }, measure: 'sum', property: 'revenue', name: 'Revenue' },
        { event: { role: 'order' }, name: 'Orders' },
      ],
      formulas: ['A / B'],
      range: { from: '-12m' },
      interval: 'month',
      display: 'line',
    },
  },
  {
    name: 'Visitors who order, by country',
    query: {
      series: [
        { event: '$pageview', measure: 'people', name: 'Visitors' },
        { event: { role: 'order' }, measure: 'people', name: 'Customers' },
      ],
      formulas: ['B / A'],
      breakdown: { of: 'event', property: '$geoip_country_name', limit: 25 },
      range: { from: '-90d' },
      display: 'ranking',
    },
  },
  {
    name: 'Page views by browser',
    query: {
      series: [{ event: '$pageview', name: 'Page views' }],
      breakdown: { of: 'event', property: '$browser' },
      range: { from: '-30d' },
      display: 'ranking',
    },
  },
  {
    name: 'Refunds by reason',
    query: {
      series: [{ event: { role: 'refund' }, name: 'Refunds' }],
      breakdown: { of: 'event', property: 'reason' },
      range: { from: '-12m' },
      display: 'ranking',
    },
  },
  {
    name: 'Searches without result',
    query: {
      series: [{ event: { role: 'search' }, filters: [{ of: 'event', property: 'results', equals: 0 }], name: 'Searches without result' }],
      breakdown: { of: 'event', property: 'query' },
      range: { from: '-90d' },
      display: 'ranking',
    },
  },
]

const order = { did: { role: 'order' } } as const

const segments: readonly { name: string; description: string; definition: SegmentDefinition }[] = [
  {
    name: 'Frequent buyers',
    description: 'At least four orders in the last half year.',
    definition: { unit: 'person', where: { ...order, count: { atLeast: 4 }, within: { last: '180 days' } } },
  },
  {
    name: 'Power users',
    description: 'More than twenty orders in the last thirty days.',
    definition: { unit: 'person', where: { ...order, count: { moreThan: 20 }, within: { last: '30 days' } } },
  },
  {
    name: 'Window shoppers',
    description: 'They look at products again and again, and have never ordered.',
    definition: {
      unit: 'person',
      where: { all: [{ did: { role: 'product_viewed' }, count: { atLeast: 5 } }, { not: order }] },
    },
  },
  {
    name: 'Bargain hunters',
    description: 'Three or more orders with a discount, and none at full price in the last half year.',
    definition: {
      unit: 'person',
      where: {
        all: [
          { ...order, where: [{ property: 'discount', moreThan: 0 }], count: { atLeast: 3 } },
          { not: { ...order, where: [{ property: 'discount', equals: 0 }], within: { last: '180 days' } } },
        ],
      },
    },
  },
  {
    name: 'Lapsed customers',
    description: 'They ordered at least twice, and not at all in the last 120 days.',
    definition: {
      unit: 'person',
      where: { all: [{ ...order, count: { atLeast: 2 } }, { not: { ...order, within: { last: '120 days' } } }] },
    },
  },
  {
    name: 'Skiers',
    description: 'They have bought from Ski & Snow.',
    definition: { unit: 'person', where: { ...order, where: [{ property: 'category', is: 'Ski & Snow' }] } },
  },
]

/** Saves the examples in the demo's project, the first of each list last, since the newest is shown first. */
export async function saveExamples(parts: Parts, projectId: number): Promise<void> {
  const project = await findProject(parts, projectId)
  const author = await firstUser(parts)
  for (const insight of insights.toReversed()) await saveInsight(parts, { projectId, userId: author.id }, insightSave.parse(insight))
  for (const segment of segments.toReversed()) await createSegment(parts, project, { save: segmentSave.parse(segment), author })
}
