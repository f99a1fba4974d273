import { geoIdentity, geoPath } from 'd3-geo'
import { memo } from 'react'
import { countryName } from '../../../../insights/chart/country-match.ts'
import { worldShapes } from '../../../../insights/chart/world.ts'
import classes from './area.module.css'

/** South is down: a degree of latitude is one downwards. To a hundredth, which is as fine as the shapes are. */
const path = geoPath(geoIdentity().reflectY(true)).digits(2)

const countries = worldShapes().features.map((shape) => {
  const { name } = shape.properties
  return { key: `${shape.id ?? ''} ${name}`, name: /^[A-Z]{2}$/.test(name) ? countryName(name) : name, outline: path(shape) ?? '' }
})

/** The outlines of all countries, drawn once. */
export const Land = memo(function Land() {
  return countries.map(({ key, name, outline }) => (
    <path key={key} className={classes.land} d={outline}>
      <title>{name}</title>
    </path>
  ))
})
