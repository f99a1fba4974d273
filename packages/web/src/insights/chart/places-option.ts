import type { EChartsCoreOption } from 'echarts/core'
import { echarts } from './echarts.ts'
import { colourOf, inksOf, type Scheme } from './palette.ts'
import { escapeHtml } from './text.ts'
import { worldProjection, worldShapes } from './world.ts'

echarts.registerMap('world', worldShapes() as Parameters<typeof echarts.registerMap>[1])

interface MarkedPlace {
  name: string
  says: string
  countryCode: string
  point: { latitude: number; longitude: number } | null
}

/** The world map's option with a mark for each place that has a point; of the others the country is coloured. */
export function placesOption(places: readonly MarkedPlace[], scheme: Scheme): EChartsCoreOption {
  const inks = inksOf(scheme)
  const marked = places.flatMap((place) => (place.point === null ? [] : [{ ...place, point: place.point }]))
  const countries = new Set(places.filter(({ point }) => point === null).map(({ countryCode }) => countryCode))
  return {
    animation: false,
    tooltip: {
      trigger: 'item',
      confine: true,
      backgroundColor: inks.page,
      borderColor: inks.faint,
      textStyle: { color: inks.text, fontSize: 13 },
      formatter: ({ seriesIndex, dataIndex }: { seriesIndex?: number; dataIndex: number }) => {
        const place = seriesIndex === undefined ? undefined : marked[dataIndex]
        return place === undefined ? '' : `${escapeHtml(place.name)}<br>${escapeHtml(place.says)}`
      },
    },
    geo: {
      map: 'world',
      projection: worldProjection,
      left: 0,
      right: 0,
      top: 0,
      bottom: 0,
      preserveAspect: 'contain',
      roam: true,
      scaleLimit: { min: 1, max: 32 },
      itemStyle: { areaColor: inks.none, borderColor: inks.page, borderWidth: 0.5 },
      emphasis: { disabled: true },
      regions: [...countries].map((name) => ({ name, itemStyle: { areaColor: inks.scale[2] } })),
    },
    series: [
      {
        type: 'scatter',
        coordinateSystem: 'geo',
        symbolSize: 10,
        itemStyle: { color: colourOf(1, scheme), borderColor: inks.page, borderWidth: 1 },
        data: marked.map(({ name, point }) => ({ name, value: [point.longitude, point.latitude] })),
      },
    ],
  }
}
