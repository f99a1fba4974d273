import { useMemo } from 'react'
import { formatPercent } from '../../../app/format.ts'
import Canvas from '../../../insights/chart/canvas.tsx'
import { countryName, countryOf } from '../../../insights/chart/country-match.ts'
import { smallWorldMap } from '../../../insights/chart/world-map.ts'
import { useScheme } from '../../../insights/results/use-scheme.ts'
import { type CountryShare, shareByCountry } from './share-by-country.ts'

interface CountryMapProps {
  rows: readonly CountryShare[]
  onOpen: (value: string) => void
}

/** The world coloured by the share of the members in each country; the bars below say the same in numbers. */
export default function CountryMap({ rows, onOpen }: CountryMapProps) {
  const scheme = useScheme()
  const countries = useMemo(() => shareByCountry(rows, { countryOf, nameOf: countryName }), [rows])
  const option = useMemo(() => smallWorldMap(countries, { scheme, write: { short: formatPercent, full: formatPercent } }), [countries, scheme])
  if (countries.length === 0) return null
  return (
    <Canvas
      option={option}
      label={`World map of the members in ${countries.map(({ name }) => name).join(', ')}. The bars below have the numbers.`}
      height={176}
      onClick={({ name }) => {
        const country = countries.find(({ code }) => code === name)
        if (country !== undefined) onOpen(country.opens)
      }}
    />
  )
}
