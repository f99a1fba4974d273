import type { Properties } from '@kindred/model'

/** Adds what the event does not say itself: what the sender gave stands. */
export function addMissing(properties: Properties, more: Properties): void {
  for (const key in more) properties[key] ??= more[key] ?? null
}
