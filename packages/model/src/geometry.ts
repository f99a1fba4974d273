/** Distances and areas on the map: the reference reading, which the engine's SQL prints as the same formulas. Degrees; kilometres. */
export interface Coordinates {
  readonly latitude: number
  readonly longitude: number
}
/** [longitude, latitude], as GeoJSON writes them. */
export type Corner = readonly [longitude: number, latitude: number]

/** The mean radius of the Earth (IUGG). On an ellipsoid distances differ by up to half a percent. */
export const earthRadius = 6371.0088
export const kilometresInMile = 1.609344
export const radians = Math.PI / 180

/** The great circle between two points, by the haversine formula. */
export function distance(one: Coordinates, other: Coordinates): number {
  const [latitude, longitude] = [(other.latitude - one.latitude) * radians, (other.longitude - one.longitude) * radians]
  const half = Math.sin(latitude / 2) ** 2 + Math.cos(one.latitude * radians) * Math.cos(other.latitude * radians) * Math.sin(longitude / 2) ** 2
  return 2 * earthRadius * Math.asin(Math.min(1, Math.sqrt(half)))
}

/** An edge that is not level, its lower end first. */
export interface Edge {
  readonly low: Corner
  readonly high: Corner
}

export function edgesOf(corners: readonly Corner[]): Edge[] {
  return corners.flatMap((corner, index) => {
    const next = corners[(index + 1) % corners.length] ?? corner
    if (corner[1] === next[1]) return []
    return [corner[1] < next[1] ? { low: corner, high: next } : { low: next, high: corner }]
  })
}

/**
 * Whether a point lies inside, by how many edges lie to its east; edges are straight on the map of degrees. Of the points on an edge those on western and
 * southern ones belong, so that areas side by side leave nobody out and have nobody twice.
 */
export function isInside({ latitude, longitude }: Coordinates, corners: readonly Corner[]): boolean {
  const crossed = edgesOf(corners).filter(({ low, high }) => {
    if (latitude < low[1] || latitude >= high[1]) return false
    return longitude < ((high[0] - low[0]) * (latitude - low[1])) / (high[1] - low[1]) + low[0]
  })
  return crossed.length % 2 === 1
}
