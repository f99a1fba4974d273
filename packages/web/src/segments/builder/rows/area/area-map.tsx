import type { Corner } from '@kindred/model'
import { Text } from '@mantine/core'
import { useRef, useState } from 'react'
import { plural } from '../../../../app/format.ts'
import classes from './area.module.css'
import { onKey } from './keys.ts'
import { Land } from './land.tsx'
import { MapTools } from './map-tools.tsx'
import { Betweens, CornerDot, drawn, Grid } from './marks.tsx'
import { useMapPointer } from './use-map-pointer.ts'
import { cornerAt, cornerWords, heightOf, moved, type Shares, stretch, viewOf, zoomed, zoomStep } from './view.ts'

interface AreaMapProps {
  corners: readonly Corner[]
  onChange: (corners: Corner[]) => void
}

/** A map on which an area is drawn, corner by corner. By keyboard the map moves below a point in its middle. */
export default function AreaMap({ corners, onChange }: AreaMapProps) {
  const svg = useRef<SVGSVGElement>(null)
  const [view, setView] = useState(() => viewOf(corners))
  const { shown, isDragging, pointed, holdCorner, pullCorner, onMap } = useMapPointer({ svg, view, setView, corners, onChange })
  const zoom = (times: number) => setView(zoomed(view, times))
  const actOf = (key: string, arrow: Shares | undefined) => {
    if (arrow !== undefined) return () => setView(moved(view, { x: -arrow.x / 10, y: -arrow.y / 10 }))
    if (key === 'Enter') return () => onChange([...corners, cornerAt(view, { x: 0.5, y: 0.5 })])
    return key === '+' || key === '-' ? () => zoom(key === '+' ? 1 / zoomStep : zoomStep) : undefined
  }
  const tall = stretch(view)
  const [width, height] = [view.width, heightOf(view)]
  return (
    <div className={classes.area}>
      <div className={classes.frame}>
        <svg
          ref={svg}
          className={classes.map}
          viewBox={`${view.longitude - width / 2} ${(-view.latitude - height / 2) * tall} ${width} ${height * tall}`}
          role="application"
          aria-label="Map of the area. Arrow keys move it, plus and minus zoom, Enter sets a corner in its middle."
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the map is moved and drawn on by keys as well
          tabIndex={0}
          onKeyDown={(event) => onKey(event, actOf)}
          {...onMap}
        >
          <g transform={`scale(1 ${tall})`}>
            <Land />
            <Grid view={view} />
            <path className={classes.inside} d={shown.length === 0 ? '' : `M${shown.map(drawn).join('L')}Z`} />
            {shown.length > 1 && !isDragging && <Betweens corners={shown} onHold={pullCorner} />}
            {shown.map((corner, index) => (
              <CornerDot
                // biome-ignore lint/suspicious/noArrayIndexKey: a corner is its place in the order
                key={index}
                corner={corner}
                index={index}
                view={view}
                onHold={(event) => holdCorner(event, index)}
                onChange={(to) => onChange(to === null ? corners.toSpliced(index, 1) : corners.with(index, to))}
              />
            ))}
            <path className={classes.aim} d={`M${view.longitude} ${-view.latitude}h0`} />
          </g>
        </svg>
        <MapTools onZoom={zoom} onAll={() => setView(viewOf(corners))} onClear={corners.length === 0 ? null : () => onChange([])} />
        {pointed !== null && <div className={classes.readout}>{cornerWords(pointed)}</div>}
      </div>
      <Text fz="xs" c="dimmed" mt={4} aria-live="polite">
        {corners.length === 0
          ? 'Click on the map to set the corners of the area, one after another.'
          : `${corners.length} ${plural(corners.length, 'corner', 'corners')}. Drag one to move it, a small dot to bend an edge; Delete takes a corner out.`}
      </Text>
    </div>
  )
}
