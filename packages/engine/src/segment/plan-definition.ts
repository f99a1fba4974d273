import { type Condition, KindredError, maximumConditions, type SegmentDefinition } from '@kindred/model'
import { planCondition } from '../condition/kinds.ts'
import type { Plan } from '../condition/plan.ts'
import type { CompileContext } from '../context.ts'

/** The segment that is being defined, so that a definition that leads back to it is seen. */
export interface DefinedSegment {
  id: number
  name: string
}

/**
 * Decides everything a definition leaves open. Segments it names are written out, so the cap counts their conditions too.
 * Errors: `segment/invalid` with the path, `segment/not-found`, `segment/cycle` with the way round, `segment/too-large`.
 */
export function planDefinition(definition: SegmentDefinition, context: CompileContext, defined?: DefinedSegment): Plan {
  return new Planner(context).plan(definition.where, { path: 'where', trail: defined === undefined ? [] : [defined] })
}

/** Where the planner stands: the path in the definition, and the segments it came through. */
interface Place {
  path: string
  trail: readonly DefinedSegment[]
}

class Planner {
  readonly #context: CompileContext
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
      part: (part, step) => this.plan(part, { ...place, path: `${place.path}.${step}` }),
      segment: (id) => this.#segment(id, place),
    })
  }

  #segment(id: number, { path, trail }: Place): Plan | null {
    const segment = this.#context.segments.get(id)
    if (segment === undefined) throw new KindredError('segment/not-found', { id })
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
    return segment.kind === 'frozen' ? null : this.plan(segment.definition.where, { path: `${path}.in`, trail: onwards })
  }
}
