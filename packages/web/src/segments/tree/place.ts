import { placeNamesAsked } from '@kindred/model'
import type { PlaceDraft } from './row-draft.ts'

export type PlaceKind = (typeof placeNamesAsked)[number]

export const placeKind = (draft: PlaceDraft): PlaceKind => placeNamesAsked.find((each) => draft[each] !== undefined) ?? 'country'

/** Another kind of place; where it was known from stays. */
export function withPlaceKind({ kind, place, source }: PlaceDraft, asked: PlaceKind): PlaceDraft {
  const from = { kind, place, ...(source === undefined ? {} : { source }) }
  if (asked === 'near') return { ...from, near: { latitude: null, longitude: null, km: 25 } }
  if (asked === 'inside') return { ...from, inside: [] }
  return asked === 'area' ? { ...from, area: ['EU'] } : { ...from, [asked]: [] }
}

/** `-6.3, 53.36`, one corner a line. */
export const cornersText = (corners: readonly (readonly (number | null)[])[]): string =>
  corners.map((corner) => corner.map((each) => each ?? '').join(', ')).join('\n')

/** Corners that cannot be read yet hold null. */
export function readCorners(text: string): (number | null)[][] {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return lines.map((line) => {
    const parts = line.split(/[,;\s]+/).filter((part) => part !== '')
    return [0, 1].map((place) => (parts.length === 2 && Number.isFinite(Number(parts[place])) ? Number(parts[place]) : null))
  })
}
