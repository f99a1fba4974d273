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

/** A corner a line, or GeoJSON. Corners that cannot be read yet hold null. */
export function readCorners(text: string): (number | null)[][] {
  const drawn = /^\s*[{[]/.test(text) ? geoJsonCorners(text) : null
  if (drawn !== null) return drawn
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return lines.map((line) => {
    const parts = line.split(/[,;\s]+/).filter((part) => part !== '')
    return [0, 1].map((place) => (parts.length === 2 && Number.isFinite(Number(parts[place])) ? Number(parts[place]) : null))
  })
}

/** The corners of the outline of the first polygon; GeoJSON says the first one again at the end. Null where there is none. */
function geoJsonCorners(text: string): number[][] | null {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return null
  }
  const outline = outlineIn(json)?.map(([longitude = 0, latitude = 0]) => [longitude, latitude])
  if (outline === undefined) return null
  const isClosed = outline.length > 1 && JSON.stringify(outline[0]) === JSON.stringify(outline.at(-1))
  return isClosed ? outline.slice(0, -1) : outline
}

/** A list of points, wherever in the document it stands first. */
function outlineIn(json: unknown): number[][] | undefined {
  if (typeof json !== 'object' || json === null) return undefined
  if (Array.isArray(json) && json.length > 0 && json.every(isPoint)) return json
  for (const within of Object.values(json)) {
    const outline = outlineIn(within)
    if (outline !== undefined) return outline
  }
  return undefined
}

const isPoint = (value: unknown): value is number[] => Array.isArray(value) && value.length >= 2 && value.every((each) => typeof each === 'number')
