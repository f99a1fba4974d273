import { gamma, integer, lognormal, pick, seededRandom, weighted } from '@kindred/science'
import { type Place, places } from './places.ts'

/** A company whose people buy for it: an account. */
export interface Company {
  key: string
  name: string
  domain: string
  place: Place
  industry: string
  employees: number
  /** A year, in whole currency. */
  revenue: number
  businessModel: string
  stack: readonly string[]
}

const industries = [
  'AI & Data',
  'Consumer software',
  'Developer tools',
  'E-commerce',
  'Education',
  'Enterprise software',
  'Finance',
  'Healthcare',
  'Logistics',
  'Marketing',
] as const
const software = ['Slack', 'Salesforce', 'HubSpot', 'SAP', 'Google Workspace', 'Microsoft 365', 'Jira', 'Shopify', 'Zendesk', 'Figma'] as const
const words = ['Blue Harbour', 'Granite', 'Silverline', 'Copperfield', 'Meridian', 'Fairway', 'Lighthouse', 'Redwood', 'Stonebridge', 'Clearwater'] as const
const suffixes = ['Works', 'Group', 'Labs', 'Partners', 'Systems'] as const
const count = 40

const drawPlace = weighted(places, (place) => (place.delivered ? place.weight : 0))

/** The company of a business buyer: 40 of them, some with several buyers. */
export function companyOf(seed: string, shopper: number): Company {
  const number = integer(seededRandom(`${seed}/employer/${shopper}`), 0, count - 1)
  const random = seededRandom(`${seed}/company/${number}`)
  const name = `${words[number % words.length]} ${suffixes[Math.floor(number / 8)]}`
  const employees = Math.max(3, Math.round(lognormal(random, Math.log(140), 1.4)))
  return {
    key: `company-${String(number + 1).padStart(3, '0')}`,
    name,
    domain: `${name.toLowerCase().replace(/[^a-z]/g, '')}.example`,
    place: drawPlace(random),
    industry: pick(random, industries),
    employees,
    revenue: Math.round((employees * gamma(random, 4, 160_000)) / 10_000) * 10_000,
    businessModel: pick(random, ['B2B', 'B2C', 'B2B2C', 'Marketplace']),
    stack: [...new Set([pick(random, software), pick(random, software), pick(random, software)])],
  }
}
