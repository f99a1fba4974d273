import { type Condition, conditionsOfTrait, eventsOfTrait, kindOf, type PlaceCondition, partsOf, type Roles, type TraitDefinition } from '@kindred/model'
import type { CompileContext } from '../context.ts'
import { traitsOf } from './plan-trait.ts'

/** A property that something is computed from; `of` a person also where it is an account's. */
export interface PropertyRead {
  readonly of: 'event' | 'person'
  readonly name: string
}

/** Every property that a trait is computed from, by way of other traits and of the rules of segments too. A name may come more than once. */
export function propertiesRead(definition: TraitDefinition, context: Pick<CompileContext, 'roles' | 'segments' | 'traits'>): PropertyRead[] {
  const seen = new Set<unknown>()
  const ofTrait = (of: TraitDefinition): PropertyRead[] => {
    if (seen.has(of)) return []
    seen.add(of)
    const operands = of.formula?.of ?? []
    return [
      ...[of, ...operands].flatMap((each) => under(eventsOfTrait(each)?.events, { of: 'event', roles: context.roles })),
      ...[of.people?.property, ...operands.flatMap(({ people, property }) => [people?.property, property])].flatMap(ofPerson),
      ...operands.flatMap(({ trait }) => named(trait)),
      ...conditionsOfTrait(of).flatMap(({ where }) => ofCondition(where)),
    ]
  }
  const named = (name: string | undefined): PropertyRead[] => {
    const trait = name === undefined ? undefined : traitsOf(context).get(name)
    return trait === undefined ? [] : ofTrait(trait.definition)
  }
  const ofCondition = (condition: Condition): PropertyRead[] => {
    if (seen.has(condition)) return []
    seen.add(condition)
    const segment = 'in' in condition ? context.segments.get(condition.in) : undefined
    return [
      ...ownProperties(condition, context.roles),
      ...partsOf(condition).flatMap(({ part }) => ofCondition(part)),
      ...('trait' in condition ? named(condition.trait) : []),
      ...(segment?.kind === 'rule' ? ofCondition(segment.definition.where) : []),
    ]
  }
  return ofTrait(definition)
}

const ofPerson = (name: string | undefined): PropertyRead[] => (name === undefined ? [] : [{ of: 'person', name }])

function ownProperties(condition: Condition, roles: Roles): PropertyRead[] {
  switch (kindOf(condition)) {
    case 'property':
      return under(condition, { of: 'person', roles })
    case 'place':
      return 'place' in condition ? placeProperties(condition) : []
    // What is known of a session has names of its own.
    case 'session':
    case 'trait':
    case 'all':
    case 'any':
    case 'not':
    case 'of':
    case 'people':
    case 'account':
      return []
    default:
      return under(condition, { of: 'event', roles })
  }
}

function placeProperties({ place, source, ...asked }: PlaceCondition): PropertyRead[] {
  if (place === 'lastEvent') return []
  const parts = Object.entries(asked).flatMap(([name, value]) => (value === undefined ? [] : (placeParts[name] ?? [])))
  return parts.map((part) => ({ of: 'person', name: `standard.${part}${source === undefined ? '' : `_${source}`}` }))
}

const point = ['latitude', 'longitude', 'postal_code']
const placeParts: Readonly<Record<string, readonly string[]>> = {
  country: ['country'],
  area: ['country'],
  continent: ['continent'],
  region: ['region'],
  city: ['city'],
  postalCode: ['postal_code'],
  postalCodeStartsWith: ['postal_code'],
  near: point,
  inside: point,
}

/** Names of properties stand below these keys, whatever is asked: in filters of events and of items, in measures, in steps and what they share, in answers. */
const propertyKeys = new Set(['property', 'of', 'question'])

function under(value: unknown, { of, roles }: { of: PropertyRead['of']; roles: Roles }): PropertyRead[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, each]) =>
    propertyKeys.has(key) ? namesOf(each, roles).map((name) => ({ of, name })) : under(each, { of, roles }),
  )
}

/** A name, a role, or what an event is worth or how many units it moves, which is read from several. */
function namesOf(value: unknown, { properties }: Roles): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  const roles = 'role' in value ? [value.role] : 'amount' in value ? ['value', 'price', 'quantity', 'items'] : []
  return roles.flatMap((role) => (properties as Readonly<Record<string, string | undefined>>)[String(role)] ?? [])
}
