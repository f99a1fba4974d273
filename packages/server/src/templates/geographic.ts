import type { Condition } from '@kindred/model'
import { duration, field, number, type Template, type TemplateData, texts } from './template.ts'

const deliveredNames = ['order_delivered', 'Order Delivered', 'fulfillment_delivered', 'shipment_delivered', 'Delivered'] as const
const place = (rest: object): Condition => ({ place: 'profile', ...rest }) as Condition

/** People in one place, named by a part of an address. */
function inPlace(id: string, part: 'country' | 'region' | 'city' | 'continent', words: { name: string; says: string; example: string }): Template {
  return {
    id,
    kind: 'geographic',
    name: words.name,
    says: words.says,
    needs: [field(part)],
    where: (data) => place({ [part]: [data.value(part, words.example)] }),
    adjust: [texts(words.name, `where.${part}`)],
  }
}

function near(data: TemplateData): Condition {
  const [latitude, longitude] = [Number(data.value('latitude', '53.35')), Number(data.value('longitude', '-6.26'))]
  return place({ near: { latitude, longitude, km: 25 } })
}

export const geographic: readonly Template[] = [
  inPlace('country', 'country', { name: 'In a country', says: 'Language, currency, holidays and delivery follow the country.', example: 'Ireland' }),
  inPlace('region', 'region', { name: 'In a region, state, province or county', says: 'Trends and tastes of a part of a country.', example: 'Leinster' }),
  inPlace('city', 'city', { name: 'In a city', says: 'Events, shops and pick-up in town.', example: 'Dublin' }),
  inPlace('continent', 'continent', { name: 'On a continent', says: 'Shipping by zones of the world.', example: 'Europe' }),
  {
    id: 'area',
    kind: 'geographic',
    name: 'In the European Union',
    says: 'Rules, taxes and duties that hold for a group of countries.',
    needs: [field('country')],
    where: () => place({ area: ['EU'] }),
    adjust: [texts('Groups of countries', 'where.area')],
  },
  {
    id: 'local-radius',
    kind: 'geographic',
    name: 'Locals: within 25 km',
    says: 'Close enough to walk into your shop.',
    needs: [field('latitude')],
    where: near,
    adjust: [number('Latitude', 'where.near.latitude'), number('Longitude', 'where.near.longitude'), number('Kilometres', 'where.near.km')],
  },
  {
    id: 'postal-codes',
    kind: 'geographic',
    name: 'In certain postal codes',
    says: 'A list of delivery areas, for notices that concern nobody else.',
    needs: [field('postal_code')],
    where: (data) => place({ postalCode: [data.value('postal_code', 'D02')] }),
    adjust: [texts('Postal codes', 'where.postalCode')],
  },
  {
    id: 'postal-code-prefix',
    kind: 'geographic',
    name: 'Postal code starting with …',
    says: 'A whole delivery area by the beginning of its codes.',
    needs: [field('postal_code')],
    where: (data) => place({ postalCodeStartsWith: [data.value('postal_code', 'D02').slice(0, 2)] }),
    adjust: [texts('Beginnings of postal codes', 'where.postalCodeStartsWith')],
  },
  {
    id: 'drawn-area',
    kind: 'geographic',
    name: 'Inside an area given by its corners',
    says: 'Any shape: a valley, a delivery zone, a district. Draw its corners on the map in the builder, or paste them.',
    needs: [field('latitude')],
    where: (data) => {
      const [latitude, longitude] = [Number(data.value('latitude', '53.35')), Number(data.value('longitude', '-6.26'))]
      const corner = (east: number, north: number): [number, number] => [round(longitude + east), round(latitude + north)]
      return place({ inside: [corner(-0.3, -0.2), corner(0.3, -0.2), corner(0.3, 0.2), corner(-0.3, 0.2)] })
    },
  },
  {
    id: 'climate-winter',
    kind: 'geographic',
    name: 'Where it is winter now',
    says: 'Seasonal goods for the half of the world that needs them now.',
    needs: [field('climate_season')],
    where: () => ({ property: 'standard.climate_season', is: ['winter'] }),
    adjust: [texts('Seasons', 'where.is')],
  },
  {
    id: 'time-zone',
    kind: 'geographic',
    name: 'In a time zone',
    says: 'Send when people are awake.',
    needs: [field('time_zone')],
    where: (data) => ({ property: 'standard.time_zone', is: [data.value('time_zone', 'Europe/Dublin')] }),
    adjust: [texts('Time zones', 'where.is')],
  },
  {
    id: 'language',
    kind: 'geographic',
    name: 'Speaks a language',
    says: 'Write to people in their own words.',
    needs: [field('language')],
    where: (data) => ({ property: 'standard.language', is: [data.value('language', 'English')] }),
    adjust: [texts('Languages', 'where.is')],
  },
  {
    id: 'lookers-abroad',
    kind: 'geographic',
    name: 'Window shoppers of a country',
    says: 'They look and never buy: perhaps the currency, the delivery or the language is missing.',
    needs: [field('country'), { role: 'product_viewed' }, { role: 'order' }],
    where: (data) => ({
      all: [
        place({ country: [data.value('country', 'Ireland')] }),
        { did: { role: 'product_viewed' }, within: { last: '90 days' } },
        { not: { did: { role: 'order' } } },
      ],
    }),
    adjust: [texts('Countries', 'where.all.0.country')],
  },
  {
    id: 'service-notice',
    kind: 'geographic',
    name: 'Service notice: open order to a delayed area',
    says: 'Ordered, not delivered yet, shipping to a postal code that is held up.',
    needs: [field('postal_code_shipping'), { role: 'order' }, { events: deliveredNames, says: 'an event when an order is delivered' }],
    where: (data) => ({
      all: [
        {
          sequence: [{ did: { role: 'order' } }, { absent: data.event(...deliveredNames) }],
          within: { last: '30 days' },
        },
        { place: 'profile', source: 'shipping', postalCodeStartsWith: [data.value('postal_code_shipping', 'D0').slice(0, 2)] },
      ],
    }),
    adjust: [texts('Beginnings of postal codes', 'where.all.1.postalCodeStartsWith'), duration('Ordered in the last', 'where.all.0.within.last')],
  },
]

function round(degrees: number): number {
  return Math.round(degrees * 1000) / 1000
}
