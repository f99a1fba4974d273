import type { EChartsCoreOption } from 'echarts/core'
import type { NumberWriter } from '../answer/number-format.ts'
import type { ShownAnswer } from '../answer/shown-answer.ts'
import { countryName, countryOf } from './country-match.ts'
import { echarts } from './echarts.ts'
import { type MapCountry, type MapData, mapData } from './map-data.ts'
import { mapOption } from './map-option.ts'
import type { Scheme } from './palette.ts'
import { worldProjection, worldShapes } from './world.ts'

echarts.registerMap('world', worldShapes() as Parameters<typeof echarts.registerMap>[1])

/** The world map of an answer's first measure, with the data it was drawn from. */
export function worldMapOption(shown: ShownAnswer, scheme: Scheme): { data: MapData; option: EChartsCoreOption } {
  const [first] = shown.rows
  const data = mapData(shown, first?.point.index ?? 0, { countryOf, nameOf: countryName })
  return { data, option: first === undefined ? {} : mapOption({ data, write: first.write, scheme, projection: worldProjection }) }
}

/** The world map of numbers by country that a list beside it tells too. */
export function smallWorldMap(
  countries: readonly Pick<MapCountry, 'code' | 'name' | 'value'>[],
  { scheme, write }: { scheme: Scheme; write: NumberWriter },
): EChartsCoreOption {
  return mapOption({ data: { countries }, write, scheme, projection: worldProjection, small: true })
}
