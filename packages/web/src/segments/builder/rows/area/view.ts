import type { Corner } from '@kindred/model'

/** What the map shows: the degrees in its middle, and how many degrees of longitude lie side by side. */
export interface MapView {
  longitude: number
  latitude: number
  width: number
}
/** A place within what is shown: shares of its width and height, from the upper left. */
export interface Shares {
  x: number
  y: number
}

/** How many times as wide as tall the map is. */
const aspect = 1.5
/** How much closer or farther one press goes. */
export const zoomStep = 1.6
const narrowest = 0.02
const widest = 360
/** Beyond this latitude degrees are drawn no taller. */
const tallestAt = 70
export const wholeWorld: MapView = { longitude: 0, latitude: 20, width: widest }

/** How much taller a degree of latitude is drawn than one of longitude is wide, so that shapes in the middle look as they do on the ground. */
export function stretch({ latitude }: MapView): number {
  return 1 / Math.cos((Math.min(Math.abs(latitude), tallestAt) * Math.PI) / 180)
}

/** How many degrees of latitude are shown. */
export const heightOf = (view: MapView): number => view.width / aspect / stretch(view)

/** The corner at a place of the map, no finer than can be seen there. */
export function cornerAt(view: MapView, { x, y }: Shares): Corner {
  return rounded([view.longitude + (x - 0.5) * view.width, view.latitude - (y - 0.5) * heightOf(view)], view)
}

/** Within the world, to a thousandth of what is shown. */
export function rounded([longitude, latitude]: Corner, { width }: MapView): Corner {
  const decimals = Math.max(0, Math.ceil(Math.log10(1000 / width)))
  const round = (degrees: number, most: number) => Number(clamp(degrees, -most, most).toFixed(decimals))
  return [round(longitude, 180), round(latitude, 90)]
}

/** Shown `times` as wide, while a place stays where it is. */
export function zoomed(view: MapView, times: number, { x, y }: Shares = { x: 0.5, y: 0.5 }): MapView {
  const width = clamp(view.width * times, narrowest, widest)
  const at = { longitude: view.longitude + (x - 0.5) * view.width, latitude: view.latitude - (y - 0.5) * heightOf(view) }
  const next = { ...view, width }
  return within({ longitude: at.longitude - (x - 0.5) * width, latitude: at.latitude + (y - 0.5) * heightOf(next), width })
}

/** Shifted by shares of what is shown: the map under the middle moves right and down by them. */
export function moved(view: MapView, { x, y }: Shares): MapView {
  return within({ ...view, longitude: view.longitude - x * view.width, latitude: view.latitude + y * heightOf(view) })
}

/** All corners with some land around them; without any the whole world. */
export function viewOf(corners: readonly Corner[]): MapView {
  if (corners.length === 0) return wholeWorld
  const [longitudes, latitudes] = [corners.map(([longitude]) => longitude), corners.map(([, latitude]) => latitude)]
  const middle = (values: readonly number[]) => (Math.min(...values) + Math.max(...values)) / 2
  const span = (values: readonly number[]) => Math.max(...values) - Math.min(...values)
  const view = { longitude: middle(longitudes), latitude: middle(latitudes), width: 1 }
  const width = 1.8 * Math.max(span(longitudes), span(latitudes) * stretch(view) * aspect)
  return within({ ...view, width: clamp(width === 0 ? 10 : width, narrowest, widest) })
}

/** Degrees between the lines of the grid: the roundest step of which at most a dozen are shown. */
export function gridStep({ width }: MapView): number {
  const steps = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15]
  return steps.find((step) => width / step <= 12) ?? 30
}

/** `53.36° N, 6.3° W` */
export function cornerWords([longitude, latitude]: Corner): string {
  return `${Math.abs(latitude)}° ${latitude < 0 ? 'S' : 'N'}, ${Math.abs(longitude)}° ${longitude < 0 ? 'W' : 'E'}`
}

function within({ longitude, latitude, width }: MapView): MapView {
  return { longitude: clamp(longitude, -180, 180), latitude: clamp(latitude, -90, 90), width }
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value))
}
