import {
  type Condition,
  KindredError,
  maximumConditions,
  maximumLeads,
  type SegmentDefinition,
  type TraitCondition,
  type TraitDefinition,
} from '@kindred/model'
import { planCondition } from '../condition/kinds.ts'
import type { Plan } from '../condition/plan.ts'
import type { Planning } from '../condition/reading.ts'
import { type TraitConditionPlan, trait } from '../condition/trait.ts'
import { type CompileContext, unitOf } from '../context.ts'
import { accountSubject, personSubject, type Subject } from '../subject.ts'
import type { TraitPlan } from '../trait/plan.ts'
import { planTraitDefinition, traitsOf } from '../trait/plan-trait.ts'

/** What the SQL of a planned definition needs to know. */
export type MemberContext = Pick<CompileContext, 'projectId' | 'watermark' | 'hasOverrides' | 'foldedThrough' | 'kept' | 'propertiesAsOf'>

/** A definition with everything decided, and whom it is about. `warnings`: what can be run but is hardly meant, at the row it stands in. */
export interface PlannedSegment {
  readonly plan: Plan
  readonly subject: Subject
  readonly warnings: readonly DefinitionWarning[]
}
export interface DefinitionWarning {
  path: string
  reason: string
}

/** The segment that is being defined, so that a definition that leads back to it is seen. */
export interface DefinedSegment {
  id: number
  name: string
}

/** A segment or a trait that the planner came through, on the way to what it now plans. */
interface Passed {
  kind: 'segment' | 'trait'
  id: number | string
  name: string
}

/**
 * Decides everything a definition leaves open. Segments it names are written out, so the cap counts their conditions too.
 * Errors: `segment/invalid` with the path, `segment/not-found`, `segment/cycle` with the way round, `segment/too-large` and `segment/too-deep` with the path.
 */
export function planDefinition(definition: SegmentDefinition, context: CompileContext, defined?: DefinedSegment): PlannedSegment {
  const planner = new Planner(context)
  const subject = subjectOf(definition)
  const plan = planner.plan(definition.where, { path: 'where', trail: defined === undefined ? [] : [{ kind: 'segment', ...defined }], subject, leads: 0 })
  return { plan, subject, warnings: planner.warnings }
}

/** The plan of a saved segment, a kept list too. Errors: as `planDefinition`. */
export function planSegment(id: number, context: CompileContext): PlannedSegment {
  const segment = context.segments.get(id)
  // A rule that nothing was changed of by hand is planned as itself: its members may then come from events alone.
  if (segment?.kind === 'rule' && segment.hasChoices !== true) return planDefinition(segment.definition, context, { id, name: segment.name })
  const accountType = segment?.kind === 'rule' ? segment.definition.accountType : undefined
  return planDefinition({ unit: segment === undefined ? 'person' : unitOf(segment), accountType, where: { in: id } }, context)
}

/** The plan of a saved segment where only people will do: to filter a chart by, to break it down by. Errors: `segment/unit` for one of accounts, as `planDefinition`. */
export function planPeopleSegment(id: number, context: CompileContext): PlannedSegment {
  const planned = planSegment(id, context)
  if (planned.subject.unit !== 'person') throw new KindredError('segment/unit', { name: context.segments.get(id)?.name ?? String(id) })
  return planned
}

/** A comparison of people by a trait where there is no definition around it: in a filter of a chart. Errors: as `planDefinition`, below the path. */
export function planPeopleTrait(condition: TraitCondition, context: CompileContext, path: string): TraitConditionPlan {
  return trait.plan(condition, new Planner(context).planning({ path, trail: [], subject: personSubject, leads: 0 }))
}

/** A trait with everything decided, and whom it is about. */
export interface PlannedTrait {
  readonly trait: TraitPlan
  readonly subject: Subject
  readonly warnings: readonly DefinitionWarning[]
}

/**
 * Decides how a trait is computed. `defined`: the trait that the definition is of, where it has a name. Paths are those in the definition.
 * Errors: `trait/invalid` with the path, `trait/not-found`, `trait/cycle` with the way round, and those of `planDefinition`.
 */
export function planTrait(definition: TraitDefinition, context: CompileContext, defined?: { name: string; label: string }): PlannedTrait {
  const planner = new Planner(context)
  const subject = subjectOf(definition)
  const trail: Passed[] = defined === undefined ? [] : [{ kind: 'trait', id: defined.name, name: defined.label }]
  return { trait: planner.definedTrait(definition, { path: 'definition', trail, subject, leads: 0 }), subject, warnings: planner.warnings }
}

function subjectOf({ unit, accountType }: Omit<SegmentDefinition, 'where'>): Subject {
  return unit === 'person' ? personSubject : accountSubject(accountType)
}

/** Where the planner stands: the path in the definition, whom it asks about, and the segments it came through. */
interface Place {
  path: string
  subject: Subject
  trail: readonly Passed[]
  /** How often it was led from people to accounts, or back. */
  leads: number
}

class Planner {
  readonly #context: CompileContext
  readonly warnings: DefinitionWarning[] = []
  #size = 0

  constructor(context: CompileContext) {
    this.#context = context
  }

  plan(condition: Condition, place: Place): Plan {
    this.#grow(place)
    return planCondition(condition, this.planning(place))
  }

  planning(place: Place): Planning {
    return {
      context: this.#context,
      path: place.path,
      subject: place.subject,
      part: (part, step, of) => this.#part(part, { step, of }, place),
      segment: (id) => this.#segment(id, place),
      trait: (name, step) => this.#trait(name, { ...place, path: `${place.path}.${step}` }),
      warn: (reason, step) => void this.warnings.push({ path: step === undefined ? place.path : `${place.path}.${step}`, reason }),
    }
  }

  #part(part: Condition, { step, of }: { step: string; of: Subject | undefined }, { path, subject, leads, trail }: Place): Plan {
    const place = { path: `${path}.${step}`, subject: of ?? subject, leads: of === undefined ? leads : leads + 1, trail }
    if (place.leads > maximumLeads) throw new KindredError('segment/too-deep', { path: place.path, limit: maximumLeads })
    return this.plan(part, place)
  }

  #segment(id: number, { path, trail, subject, leads }: Place): Plan | null {
    const segment = this.#context.segments.get(id)
    if (segment === undefined) throw new KindredError('segment/not-found', { id })
    const unit = unitOf(segment)
    if ((subject.unit === 'account') !== (unit === 'account')) {
      throw new KindredError('segment/invalid', {
        path: `${path}.in`,
        reason: `“${segment.name}” is a segment of ${unit === 'account' ? 'accounts' : 'people'}`,
      })
    }
    const onwards = passing(trail, { kind: 'segment', id, name: segment.name })
    // The path stays that of the definition in hand: a fault inside another segment shows where that segment is named.
    return segment.kind === 'frozen'
      ? null
      : this.plan(segment.definition.where, {
          path: `${path}.in`,
          trail: onwards,
          leads,
          // The rule keeps its own subject: one of the people of an account is asked as a person, whatever the account.
          subject: subjectOf(segment.definition),
        })
  }

  /** A trait that is named: its own definition is planned where it stands, so that a fault inside it shows there. */
  #trait(name: string, { path, trail, subject, leads }: Place): TraitPlan {
    const info = traitsOf(this.#context).get(name)
    if (info === undefined) throw new KindredError('trait/not-found', { name, path })
    const { unit } = info.definition
    if ((subject.unit === 'account') !== (unit === 'account')) {
      throw new KindredError('segment/invalid', { path, reason: `“${info.label}” is a trait of ${unit === 'account' ? 'accounts' : 'people'}` })
    }
    return this.definedTrait(info.definition, { path, trail: passing(trail, { kind: 'trait', id: name, name: info.label }), subject, leads })
  }

  definedTrait(definition: TraitDefinition, place: Place): TraitPlan {
    // Traits of traits double with each step: they count like conditions.
    this.#grow(place)
    return planTraitDefinition(definition, this.planning(place))
  }

  #grow({ path }: Pick<Place, 'path'>): void {
    this.#size++
    if (this.#size > maximumConditions) throw new KindredError('segment/too-large', { path, limit: maximumConditions })
  }
}

/** The trail with one more. Errors: `segment/cycle` or `trait/cycle` where it was passed before. */
function passing(trail: readonly Passed[], next: Passed): Passed[] {
  const start = trail.findIndex(({ kind, id }) => kind === next.kind && id === next.id)
  const onwards = [...trail, next]
  if (start === -1) return onwards
  const cycle = onwards
    .slice(start)
    .map(({ name }) => name)
    .join(' → ')
  throw new KindredError(`${next.kind}/cycle`, { cycle })
}
