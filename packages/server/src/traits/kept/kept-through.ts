import { type CompileContext, keptAs, measuresOf, planTrait, type TraitPlan } from '@kindred/engine'
import { KindredError, type TraitInfo } from '@kindred/model'

/** A trait with everything decided; null for one that cannot be read, such as one that names a segment that was deleted: whoever asks for it is told. */
export function plannedTrait({ name, label, definition }: TraitInfo, context: CompileContext): TraitPlan | null {
  try {
    return planTrait(definition, context, { name, label }).trait
  } catch (error) {
    if (error instanceof KindredError) return null
    throw error
  }
}

/** The log position up to which all that can be kept of a trait is kept; null where it is read from the events alone. */
export function keptThrough(info: TraitInfo, context: CompileContext): number | null {
  const { kept } = context
  if (kept === undefined || kept.size === 0 || info.definition.unit !== 'person') return null
  const plan = plannedTrait(info, context)
  const keepings = plan === null ? [] : measuresOf(plan.value).flatMap((measure) => kept.get(keptAs(measure) ?? '') ?? [])
  return keepings.length === 0 ? null : Math.min(...keepings.map(({ through }) => through))
}
