import { type Condition, KindredError, maximumConditions, type SegmentDefinition } from '@kindred/model'
import { planCondition } from '../condition/kinds.ts'
import type { Plan } from '../condition/plan.ts'
import { type CompileContext, unitOf } from '../context.ts'
import { accountSubject, personSubject, type Subject } from '../subject.ts'

/** What the SQL of a planned definition needs to know. */
export type MemberContext = Pick<CompileContext, 'projectId' | 'watermark' | 'hasOverrides' | 'foldedThrough'>

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

/**
 * Decides everything a definition leaves open. Segments it names are written out, so the cap counts their conditions too.
 * Errors: `segment/invalid` with the path, `segment/not-found`, `segment/cycle` with the way round, `segment/too-large`.
 */
export function planDefinition(definition: SegmentDefinition, context: CompileContext, defined?: DefinedSegment): PlannedSegment {
  const planner = new Planner(context)
  const subject = subjectOf(definition)
  const plan = planner.plan(definition.where, { path: 'where', trail: defined === undefined ? [] : [defined], subject })
  return { plan, subject, warnings: planner.warnings }
}

/** The plan of a saved segment, a kept list too. Errors: as `planDefinition`. */
export function planSegment(id: number, context: CompileContext): PlannedSegment {
  const segment = context.segments.get(id)
  const accountType = segment?.kind === 'rule' ? segment.definition.accountType : undefined
  return planDefinition({ unit: segment === undefined ? 'person' : unitOf(segment), accountType, where: { in: id } }, context)
}

/** The plan of a saved segment where only people will do: to filter a chart by, to break it down by. Errors: `segment/unit` for one of accounts, as `planDefinition`. */
export function planPeopleSegment(id: number, context: CompileContext): PlannedSegment {
  const planned = planSegment(id, context)
  if (planned.subject.unit !== 'person') throw new KindredError('segment/unit', { name: context.segments.get(id)?.name ?? String(id) })
  return planned
}

function subjectOf({ unit, accountType }: Omit<SegmentDefinition, 'where'>): Subject {
  return unit === 'person' ? personSubject : accountSubject(accountType)
}

/** Where the planner stands: the path in the definition, whom it asks about, and the segments it came through. */
interface Place {
  path: string
  subject: Subject
  trail: readonly DefinedSegment[]
}

class Planner {
  readonly #context: CompileContext
  readonly warnings: DefinitionWarning[] = []
  #size = 0

  constructor(context: CompileContext) {
    this.#context = context
  }

  plan(condition: Condition, place: Place): Plan {
    this.#size++
    if (this.#size > maximumConditions) throw new KindredError('segment/too-large', { size: this.#size, limit: maximumConditions })
    return planCondition(condition, {
      context: this.#context,
      path: place.path,
      subject: place.subject,
      part: (part, step, of = place.subject) => this.plan(part, { ...place, path: `${place.path}.${step}`, subject: of }),
      segment: (id) => this.#segment(id, place),
      warn: (reason, step) => void this.warnings.push({ path: step === undefined ? place.path : `${place.path}.${step}`, reason }),
    })
  }

  #segment(id: number, { path, trail, subject }: Place): Plan | null {
    const segment = this.#context.segments.get(id)
    if (segment === undefined) throw new KindredError('segment/not-found', { id })
    const unit = unitOf(segment)
    if ((subject.unit === 'account') !== (unit === 'account')) {
      throw new KindredError('segment/invalid', {
        path: `${path}.in`,
        reason: `“${segment.name}” is a segment of ${unit === 'account' ? 'accounts' : 'people'}`,
      })
    }
    const onwards = [...trail, { id, name: segment.name }]
    const start = trail.findIndex((each) => each.id === id)
    if (start !== -1) {
      const cycle = onwards
        .slice(start)
        .map((each) => each.name)
        .join(' → ')
      throw new KindredError('segment/cycle', { cycle })
    }
    // The path stays that of the definition in hand: a fault inside another segment shows where that segment is named.
    return segment.kind === 'frozen'
      ? null
      : this.plan(segment.definition.where, {
          path: `${path}.in`,
          trail: onwards,
          // The rule keeps its own subject: one of the people of an account is asked as a person, whatever the account.
          subject: subjectOf(segment.definition),
        })
  }
}
