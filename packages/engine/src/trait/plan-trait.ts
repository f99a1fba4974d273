import {
  builtInTraits,
  type EventsOfTrait,
  type EventTrait,
  eventsOfTrait,
  KindredError,
  type PeopleTrait,
  type PropertyCondition,
  type PropertyRole,
  type Roles,
  type TraitAmount,
  type TraitDefinition,
  type TraitEvent,
  type TraitFormula,
  type TraitInfo,
  type TraitLabels,
  type TraitOperand,
  type TraitProperty,
  type TraitValueSource,
  traitNeeds,
  traitType,
} from '@kindred/model'
import { checkedOperator, warnOfNothing } from '../condition/property.ts'
import type { Planning } from '../condition/reading.ts'
import { eventNames } from '../event-match.ts'
import { parseFormula } from '../insight/formula.ts'
import { memberSubject } from '../subject.ts'
import { planWhen } from '../zone/when.ts'
import type { EventMeasurePlan, PeopleMeasurePlan, TraitPlan, TraitValuePlan } from './plan.ts'
import { needWords } from './words.ts'

/** What planning a trait asks of what is around it. `path` is where the trait, or its own definition, stands. */
export interface TraitPlanning extends Pick<Planning, 'context' | 'path' | 'subject' | 'part' | 'warn'> {
  /** The plan of another trait, by name. */
  trait(name: string, step: string): TraitPlan
}

/** All traits that a definition may name. */
export function traitsOf(context: Pick<Planning['context'], 'traits'>): ReadonlyMap<string, TraitInfo> {
  return { get: (name: string) => context.traits?.get(name) ?? builtInTraits.get(name) } as ReadonlyMap<string, TraitInfo>
}

/**
 * Decides how a trait is computed. A trait whose roles are not set has no values, and a warning says what it needs.
 * Errors: `trait/invalid` with the path, and those of the conditions inside.
 */
export function planTraitDefinition(definition: TraitDefinition, planning: TraitPlanning): TraitPlan {
  const type = traitType(definition)
  const [need] = traitNeeds(definition, { roles: planning.context.roles, traits: traitsOf(planning.context) })
  const value = plannedValue(definition, planning)
  if (need === undefined) return { type, value }
  planning.warn(`${needWords(need)}: until then it has no value`)
  return { type, value: { is: 'nothing' } }
}

function plannedValue(of: TraitDefinition | TraitOperand, planning: TraitPlanning): TraitValuePlan {
  const own = eventsOfTrait(of)
  if (own !== undefined) return { is: 'events', measure: eventMeasure(own, planning) }
  if (of.people !== undefined) return { is: 'people', measure: peopleMeasure(of.people, planning) }
  if ('formula' in of && of.formula !== undefined) return plannedFormula(of.formula, planning)
  if ('labels' in of && of.labels !== undefined) return plannedLabels(of.labels, planning)
  const { now, timezone } = planning.context
  if ('property' in of && of.property !== undefined) return { is: 'property', key: of.property, now, timezone }
  throw new Error('a parsed trait has a way to compute it')
}

function plannedFormula({ text, of, floor }: TraitFormula, planning: TraitPlanning): TraitValuePlan {
  const path = `${planning.path}.formula`
  const formula = readFormula(text, of.length, path)
  const operands = of.map((operand, index): TraitValuePlan => {
    const step = `formula.of.${index}`
    if (operand.trait === undefined) return plannedValue(operand, { ...planning, path: `${planning.path}.${step}` })
    const { type, value } = planning.trait(operand.trait, `${step}.trait`)
    if (type !== 'number') throw invalid(`${path}.of.${index}.trait`, `“${operand.trait}” is a ${type}, and formulas take numbers`)
    return value
  })
  return { is: 'formula', formula, of: operands, floor: floor ?? null }
}

function readFormula(text: string, count: number, path: string): ReturnType<typeof parseFormula> {
  try {
    return parseFormula(text, count)
  } catch (error) {
    if (error instanceof KindredError) throw invalid(`${path}.text`, `at character ${error.details.at}: ${error.details.reason}`)
    throw error
  }
}

function plannedLabels({ first, otherwise }: TraitLabels, planning: TraitPlanning): TraitValuePlan {
  const labels = first.map(({ label, where }, index) => ({ label, where: planning.part(where, `labels.first.${index}.where`) }))
  return { is: 'labels', first: labels, otherwise: otherwise ?? null }
}

function peopleMeasure({ of, property, where }: PeopleTrait, planning: TraitPlanning): PeopleMeasurePlan {
  const { now, timezone } = planning.context
  const planned = where === undefined ? null : planning.part(where, 'people.where', memberSubject(undefined))
  return { of, property, where: planned, accountType: undefined, now, timezone }
}

function eventMeasure({ way, events }: { way: EventTrait; events: EventsOfTrait }, planning: TraitPlanning): EventMeasurePlan {
  const { context, path } = planning
  const { roles, now, timezone } = context
  const { as, n, each, property } = events as Partial<Pick<EventMeasurePlan, 'as' | 'n' | 'each'>> & { property?: TraitAmount | TraitValueSource }
  const filters = (events.where ?? []).map((filter, index): PropertyCondition => {
    const named = { ...filter, property: namedProperty(filter.property, roles) }
    const operator = checkedOperator(named, { path: `${path}.${way}.where.${index}`, of: 'event' })
    warnOfNothing(operator, planning, { step: `${way}.where.${index}.`, who: 'no event' })
    return named
  })
  return {
    way,
    names: namesOf(events.did, roles),
    filters,
    when: checkedWhen(events, planning, way),
    since: events.sinceLast === undefined ? undefined : namesOf(events.sinceLast, roles),
    source: typeof property === 'object' && 'role' in property ? namedProperty(property, roles) : property,
    as: as ?? 'text',
    n: n ?? 1,
    each: each ?? 'month',
    roles,
    now,
    timezone,
  }
}

function namesOf(event: TraitEvent, roles: Roles): readonly string[] | null {
  if (typeof event === 'string' || !('anyRole' in event)) return eventNames(event, { roles })
  return event.anyRole.flatMap((role) => roles.events[role] ?? [])
}

/** A role that is not set reads nothing: the trait it is in has no values, which is said where it is planned. */
function namedProperty(property: TraitProperty, { properties }: Roles): string {
  return typeof property === 'string' ? property : (properties[property.role as PropertyRole] ?? property.role)
}

function checkedWhen({ within, during }: EventsOfTrait, planning: TraitPlanning, way: EventTrait): EventMeasurePlan['when'] {
  try {
    return planWhen({ within, during }, planning, `${way}.`)
  } catch (error) {
    if (error instanceof KindredError && error.code === 'segment/invalid') throw invalid(String(error.details.path), String(error.details.reason))
    throw error
  }
}

function invalid(path: string, reason: string): KindredError {
  return new KindredError('trait/invalid', { path, reason })
}
