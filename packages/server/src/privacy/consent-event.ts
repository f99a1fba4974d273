import { type ConsentChannel, type ConsentState, consentChannels, consentPurposePattern, consentStates, type JsonValue, type Properties } from '@kindred/model'

/** The event that writes to the consent ledger. */
export const consentEvent = '$consent'

/** A row of the ledger. `reference` makes a repeated event one row. */
export interface ConsentRow {
  projectId: number
  personId: number
  channel: string
  purpose: string
  state: string
  source: string
  at: number
  recordedAt: number
  recordedBy: string
  reference: string
}
interface ReadConsent {
  channel: ConsentChannel
  purpose: string
  state: ConsentState
  source: string
}

const longestSource = 200

/**
 * What a `$consent` event says: `channel` and `purpose` (a text or a list of texts each), `state` (or `granted`, true or false) and `source`. Each
 * channel with each purpose is one entry. Empty where any of it cannot be read: half a consent would be a guess.
 */
export function readConsent(properties: Properties): ReadConsent[] {
  const channels = texts(properties.channel)
  const purposes = texts(properties.purpose)
  const state = typeof properties.granted === 'boolean' ? (properties.granted ? 'granted' : 'withdrawn') : properties.state
  if (!isOf(consentStates, state) || channels.length === 0 || purposes.length === 0) return []
  if (!channels.every((channel) => isOf(consentChannels, channel)) || !purposes.every((purpose) => consentPurposePattern.test(purpose))) return []
  const source = typeof properties.source === 'string' ? properties.source.trim().slice(0, longestSource) : ''
  return channels.flatMap((channel) => purposes.map((purpose) => ({ channel: channel as ConsentChannel, purpose, state, source })))
}

function texts(value: JsonValue | undefined): string[] {
  const list = Array.isArray(value) ? value : [value]
  return list.every((each) => typeof each === 'string') ? list.map((each) => each.trim()) : []
}

function isOf<Word extends string>(words: readonly Word[], value: JsonValue | undefined): value is Word {
  return words.some((word) => word === value)
}
