import type { SessionFact } from '@kindred/model'
import type { ValueType } from '../conditions/operators.ts'

interface FactWords {
  words: string
  type: ValueType
  /** The property of events whose values are offered. */
  like?: string
}

/** What is known of a visit, as a reader chooses it. */
export const sessionFactWords: Record<SessionFact, FactWords> = {
  number: { words: 'number of the visit (1 is the first)', type: 'number' },
  length: { words: 'length in seconds', type: 'number' },
  pages: { words: 'pages viewed', type: 'number' },
  events: { words: 'things done', type: 'number' },
  bounced: { words: 'left after one page', type: 'yes-no' },
  entry_page: { words: 'first page', type: 'text', like: '$pathname' },
  exit_page: { words: 'last page', type: 'text', like: '$pathname' },
  landing_url: { words: 'address they landed on', type: 'text', like: '$current_url' },
  referrer: { words: 'site they came from', type: 'text', like: '$referrer' },
  channel: { words: 'channel', type: 'text' },
  source: { words: 'source', type: 'text', like: 'utm_source' },
  medium: { words: 'medium', type: 'text', like: 'utm_medium' },
  campaign: { words: 'campaign', type: 'text', like: 'utm_campaign' },
  device: { words: 'device', type: 'text', like: '$device_type' },
  country: { words: 'country', type: 'text', like: '$geoip_country_name' },
}
