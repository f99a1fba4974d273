import { type Condition, partsOf } from '../condition/condition.ts'
import type { EventRole, PropertyRole, Roles } from '../roles.ts'
import type { TraitInfo } from './built-in.ts'
import { type EventTrait, eventTraits, type TraitDefinition, type TraitEvent, type TraitEvents, type TraitOperand } from './definition.ts'

/** What a trait's own events say, in one shape: `property` where the way has one. */
export type EventsOfTrait = TraitEvents & { property?: unknown }

/** The events that a definition, or an operand, computes its value of; undefined where it is computed in another way. */
export function eventsOfTrait(of: TraitDefinition | TraitOperand): { way: EventTrait; events: EventsOfTrait } | undefined {
  for (const way of eventTraits) {
    const events = of[way]
    if (events !== undefined) return { way, events }
  }
  return undefined
}

/** The conditions that stand in a definition, each with the step that leads to it: `labels.first.0.where`. */
export function conditionsOfTrait({ labels, people, formula }: TraitDefinition): { step: string; where: Condition }[] {
  const ofPeople = [
    { people, step: 'people' },
    ...(formula?.of ?? []).map((operand, index) => ({ people: operand.people, step: `formula.of.${index}.people` })),
  ]
  return [
    ...(labels?.first ?? []).map(({ where }, index) => ({ step: `labels.first.${index}.where`, where })),
    ...ofPeople.flatMap((each) => (each.people?.where === undefined ? [] : [{ step: `${each.step}.where`, where: each.people.where }])),
  ]
}

/** The names of the traits that a definition is computed from, and the segments it reads, those inside conditions too. */
export function readByTrait(definition: TraitDefinition): { traits: string[]; segments: number[] } {
  const named = conditionsOfTrait(definition).map(({ where }) => readByCondition(where))
  const operands = (definition.formula?.of ?? []).flatMap(({ trait }) => trait ?? [])
  return { traits: [...operands, ...named.flatMap(({ traits }) => traits)], segments: named.flatMap(({ segments }) => segments) }
}

/** The traits and segments that a condition names, at any depth of its own tree. */
export function readByCondition(condition: Condition): { traits: string[]; segments: number[] } {
  const below = partsOf(condition).map(({ part }) => readByCondition(part))
  return {
    traits: [...('trait' in condition ? [condition.trait] : []), ...below.flatMap(({ traits }) => traits)],
    segments: [...('in' in condition ? [condition.in] : []), ...below.flatMap(({ segments }) => segments)],
  }
}

/** A role that the project has not given: without it a trait has nothing to read. `of` an event, or a property. */
export interface MissingRole {
  of: 'event' | 'property'
  role: EventRole | PropertyRole
}

/** The roles a trait cannot be computed without and the project has not given; of several roles of which one is enough, the first. */
export function traitNeeds(definition: TraitDefinition, { roles, traits }: { roles: Roles; traits: ReadonlyMap<string, TraitInfo> }): MissingRole[] {
  const found = new Map<string, MissingRole>()
  const seen = new Set<TraitDefinition>()
  const add = (missing: readonly MissingRole[]) => {
    for (const each of missing) found.set(`${each.of} ${each.role}`, each)
  }
  const visit = (each: TraitDefinition): void => {
    if (seen.has(each)) return
    seen.add(each)
    for (const operand of [each, ...(each.formula?.of ?? [])]) {
      const own = eventsOfTrait(operand)
      if (own !== undefined) add(missingOf(own.events, roles))
      const trait = 'trait' in operand && operand.trait !== undefined ? traits.get(operand.trait) : undefined
      if (trait !== undefined) visit(trait.definition)
    }
    // The first label stands for what all of them are about.
    const role = firstRole(each.labels?.first[0]?.where)
    if (role !== undefined) add(missingEvent({ role }, roles))
  }
  visit(definition)
  return [...found.values()]
}

function missingOf(events: EventsOfTrait, roles: Roles): MissingRole[] {
  const properties = [events.property, ...(events.where ?? []).map(({ property }) => property)]
  return [...missingEvent(events.did, roles), ...properties.flatMap((property) => missingProperty(property, roles))]
}

function missingEvent(event: TraitEvent, { events }: Roles): MissingRole[] {
  if (typeof event === 'string') return []
  const wanted = 'role' in event ? [event.role] : 'anyRole' in event ? event.anyRole : []
  const [first] = wanted
  return first === undefined || wanted.some((role) => (events[role] ?? []).length > 0) ? [] : [{ of: 'event', role: first }]
}

function missingProperty(property: unknown, { properties }: Roles): MissingRole[] {
  if (typeof property !== 'object' || property === null) return []
  if ('role' in property) {
    const role = property.role as PropertyRole
    return properties[role] === undefined ? [{ of: 'property', role }] : []
  }
  // Worth is read from the value where there is no price; units are one where nobody says how many.
  const isMoney = 'amount' in property && property.amount === 'money'
  return isMoney && properties.value === undefined && properties.price === undefined ? [{ of: 'property', role: 'value' }] : []
}

function firstRole(condition: Condition | undefined): EventRole | undefined {
  if (condition === undefined) return undefined
  if ('did' in condition && typeof condition.did === 'object' && 'role' in condition.did) return condition.did.role
  return partsOf(condition)
    .map(({ part }) => firstRole(part))
    .find((role) => role !== undefined)
}
