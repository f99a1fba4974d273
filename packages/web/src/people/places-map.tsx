import { useMemo } from 'react'
import Canvas from '../insights/chart/canvas.tsx'
import { placesOption } from '../insights/chart/places-option.ts'
import { useScheme } from '../insights/results/use-scheme.ts'
import type { ListedPlace } from './listed-place.ts'

/** The world with a mark for each place that has a point; countries of the others are coloured. */
export default function PlacesMap({ places }: { places: ListedPlace[] }) {
  const scheme = useScheme()
  const option = useMemo(() => placesOption(places, scheme), [places, scheme])
  return (
    <Canvas
      option={option}
      label={`World map of ${places.map(({ name }) => name).join('; ')}. The list below it names them.`}
      height={200}
      onClick={() => undefined}
    />
  )
}
