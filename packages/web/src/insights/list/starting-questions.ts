import type { EventDefinition, EventRole, Project, PropertyDefinition, Status, TrendsInput, TrendsQuery } from '@kindred/model'
import { trendsQuerySchema } from '@kindred/model'
import { recentRange } from '../../home/recent-range.ts'
import { mostUsed } from '../question/default-question.ts'

export interface StartingQuestion {
  name: string
  says: string
  query: TrendsQuery
}

interface Known {
  events: readonly EventDefinition[]
  properties: readonly PropertyDefinition[]
  project: Pick<Project, 'roles' | 'timezone'>
  status: Pick<Status, 'lastEventAt'>
  now: number
}

const countries = ['country', '$geoip_country_name', '$geoip_country_code', 'shipping_country', 'billing_country']
const browsers = ['$browser', 'browser']

/** Questions that this project's own events and properties can answer; one that lacks its data is not offered. */
export function startingQuestions(known: Known): StartingQuestion[] {
  const { project, properties } = known
  const recent = recentRange(known.status.lastEventAt, project.timezone, known.now).range
  const has = (role: EventRole) => (project.roles.events[role]?.length ?? 0) > 0
  const find = (names: readonly string[], of: 'person' | 'event') => names.find((name) => properties.some((each) => each.of === of && each.name === name))
  const value = project.roles.properties.value
  const country = find(countries, 'person')
  const browser = find(browsers, 'event')
  const visited = mostUsed(known.events.filter((event) => event.name === '$pageview' || event.role === 'product_viewed'))
  const offers: ([string, string, TrendsInput] | false | undefined)[] = [
    has('order') &&
      value !== undefined && [
        'Revenue by month',
        'What orders were worth, month by month',
        { series: [{ event: { role: 'order' }, measure: 'sum', property: value }], range: { from: 'all' }, interval: 'month' },
      ],
    has('order') &&
      value !== undefined && [
        'Average order value',
        'Revenue over the number of orders',
        {
          series: [{ event: { role: 'order' }, measure: 'sum', property: value }, { event: { role: 'order' } }],
          formulas: ['A / B'],
          range: { from: 'all' },
          interval: 'month',
          format: 'money',
        },
      ],
    has('order') &&
      country !== undefined && [
        'Customers by country',
        'People who ordered, on the map',
        {
          series: [{ event: { role: 'order' }, measure: 'people' }],
          breakdown: { of: 'person', property: country, limit: 250 },
          range: { from: 'all' },
          display: 'map',
        },
      ],
    has('order') &&
      has('product_viewed') &&
      country !== undefined && [
        'Lookers who buy, by country',
        'Buyers for each viewer; countries that only look show 0 %',
        {
          series: [
            { event: { role: 'product_viewed' }, measure: 'people' },
            { event: { role: 'order' }, measure: 'people' },
          ],
          formulas: ['B / A'],
          breakdown: { of: 'person', property: country, limit: 250 },
          range: { from: 'all' },
          display: 'ranking',
          format: 'percent',
        },
      ],
    browser !== undefined &&
      visited !== null && [
        'Visits by browser',
        'What people look with',
        { series: [{ event: visited.name, measure: 'people' }], breakdown: { of: 'event', property: browser }, range: recent, display: 'ranking' },
      ],
    visited !== null && ['Active people by day', 'Different people each day', { series: [{ event: { any: true }, measure: 'people' }], range: recent }],
  ]
  return offers.filter((offer) => offer !== false && offer !== undefined).map(([name, says, query]) => ({ name, says, query: trendsQuerySchema.parse(query) }))
}
