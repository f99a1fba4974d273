import { countryCodes, countrySpellings, englishCountryName, isSouthern as isSouthernCountry, locationSources, placeNames } from '@kindred/model'
import { type ProjectContext, personsWhere } from '../people.ts'
import { personProperty, personReader } from '../property.ts'
import { bind, join, raw, type Sql, sql } from '../sql.ts'
import { pathOf } from '../standard/reader.ts'

const codes = countryCodes.filter(isSouthernCountry)
/** Every text that a southern country is known by, in capitals. */
const southernTexts = [
  ...codes,
  ...codes.map((code) => (englishCountryName(code) ?? code).toUpperCase()),
  ...countrySpellings.flatMap(([spelling, code]) => (isSouthernCountry(code) ? [spelling] : [])),
]

/** UInt8: the person `p` lives below the equator, by latitude, else by country, as `standard.climate_season` reads them. 0 where neither is known. */
export function isSouthern(context: ProjectContext): Sql {
  // Whoever has summer in January lives there.
  const season = personProperty('standard.climate_season', { now: Date.UTC(2026, 0, 15), timezone: 'UTC', personNames: context.personNames }).text
  return sql`p.person_id in (select p.person_id ${personsWhere(context, [mayBeSouthern(context), sql`ifNull(${season} = 'summer', 0)`])})`
}

/** UInt8: some latitude of the person `p` is negative, or some country lies there. Cheap, so that the field is read of few. */
function mayBeSouthern({ personNames }: ProjectContext): Sql {
  const reader = personReader({ now: 0, timezone: 'UTC', personNames })
  const textsOf = (part: 'country' | 'latitude') => {
    const paths = locationSources.flatMap((source) => placeNames[source][part].map(pathOf))
    return paths.filter((path) => reader.has(path)).map((path) => sql`trim(toString(${reader.value(path)}))`)
  }
  const south = textsOf('latitude').map((text) => sql`startsWith(${text}, '-')`)
  const named = textsOf('country').map((text) => sql`upperUTF8(${text}) in ${bind('Array(String)', southernTexts)}`)
  const any = [...south, ...named].map((each) => sql`ifNull(${each}, 0)`)
  return any.length === 0 ? raw('0') : sql`(${join(any, ' or ')})`
}
