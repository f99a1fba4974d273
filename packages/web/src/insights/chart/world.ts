import { type GeoStream, geoNaturalEarth1 } from 'd3-geo'
import { feature } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import atlas from 'world-atlas/countries-50m.json'
import { countryOfShape } from './country-match.ts'

const topology = atlas as unknown as Topology<{ countries: GeometryCollection<{ name: string }> }>

const antarctica = 'AQ'

/** The world's countries as shapes, each named by its two-letter code (or, where it has none, by its name). */
export function worldShapes() {
  const shapes = feature(topology, topology.objects.countries)
  const features = shapes.features
    .map((shape) => ({ ...shape, properties: { name: countryOfShape(shape.id) ?? shape.properties.name } }))
    .filter((shape) => shape.properties.name !== antarctica)
  return { type: 'FeatureCollection' as const, features }
}

const earth = geoNaturalEarth1()

/** How the globe is laid flat; ECharts asks for both ways. The stream cuts Russia and Fiji where the map ends. */
export const worldProjection = {
  project: (point: [number, number]) => earth(point),
  unproject: (point: [number, number]) => earth.invert?.(point),
  stream: (sink: GeoStream) => earth.stream(sink),
}
