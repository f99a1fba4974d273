import type { EventDefinition, EventRole, PropertyDefinition, Roles, Season, SegmentUnit } from '@kindred/model'
import { emptyDraft, writeDraft } from '../../conditions/property-draft.ts'
import { valueTypeOf } from '../../conditions/value-type.ts'
import type { AccountProperty } from '../../data/account-properties.ts'
import { eventRoleWords } from '../../data/role-words.ts'
import { type KnownTrait, traitType } from '../../data/traits.ts'
import type { DidDraft, RowDraft } from '../tree/row-draft.ts'

export interface MenuItem {
  label: string
  draft: RowDraft
  negated?: true
  /** How many events or people it is drawn from. */
  count?: number
  /** Other words somebody may look for it by. */
  also?: string
}
export interface MenuGroup {
  label: string
  items: MenuItem[]
}

export interface Known {
  events: readonly EventDefinition[]
  properties: readonly PropertyDefinition[]
  roles: Roles
  traits?: readonly KnownTrait[]
  accountProperties?: readonly AccountProperty[]
  hasAccounts?: boolean
  seasons?: readonly Season[]
}

const browsed: readonly EventRole[] = ['product_viewed', 'product_list_viewed', 'search', 'wishlist', 'newsletter', 'removed_from_cart']
const places = /(^|[_$.-])(country|region|state|province|county|city|postal|postcode|zip|continent|time_?zone|language|locale|geoip)([_.-]|$)/i
const visits = ['$pageview', '$screen', 'page_viewed', 'Page Viewed']
const lately = { last: '30 days' }

/** How many groups are in view before the reader asks for more. */
export const firstGroups = 6

/**
 * What a condition can start from, as people say it, drawn from what the project really has: roles before names, most used first. Groups that the
 * project has nothing for are left out.
 */
export function conditionMenu(known: Known, unit: SegmentUnit = 'person'): MenuGroup[] {
  const own = unit === 'account' ? accountGroups(known) : personGroups(known)
  const groups: MenuGroup[] = [
    { label: 'Bought', items: [...buyingItems(known)] },
    { label: 'Browsed', items: browsingItems(known) },
    ...own,
    { label: 'Over time', items: timeItems(known) },
    {
      label: 'In a segment',
      items: [
        { label: 'Is in another segment', draft: { kind: 'in', in: null } },
        { label: 'Joined a segment lately', draft: { kind: 'in', in: null, joinedWithin: '7 days' } },
      ],
    },
    { label: 'Computed', items: traitItems(known) },
    { label: 'More', items: moreItems(known, unit) },
  ]
  return groups.filter((group) => group.items.length > 0)
}

/** What the builder opens on: recent orders, else the most used event lately. */
export function firstRow({ events, roles }: Known): RowDraft {
  if (roles.events.order?.length) return did({ role: 'order' }, { within: lately })
  const own = events.filter((event) => !event.name.startsWith('$') || visits.includes(event.name)).sort((a, b) => b.count - a.count)
  const [most] = own
  return most === undefined ? did(null) : did(most.name, { within: lately })
}

const did = (event: DidDraft['did'], rest: Partial<DidDraft> = {}): DidDraft => ({ kind: 'did', did: event, ...rest })

const has = ({ roles }: Known, role: EventRole): boolean => (roles.events[role]?.length ?? 0) > 0

function roleItem(known: Known, role: EventRole): MenuItem[] {
  if (!has(known, role)) return []
  const names = known.roles.events[role] ?? []
  const count = known.events.filter(({ name }) => names.includes(name)).reduce((sum, event) => sum + event.count, 0)
  return [{ label: eventRoleWords[role].label, count, draft: did({ role }, { within: lately }) }]
}

function buyingItems(known: Known): MenuItem[] {
  const order = { role: 'order' } as const
  const { value } = known.roles.properties
  const ordered: MenuItem[] = has(known, 'order')
    ? [
        ...(value === undefined
          ? []
          : [{ label: 'Spent in all', also: 'revenue sum money value', draft: did(order, { sum: { property: value, atLeast: 100 } }) }]),
        { label: 'Did not order lately', also: 'lapsed churn never', negated: true, draft: did(order, { within: { last: '90 days' } }) },
        { label: 'Placed their first order', also: 'new customers', draft: { kind: 'first', first: order, within: lately } },
      ]
    : []
  const cart: MenuItem[] =
    has(known, 'added_to_cart') && has(known, 'order')
      ? [
          {
            label: 'Left a cart behind',
            also: 'abandoned',
            draft: { kind: 'sequence', sequence: [{ did: { role: 'added_to_cart' } }, { absent: order, within: '1 hour' }], within: { last: '7 days' } },
          },
        ]
      : []
  const habits: MenuItem[] = has(known, 'order')
    ? [
        {
          label: 'Order regularly',
          also: 'every month habit',
          draft: { kind: 'regularly', regularly: order, periods: { atLeast: 3, of: 4, each: '1 month', calendar: true } },
        },
        { label: 'Stopped ordering', also: 'churned lapsed', draft: { kind: 'stopped', stopped: order, active: '90 days', quiet: '30 days' } },
        {
          label: 'Came back and ordered',
          also: 'returned reactivated win back',
          draft: { kind: 'restarted', restarted: order, quiet: '90 days', back: '7 days' },
        },
        { label: 'Placed their last order', also: 'latest', draft: { kind: 'last', last: order, within: lately } },
        ...(value === undefined
          ? []
          : [
              {
                label: 'Spend less than before',
                also: 'compare quarter decline',
                draft: {
                  kind: 'compare',
                  compare: { did: order, sum: { property: value }, within: { last: '90 days' } },
                  is: 'lessThan',
                  than: { did: order, sum: { property: value }, within: { ago: ['180 days', '90 days'] } },
                } satisfies RowDraft,
              },
            ]),
      ]
    : []
  return [
    ...roleItem(known, 'order'),
    ...ordered,
    ...roleItem(known, 'added_to_cart'),
    ...cart,
    ...roleItem(known, 'checkout_started'),
    ...roleItem(known, 'refund'),
    ...habits,
  ]
}

function browsingItems(known: Known): MenuItem[] {
  const roles = browsed.flatMap((role) => roleItem(known, role))
  if (!has(known, 'product_viewed') || !has(known, 'order')) return roles
  const compare: RowDraft = {
    kind: 'compare',
    compare: { did: { role: 'product_viewed' }, within: lately },
    is: 'moreThan',
    than: { did: { role: 'order' }, within: lately },
    times: 5,
  }
  return [...roles, { label: 'Viewed far more often than bought', also: 'compare window shoppers', draft: compare }]
}

function personGroups(known: Known): MenuGroup[] {
  const people = known.properties.filter((property) => property.of === 'person').sort((a, b) => b.count - a.count)
  const isPlace = (property: PropertyDefinition) => places.test(property.name)
  return [
    { label: 'Visited', items: visitItems(known) },
    { label: 'Who they are', items: people.filter((property) => !isPlace(property) && !property.name.startsWith('$')).map(propertyItem) },
    { label: 'Where', items: [...placeItems, ...people.filter(isPlace).map(propertyItem)] },
    { label: 'Messages', items: messageItems },
    { label: 'Said', items: saidItems },
  ]
}

function accountGroups({ accountProperties = [] }: Known): MenuGroup[] {
  return [
    { label: 'What they are', items: accountProperties.map(propertyItem) },
    {
      label: 'Their people',
      items: [
        { label: 'Have people who…', draft: { kind: 'people', people: 'any' } },
        { label: 'Have several people who…', draft: { kind: 'people', people: { atLeast: 2 } } },
        { label: 'Have nobody who…', draft: { kind: 'people', people: 'none' } },
      ],
    },
  ]
}

function visitItems({ events, properties }: Known): MenuItem[] {
  const seen = events.filter((event) => visits.includes(event.name))
  const page = properties.find((property) => property.of === 'event' && property.name === '$pathname')
  const [first] = seen
  if (events.length === 0) return []
  return [
    { label: 'Visited the site', also: 'session', draft: { kind: 'session', session: [], within: lately } },
    {
      label: 'Came for the first time',
      also: 'new visitors session',
      draft: { kind: 'session', session: [{ property: 'number', equals: 1 }], within: lately },
    },
    ...(first === undefined || page === undefined
      ? []
      : [{ label: 'Saw a certain page', draft: did(first.name, { where: [{ property: '$pathname', contains: [] }], within: lately }) }]),
    active,
    {
      label: 'Came through a campaign',
      also: 'utm source channel session',
      draft: { kind: 'session', session: [{ property: 'campaign', is: [] }], within: lately },
    },
    ...seen.map((event) => ({ label: event.label, count: event.count, draft: did(event.name, { within: lately }) })),
  ]
}

const active: MenuItem = { label: 'Active in the last days', also: 'any event', draft: did({ any: true }, { within: { last: '7 days' } }) }

const placeItems: MenuItem[] = [
  { label: 'In a country', draft: { kind: 'place', place: 'profile', country: [] } },
  { label: 'In a city or region', draft: { kind: 'place', place: 'profile', city: [] } },
  { label: 'Near a place', also: 'radius distance', draft: { kind: 'place', place: 'profile', near: { latitude: null, longitude: null, km: 25 } } },
  { label: 'In the EU or another group of countries', also: 'area continent', draft: { kind: 'place', place: 'profile', area: ['EU'] } },
  { label: 'In an area on the map', also: 'polygon drawn inside', draft: { kind: 'place', place: 'profile', inside: [] } },
  { label: 'Postal code starts with', draft: { kind: 'place', place: 'profile', postalCodeStartsWith: [] } },
]

const messageItems: MenuItem[] = [
  { label: 'Opened an e-mail', draft: { kind: 'message', message: 'opened', channel: 'email', within: lately } },
  { label: 'Clicked in an e-mail', draft: { kind: 'message', message: 'clicked', channel: 'email', within: lately } },
  { label: 'Were sent a message', also: 'received', draft: { kind: 'message', message: 'sent', within: lately } },
  {
    label: 'Opened none of their e-mails',
    also: 'never',
    negated: true,
    draft: { kind: 'message', message: 'opened', channel: 'email', within: { last: '90 days' } },
  },
  {
    label: 'May be written to for marketing',
    also: 'consent opted in subscribed',
    draft: { kind: 'consent', consent: 'email', purpose: 'marketing', is: 'given' },
  },
  { label: 'Refused consent', also: 'opted out', draft: { kind: 'consent', consent: 'email', purpose: 'marketing', is: 'refused' } },
  { label: 'Unsubscribed', draft: { kind: 'message', message: 'unsubscribed', within: lately } },
]

const saidItems: MenuItem[] = [
  { label: 'Answered a question of a survey', also: 'form quiz', draft: { kind: 'survey', survey: { question: '' }, exists: true } },
  { label: 'Answered it so', also: 'survey form quiz', draft: { kind: 'survey', survey: { question: '' }, is: [] } },
]

function timeItems(known: Known): MenuItem[] {
  const event = has(known, 'order') ? ({ role: 'order' } as const) : null
  return [
    { label: 'One thing after another', also: 'sequence funnel then', draft: { kind: 'sequence', sequence: [{ did: null }, { did: null }] } },
    { label: 'Regularly', also: 'every week month habit', draft: { kind: 'regularly', regularly: event, periods: { atLeast: 3, of: 4, each: '1 week' } } },
    { label: 'Started lately', also: 'first time', draft: { kind: 'started', started: event, within: lately } },
    { label: 'Stopped', also: 'churned', draft: { kind: 'stopped', stopped: event, active: '90 days', quiet: '30 days' } },
    { label: 'Came back', also: 'restarted returned', draft: { kind: 'restarted', restarted: event, quiet: '90 days', back: '7 days' } },
    {
      label: 'One number against another',
      also: 'compare more than before',
      draft: { kind: 'compare', compare: { did: null }, is: 'moreThan', than: { did: null } },
    },
    { label: 'First seen long ago', also: 'observed known for', draft: { kind: 'observed', observed: '90 days' } },
    { label: 'Only in a season or at a time of day', also: 'today month weekday', draft: { kind: 'time', time: { season: known.seasons?.[0]?.name ?? '' } } },
  ]
}

const traitItems = ({ traits = [] }: Known): MenuItem[] =>
  traits.map((trait) => {
    const { property: _, ...operator } = writeDraft(emptyDraft(trait.name, traitType(trait)))
    return { label: trait.label, also: `${trait.name} trait`, draft: { kind: 'trait', trait: trait.name, ...operator } }
  })

function moreItems(known: Known, unit: SegmentUnit): MenuItem[] {
  return [
    { label: 'Did any other event…', draft: did(null) },
    { label: 'Any other property…', draft: { kind: 'property', ...writeDraft(emptyDraft()) } },
    { label: 'Any computed value…', also: 'trait rank top', draft: { kind: 'trait', trait: '', rank: { topPercent: 10 } } },
    ...(unit === 'person' && known.hasAccounts
      ? [{ label: 'Of their account…', also: 'company', draft: { kind: 'account', account: 'any' } satisfies RowDraft }]
      : []),
    { label: 'A fixed part of everyone', also: 'bucket sample holdout random', draft: { kind: 'bucket', bucket: { salt: '', from: 0, to: 10 } } },
  ]
}

const propertyItem = (property: PropertyDefinition | AccountProperty): MenuItem => ({
  label: property.label,
  count: property.count,
  also: property.name,
  draft: { kind: 'property', ...writeDraft(emptyDraft(property.name, valueTypeOf(property))) },
})

/** What a search finds: also events and roles by name, which are too many to list. */
export function searchMenu(groups: readonly MenuGroup[], known: Known, search: string): MenuGroup[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const fits = ({ label, also }: MenuItem) => words.every((word) => `${label} ${also ?? ''}`.toLowerCase().includes(word))
  const events: MenuItem[] = [...known.events]
    .sort((a, b) => b.count - a.count)
    .map((event) => ({ label: event.label, also: event.name, count: event.count, draft: did(event.name, { within: lately }) }))
  const all = [...groups, { label: 'Events', items: events }]
  return all.map((group) => ({ label: group.label, items: group.items.filter(fits).slice(0, 20) })).filter(({ items }) => items.length > 0)
}
