import { type EventMeasure, eventMeasures } from '@kindred/model'
import type { QuantityDraft } from './row-draft.ts'

/** The measure of one side of a comparison; null: how many events. */
export function quantityMeasure(quantity: QuantityDraft): { by: EventMeasure; property: string } | null {
  for (const by of eventMeasures) {
    const measured = quantity[by]
    if (measured !== undefined) return { by, property: measured.property }
  }
  return null
}

export function withQuantityMeasure(quantity: QuantityDraft, measure: { by: EventMeasure; property: string } | null): QuantityDraft {
  const rest = Object.fromEntries(Object.entries(quantity).filter(([key]) => !(eventMeasures as readonly string[]).includes(key)))
  return { ...(rest as QuantityDraft), ...(measure === null ? {} : { [measure.by]: { property: measure.property } }) }
}
