import type { Corner } from '@kindred/model'
import type { PointerEvent } from 'react'
import classes from './area.module.css'
import { onKey } from './keys.ts'
import { cornerWords, gridStep, heightOf, type MapView, rounded, type Shares } from './view.ts'

/** A corner on the map, whose y goes down. */
export const drawn = ([longitude, latitude]: Corner) => `${longitude} ${-latitude}`

interface CornerDotProps {
  corner: Corner
  index: number
  view: MapView
  onHold: (event: PointerEvent) => void
  /** Null takes it out. */
  onChange: (to: Corner | null) => void
}

export function CornerDot({ corner, index, view, onHold, onChange }: CornerDotProps) {
  const [longitude, latitude] = corner
  const actOf = (key: string, arrow: Shares | undefined) => {
    if (arrow !== undefined) return () => onChange(rounded([longitude + (arrow.x * view.width) / 100, latitude - (arrow.y * view.width) / 100], view))
    return key === 'Delete' || key === 'Backspace' ? () => onChange(null) : undefined
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: there are no buttons within a picture
    <path
      className={classes.corner}
      d={`M${drawn(corner)}h0`}
      role="button"
      tabIndex={0}
      aria-label={`Corner ${index + 1}: ${cornerWords(corner)}. Arrow keys move it, Delete takes it out.`}
      onPointerDown={(event) => {
        event.currentTarget.focus()
        onHold(event)
      }}
      onKeyDown={(event) => onKey(event, actOf)}
    />
  )
}

interface BetweensProps {
  corners: readonly Corner[]
  /** The place among the corners that the new one takes. */
  onHold: (event: PointerEvent, index: number, corner: Corner) => void
}

/** A dot in the middle of each edge, from which a new corner is pulled. */
export function Betweens({ corners, onHold }: BetweensProps) {
  return corners.map((corner, index) => {
    const next = corners[(index + 1) % corners.length] ?? corner
    const middle: Corner = [(corner[0] + next[0]) / 2, (corner[1] + next[1]) / 2]
    // biome-ignore lint/suspicious/noArrayIndexKey: an edge is its place in the order
    return <path key={index} className={classes.between} d={`M${drawn(middle)}h0`} onPointerDown={(event) => onHold(event, index + 1, middle)} />
  })
}

/** Lines of longitude and latitude, a round number of degrees apart. */
export function Grid({ view }: { view: MapView }) {
  const every = gridStep(view)
  const [left, top] = [view.longitude - view.width / 2, view.latitude + heightOf(view) / 2]
  const lines = (from: number, length: number) =>
    Array.from({ length: Math.floor(length / every) + 1 }, (_, index) => (Math.floor(from / every) + index + 1) * every).filter((at) => at < from + length)
  const [right, bottom] = [left + view.width, top - heightOf(view)]
  return (
    <>
      {lines(left, view.width).map((at) => (
        <line key={`x${at}`} className={classes.grid} x1={at} x2={at} y1={-top} y2={-bottom} />
      ))}
      {lines(bottom, heightOf(view)).map((at) => (
        <line key={`y${at}`} className={classes.grid} x1={left} x2={right} y1={-at} y2={-at} />
      ))}
    </>
  )
}
