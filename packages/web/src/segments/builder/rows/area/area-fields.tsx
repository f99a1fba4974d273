import { Skeleton, Textarea } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { cornersText, readCorners } from '../../../tree/place.ts'
import classes from '../../builder.module.css'

const AreaMap = lazy(() => import('./area-map.tsx'))

interface AreaFieldsProps {
  /** Those that are still being typed hold null. */
  corners: (number | null)[][]
  onChange: (corners: (number | null)[][]) => void
  wrong: boolean
}

/** An area, drawn on a map and written as its corners: two looks at the same. What is being typed stays as it is while it says the same. */
export function AreaFields({ corners, onChange, wrong }: AreaFieldsProps) {
  const [typed, setTyped] = useState(cornersText(corners))
  const isSame = JSON.stringify(readCorners(typed)) === JSON.stringify(corners)
  return (
    <>
      <Suspense fallback={<Skeleton h={240} />}>
        <AreaMap corners={corners.filter(isWhole)} onChange={(drawn) => onChange(drawn.map((corner) => [...corner]))} />
      </Suspense>
      <Textarea
        className={classes.written}
        label="Corners in order, one a line: longitude, latitude. GeoJSON can be pasted."
        placeholder={'-6.30, 53.36\n-6.24, 53.36\n-6.26, 53.33'}
        autosize
        minRows={3}
        maxRows={12}
        spellCheck={false}
        value={isSame ? typed : cornersText(corners)}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          onChange(readCorners(event.currentTarget.value))
        }}
        error={wrong}
      />
    </>
  )
}

function isWhole(corner: readonly (number | null)[]): corner is [number, number] {
  const [longitude, latitude] = corner
  return typeof longitude === 'number' && typeof latitude === 'number' && Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90
}
