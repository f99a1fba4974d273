import type { SourceKind } from './channel-sources.ts'

/** What is known of how a page was reached. Texts are trimmed and in lower case, '' where there is none. */
export interface Arrival {
  source: string
  medium: string
  campaign: string
  /** What the campaign's source is, what the click id says, what the referring site is. */
  sourceKind: SourceKind | undefined
  clickKind: SourceKind | 'Affiliate' | 'Display' | undefined
  siteKind: SourceKind | undefined
  /** A click id that only paid clicks carry. */
  isPaidClick: boolean
  /** `site`: another site sent the visitor. `own`: a page of the same site, or back from paying. */
  referrer: 'site' | 'own' | 'none'
}

/** Every channel there is. `docs/enrichment.md` lists the same. */
export type Channel =
  | 'AI Assistant'
  | 'Cross Network'
  | 'Email'
  | 'SMS'
  | 'Push'
  | 'Affiliate'
  | 'Audio'
  | 'Display'
  | `${'Paid' | 'Organic'} ${'Search' | 'Social' | 'Video' | 'Shopping'}`
  | 'Paid Unknown'
  | 'Referral'
  | 'Unknown'
  | 'Direct'

const paidMedium = /^(cpc|ppc|cpm|cpv|cpa|cpp|sem|retargeting|remarketing|paid.*)$/
const displayMedium = /^(display|banner|expandable|interstitial|native)$/

const mediumKinds: readonly (readonly [SourceKind, RegExp])[] = [
  ['Social', /social|^sm$/],
  ['Video', /video/],
  ['Shopping', /shopping/],
  ['Search', /search|^(organic|cpc|ppc|sem)$/],
]

const isPaid = ({ medium, isPaidClick }: Arrival) => isPaidClick || paidMedium.test(medium)
const saysCampaign = ({ source, medium, campaign }: Arrival) => source !== '' || medium !== '' || campaign !== ''

/** The kind of place the visitor came from: the source's own name counts before the click id, that before the medium, that before the referring site. */
function kindOf({ sourceKind, clickKind, medium, siteKind }: Arrival): string | undefined {
  return sourceKind ?? clickKind ?? mediumKinds.find(([, words]) => words.test(medium))?.[0] ?? siteKind
}
const paid = (kind: string) => (arrival: Arrival) => isPaid(arrival) && kindOf(arrival) === kind
const organic = (kind: string) => (arrival: Arrival) => kindOf(arrival) === kind

/** In this order; the first that applies names the channel. */
const rules: readonly (readonly [Channel, (arrival: Arrival) => boolean])[] = [
  ['Cross Network', ({ medium, campaign }) => /cross-network/.test(`${medium} ${campaign}`) || /\bpmax\b|performance[-_ ]?max/.test(campaign)],
  ['Email', ({ medium, sourceKind, clickKind }) => /e-?mail|e mail|newsletter/.test(medium) || sourceKind === 'Email' || clickKind === 'Email'],
  ['SMS', ({ source, medium }) => medium === 'sms' || source === 'sms'],
  ['Push', ({ source, medium }) => /push|notification/.test(medium) || source === 'push'],
  ['Affiliate', ({ medium, clickKind }) => /affiliate|partner/.test(medium) || clickKind === 'Affiliate'],
  ['Audio', ({ medium }) => /^(audio|podcast|radio)$/.test(medium)],
  ['AI Assistant', (arrival) => kindOf(arrival) === 'AI Assistant'],
  ['Display', ({ medium, clickKind }) => displayMedium.test(medium) || clickKind === 'Display'],
  ['Paid Search', paid('Search')],
  ['Paid Social', paid('Social')],
  ['Paid Video', paid('Video')],
  ['Paid Shopping', paid('Shopping')],
  ['Display', ({ medium }) => medium === 'cpm'],
  ['Paid Unknown', isPaid],
  ['Organic Search', organic('Search')],
  ['Organic Social', organic('Social')],
  ['Organic Video', organic('Video')],
  ['Organic Shopping', organic('Shopping')],
  ['Email', organic('Email')],
  ['Referral', ({ medium, referrer }) => /^(referral|link)$/.test(medium) || referrer === 'site'],
  ['Unknown', saysCampaign],
]

/** The channel that an arrival is evidence for; undefined where it is none: no campaign, no click id, no other site. */
export function channelOfArrival(arrival: Arrival): Channel | undefined {
  return rules.find(([, applies]) => applies(arrival))?.[0]
}
