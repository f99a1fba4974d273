import type { SequenceDraft, StepDraft } from './row-draft.ts'

/** Edits of the steps of a sequence. Steps name each other by number (`sameAs`), so what is moved or taken out takes those names along. */

const newStep = (): StepDraft => ({ did: null })

export const addStep = (draft: SequenceDraft): SequenceDraft => ({ ...draft, sequence: [...draft.sequence, newStep()] })

export function removeStep(draft: SequenceDraft, place: number): SequenceDraft {
  return reordered(
    draft,
    draft.sequence.map((_, index) => index).filter((index) => index !== place),
  )
}

export function moveStep(draft: SequenceDraft, place: number, by: -1 | 1): SequenceDraft {
  const order = draft.sequence.map((_, index) => index)
  const [moved] = order.splice(place, 1)
  if (moved === undefined) return draft
  order.splice(Math.max(0, place + by), 0, moved)
  return reordered(draft, order)
}

export function changeStep(draft: SequenceDraft, place: number, step: StepDraft): SequenceDraft {
  const changed = { ...draft, sequence: draft.sequence.map((each, index) => (index === place ? step : each)) }
  return reordered(
    changed,
    changed.sequence.map((_, index) => index),
  )
}

/** The numbers of the steps before this one whose event a filter can be held against. */
export const stepsBefore = ({ sequence }: SequenceDraft, place: number): number[] =>
  sequence.flatMap((step, index) => (index < place && 'did' in step ? [index + 1] : []))

/** The steps in another order (of their old places), with every `sameAs` still at its step; where that no longer stands before, the filter goes. */
function reordered(draft: SequenceDraft, order: readonly number[]): SequenceDraft {
  const steps = order.map((old) => draft.sequence[old] as StepDraft)
  const sequence = steps.map((step, place) => {
    const kept = place === 0 ? asFirst(step) : step
    if (kept.where === undefined) return kept
    const where = kept.where.flatMap((filter) => {
      const { sameAs } = filter as { sameAs?: { step: number; of?: string } }
      if (sameAs === undefined) return [filter]
      const now = order.indexOf(sameAs.step - 1)
      const named = steps[now]
      return now !== -1 && now < place && named !== undefined && 'did' in named ? [{ ...filter, sameAs: { ...sameAs, step: now + 1 } }] : []
    })
    return { ...kept, where: where.length === 0 ? undefined : where }
  })
  return { ...draft, sequence }
}

/** A sequence begins with something done, and nothing comes before it. */
function asFirst(step: StepDraft): StepDraft {
  const { within: _, after: __, ...rest } = step
  if ('did' in rest) return rest
  const { absent, ...others } = rest
  return { did: absent, ...others }
}
