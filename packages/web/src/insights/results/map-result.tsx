import { Stack, Text } from '@mantine/core'
import { useMemo } from 'react'
import { pointOf, type ShownAnswer, type ShownRow } from '../answer/shown-answer.ts'
import Canvas from '../chart/canvas.tsx'
import type { MapData } from '../chart/map-data.ts'
import { worldMapOption } from '../chart/world-map.ts'
import type { OpenPoint } from './open-point.ts'
import { RankingResult } from './ranking-result.tsx'
import classes from './results.module.css'
import { useScheme } from './use-scheme.ts'

/** The world coloured by the first measure, with every country beside it: also those too small to be seen, and those at zero. */
export default function MapResult({ shown, onOpen }: { shown: ShownAnswer; onOpen: OpenPoint }) {
  const scheme = useScheme()
  const { data, option } = useMemo(() => worldMapOption(shown, scheme), [shown, scheme])
  const listed = useMemo(() => ({ ...shown, rows: listedRows(data) }), [shown, data])
  const open = (row: ShownRow, name: string) => onOpen(pointOf(row), name)
  return (
    <>
      <Canvas
        option={option}
        label={`World map of ${shown.rows[0]?.measure ?? 'nothing'} in ${data.countries.length} countries. The list below it has every number.`}
        height="min(400px, 64vw)"
        onClick={({ name }) => {
          const country = data.countries.find((each) => each.code === name)
          if (country?.rows[0] !== undefined) open(country.rows[0], country.name)
        }}
      />
      <Stack gap="xs" className={classes.mapList}>
        <RankingResult shown={listed} onOpen={onOpen} />
        <MapNote data={data} isBrokenDown={shown.query.breakdown !== undefined} />
      </Stack>
    </>
  )
}

/** Countries under their names in the reader's language, then what is no country. A second spelling keeps its own words. */
function listedRows({ countries, elsewhere }: MapData): ShownRow[] {
  const named = countries.flatMap((country) =>
    country.rows.map((row) => (country.rows.length === 1 ? { ...row, name: country.name } : { ...row, name: `${country.name} (${row.value})` })),
  )
  return [...named, ...elsewhere]
}

function MapNote({ data, isBrokenDown }: { data: MapData; isBrokenDown: boolean }) {
  if (!isBrokenDown) {
    return (
      <Text size="xs" c="dimmed">
        Break it down by a country to see it on the map.
      </Text>
    )
  }
  const twice = data.countries.filter((country) => country.rows.length > 1)
  return (
    <>
      {data.elsewhere.length > 0 && (
        <Text size="xs" c="dimmed">
          Not on the map, as it is no country: {data.elsewhere.map((row) => row.value).join(', ')}.
        </Text>
      )}
      {twice.length > 0 && (
        <Text size="xs" c="dimmed">
          {twice.map((country) => country.name).join(', ')}: written in several ways; the map has the larger number.
        </Text>
      )}
    </>
  )
}
