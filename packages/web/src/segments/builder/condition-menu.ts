import type { EventDefinition, EventRole, PropertyDefinition, Roles } from '@kindred/model'
import { emptyDraft } from '../../conditions/property-draft.ts'
import { valueTypeOf } from '../../conditions/value-type.ts'
import { eventRoleWords } from '../../data/role-words.ts'
import type { RowDraft } from '../tree/node.ts'
import { emptyDid } from '../tree/row-draft.ts'

export interface MenuItem {
  label: string
  draft: RowDraft
}
export interface MenuGroup {
  label: string
  items: MenuItem[]
}

export interface Known {
  events: readonly EventDefinition[]
  properties: readonly PropertyDefinition[]
  roles: Roles
}

const bought: readonly EventRole[] = ['order', 'checkout_started', 'added_to_cart', 'refund']
const browsed: readonly EventRole[] = ['product_viewed', 'product_list_viewed', 'search', 'wishlist', 'newsletter', 'removed_from_cart']
const places = /(^|[_$.-])(country|region|state|province|county|city|postal|postcode|zip|continent|time_?zone|language|locale|geoip)([_.-]|$)/i
const visits = ['$pageview', '$screen', 'page_viewed', 'Page Viewed']

const mostPerGroup = 5

/** What a condition can start from, as people say it, drawn from what the project really has. The last group leads to all the rest. */
export function conditionMenu(known: Known): MenuGroup[] {
  const people = known.properties.filter((property) => property.of === 'person').sort((a, b) => b.count - a.count)
  const isPlace = (property: PropertyDefinition) => places.test(property.name)
  const groups: MenuGroup[] = [
    { label: 'Bought', items: [...roleItems(bought, known), ...spentItem(known)] },
    { label: 'Browsed', items: roleItems(browsed, known) },
    { label: 'Visited', items: visitItems(known) },
    { label: 'Who they are', items: people.filter((property) => !isPlace(property) && !property.name.startsWith('$')).map(propertyItem) },
    { label: 'Where', items: people.filter(isPlace).map(propertyItem) },
    { label: 'In a segment', items: [{ label: 'Is in another segment', draft: { kind: 'in', segment: null } }] },
  ]
  const more: MenuGroup = {
    label: 'More',
    items: [
      { label: 'Did any other event…', draft: emptyDid() },
      { label: 'Any other property…', draft: { kind: 'property', ...emptyDraft() } },
    ],
  }
  return [...groups.filter((group) => group.items.length > 0).map((group) => ({ ...group, items: group.items.slice(0, mostPerGroup) })), more]
}

/** What the builder opens on: recent orders, else the most used event lately. */
export function firstRow({ events, roles }: Known): RowDraft {
  const within = { last: '30 days' }
  if (roles.events.order?.length) return { ...emptyDid(), event: { role: 'order' }, within }
  const own = events.filter((event) => !event.name.startsWith('$') || visits.includes(event.name)).sort((a, b) => b.count - a.count)
  const [most] = own
  return most === undefined ? emptyDid() : { ...emptyDid(), event: most.name, within }
}

const roleItems = (roles: readonly EventRole[], known: Known): MenuItem[] =>
  roles
    .filter((role) => known.roles.events[role]?.length)
    .map((role) => ({ label: eventRoleWords[role].label, draft: { ...emptyDid(), event: { role }, within: { last: '30 days' } } }))

function spentItem({ roles }: Known): MenuItem[] {
  const value = roles.properties.value
  if (value === undefined || !roles.events.order?.length) return []
  return [
    {
      label: 'Spent in all',
      draft: { ...emptyDid(), event: { role: 'order' }, measure: { by: 'sum', property: value, comparison: { name: 'atLeast', operand: 100 } } },
    },
  ]
}

function visitItems({ events, properties }: Known): MenuItem[] {
  const seen = events.filter((event) => visits.includes(event.name))
  const page = properties.find((property) => property.of === 'event' && property.name === '$pathname')
  const [first] = seen
  return [
    ...seen.map((event) => ({ label: event.label, draft: { ...emptyDid(), event: event.name, within: { last: '30 days' } } })),
    ...(first === undefined || page === undefined
      ? []
      : [{ label: 'A certain page', draft: { ...emptyDid(), event: first.name, where: [{ ...emptyDraft('$pathname'), operator: 'contains' as const }] } }]),
    ...(first === undefined ? [] : [{ label: 'Active in the last days', draft: { ...emptyDid(), event: { any: true as const }, within: { last: '7 days' } } }]),
  ]
}

const propertyItem = (property: PropertyDefinition): MenuItem => ({
  label: property.label,
  draft: { kind: 'property', ...emptyDraft(property.name, valueTypeOf(property)) },
})
