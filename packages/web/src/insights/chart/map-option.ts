import type { EChartsCoreOption } from 'echarts/core'
import type { NumberWriter } from '../answer/number-format.ts'
import type { MapCountry } from './map-data.ts'
import { inksOf, type Scheme } from './palette.ts'
import { escapeHtml } from './text.ts'

interface MapChart {
  data: { countries: readonly Pick<MapCountry, 'code' | 'name' | 'value'>[] }
  write: NumberWriter
  scheme: Scheme
  projection: object
  /** Beside a list of the same numbers: without a scale, and nothing to drag. */
  small?: boolean
}

/** The world map's option. Countries without a row keep the colour of nothing; a country at zero has the scale's first. */
export function mapOption({ data, write, scheme, projection, small = false }: MapChart): EChartsCoreOption {
  const inks = inksOf(scheme)
  const values = data.countries.map((country) => country.value)
  const named = new Map(data.countries.map((country) => [country.code, country]))
  return {
    animation: false,
    tooltip: {
      trigger: 'item',
      confine: true,
      backgroundColor: inks.page,
      borderColor: inks.faint,
      textStyle: { color: inks.text, fontSize: 13 },
      formatter: ({ name }: { name: string }) => {
        const country = named.get(name)
        return country === undefined ? '' : `${escapeHtml(country.name)} <b>${escapeHtml(write.full(country.value))}</b>`
      },
    },
    visualMap: {
      type: 'continuous',
      min: Math.min(0, ...values),
      max: Math.max(...values, 0) || 1,
      calculable: false,
      show: !small,
      left: 8,
      bottom: 8,
      itemWidth: 12,
      itemHeight: 96,
      text: [write.short(Math.max(...values, 0)), write.short(Math.min(0, ...values))],
      textStyle: { color: inks.text },
      inRange: { color: [...inks.scale] },
    },
    series: [
      {
        type: 'map',
        map: 'world',
        projection,
        left: 0,
        right: 0,
        top: 0,
        bottom: 0,
        preserveAspect: 'contain',
        roam: !small,
        scaleLimit: { min: 1, max: 16 },
        selectedMode: false,
        itemStyle: { areaColor: inks.none, borderColor: inks.page, borderWidth: 0.5 },
        emphasis: { label: { show: false }, itemStyle: { areaColor: '#f0a04b', borderColor: inks.text } },
        data: data.countries.map(({ code, value }) => ({ name: code, value })),
      },
    ],
  }
}
