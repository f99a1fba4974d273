import {
  continentOf,
  countryCodes,
  countrySpellings,
  englishCountryName,
  isSouthern,
  type LocationSource,
  locationSources,
  numberGrammar,
  type PlacePart,
  placeNames,
} from '@kindred/model'
import { join, raw, type Sql, sql } from '../sql.ts'
import { postalPoints } from './postal-point.ts'
import { type Clock, firstText, orNothing, type RawReader, renamed, withValue } from './reader.ts'
import { localDay } from './today.ts'

const names = countryCodes.map((code) => englishCountryName(code) ?? code)
const namesByText = [
  ...countryCodes.map((code, index): [string, string] => [code, names[index] ?? code]),
  ...countrySpellings.map(([spelling, code]): [string, string] => [spelling, englishCountryName(code) ?? code]),
  ...names.map((name): [string, string] => [name.toUpperCase(), name]),
]
const codesByName = countryCodes.map((code, index): [string, string] => [names[index] ?? code, code])
const continentsByCountry = countryCodes.map((code, index): [string, string] => [names[index] ?? code, continentOf(code) ?? ''])
const continentNames = [...new Set(continentsByCountry.map(([, continent]) => continent))]
const continentsByText = [
  ...continentNames.map((name): [string, string] => [name.toUpperCase(), name]),
  ...(['AF:Africa', 'AN:Antarctica', 'AS:Asia', 'EU:Europe', 'NA:North America', 'OC:Oceania', 'SA:South America'] as const).map(
    (pair) => pair.split(':') as [string, string],
  ),
]

/** The one form of a country by its name, its code or another spelling; undefined for what is none. */
export function countryNamed(text: string): string | undefined {
  return namesByUpper.get(text.toUpperCase())
}
const namesByUpper = new Map(namesByText)

/** The one form of a continent by its name or its two letters; undefined for what is none. */
export function continentNamed(text: string): string | undefined {
  return continentsByUpper.get(text.toUpperCase())
}
const continentsByUpper = new Map(continentsByText)

/** Nullable(String), or Nullable(Float64) of a coordinate: one part of where a person is, of one source or of the surest. */
export function placeSql(part: PlacePart, source: LocationSource | null, reader: RawReader): Sql {
  if (part === 'latitude' || part === 'longitude') {
    const side = raw(part === 'latitude' ? '.1' : '.2')
    return source === null ? sql`${surestPoint(reader)}${side}` : sql`arrayElement(${points([source], reader)}, 1)${side}`
  }
  const texts = textsOf(part, source === null ? locationSources : [source], reader)
  return orNothing(source === null ? surest(texts, part, reader) : sql`arrayElement(${texts}, 1)`)
}

/** Nullable(String): the two-letter code of the surest country; NULL for one that is on no list. */
export function countryCodeSql(reader: RawReader): Sql {
  return orNothing(renamed(surestCountry(reader), codesByName, raw(`''`)))
}

/** Nullable(String): the season of the year where the person is, by latitude, else by country. */
export function climateSeasonSql(reader: RawReader): Sql {
  const north = seasonOf(reader.clock)
  const south = { spring: 'autumn', summer: 'winter', autumn: 'spring', winter: 'summer' }[north]
  const [northern, southern] = [raw(`'${north}'`), raw(`'${south}'`)]
  const byCountry = renamed(
    surestCountry(reader),
    countryCodes.map((code, index) => [names[index] ?? code, isSouthern(code) ? south : north]),
    raw(`''`),
  )
  return withValue(
    'latitude',
    sql`${surestPoint(reader)}.1`,
    (latitude) => sql`multiIf(${latitude} >= 0, ${northern}, ${latitude} < 0, ${southern}, ${orNothing(byCountry)})`,
  )
}

/** Of the northern half of the world, by whole months. */
function seasonOf(clock: Clock): 'spring' | 'summer' | 'autumn' | 'winter' {
  const { month } = localDay(clock)
  return (['winter', 'spring', 'summer', 'autumn'] as const)[Math.floor((month % 12) / 3)] ?? 'winter'
}

/** String: the English name of a country that a text names in any of its spellings; other texts as they are. */
export function countryNameSql(text: Sql): Sql {
  return renamed(sql`upperUTF8(${text})`, namesByText, text)
}

/** Array(String), one for each source: the part in its one form, '' where the source does not tell it. */
function textsOf(part: PlacePart, sources: readonly LocationSource[], reader: RawReader): Sql {
  const texts = sql`[${join(
    sources.map((source) => firstText(placeNames[source][part], reader)),
    ', ',
  )}]`
  if (part === 'country') return sql`arrayMap(c -> ${countryNameSql(raw('c'))}, ${texts})`
  if (part !== 'continent') return texts
  const ofCountry = renamed(raw('c'), continentsByCountry, raw(`''`))
  const ofText = renamed(raw('upperUTF8(k)'), continentsByText, raw('k'))
  return sql`arrayMap((k, c) -> if(empty(k), ${ofCountry}, ${ofText}), ${texts}, ${textsOf('country', sources, reader)})`
}

function surestCountry(reader: RawReader): Sql {
  return sql`arrayFirst(c -> notEmpty(c), ${textsOf('country', locationSources, reader)})`
}

/** UInt8 over a `country` of the list `countries`: it does not contradict the surest one. */
const agrees = sql`(empty(country) or country = arrayFirst(c -> notEmpty(c), countries))`

/** A source that is of another country than the surest one tells of another place: its parts do not count. */
function surest(texts: Sql, part: PlacePart, reader: RawReader): Sql {
  if (part === 'country') return sql`arrayFirst(c -> notEmpty(c), ${texts})`
  return withValue('countries', textsOf('country', locationSources, reader), (countries) => {
    return sql`arrayFirst((part, country) -> notEmpty(part) and ${agrees}, ${texts}, ${countries})`
  })
}

/** Array(Tuple(Nullable(Float64), Nullable(Float64))): latitude and longitude in degrees by source, both NULL where either is none. */
function points(sources: readonly LocationSource[], reader: RawReader): Sql {
  const degrees = (text: string, most: number) =>
    sql`if(match(${raw(text)}, ${raw(`'${numberGrammar}'`)}) and abs(toFloat64OrZero(${raw(text)})) <= ${raw(String(most))}, toFloat64OrNull(${raw(text)}), null)`
  const pairs = sql`arrayMap((lat, lon) -> (${degrees('lat', 90)}, ${degrees('lon', 180)}), ${textsOf('latitude', sources, reader)}, ${textsOf('longitude', sources, reader)})`
  return sql`arrayMap(at -> if(isNull(at.1) or isNull(at.2), (null, null), at), ${pairs})`
}

function surestPoint(reader: RawReader): Sql {
  return withValue('countries', textsOf('country', locationSources, reader), (countries) => {
    return sql`arrayFirst((at, country) -> isNotNull(at.1) and ${agrees}, ${points(locationSources, reader)}, ${countries})`
  })
}

/**
 * Tuple(Nullable(Float64), Nullable(Float64)): where on the map a person is, of one source or of the surest. A source without coordinates has those of its
 * postal code, where the codes of its country are among the `installed` ones; a source that names no country is taken to be in the surest one.
 */
export function pointSql(source: LocationSource | null, reader: RawReader, installed: readonly string[]): Sql {
  const asked = source === null ? locationSources : [source]
  if (installed.length === 0) return source === null ? surestPoint(reader) : sql`arrayElement(${points(asked, reader)}, 1)`
  return withValue('countries', textsOf('country', locationSources, reader), (countries) => {
    const own = source === null ? countries : sql`[${countries}[${raw(String(locationSources.indexOf(source) + 1))}]]`
    const places = { codes: textsOf('postal_code', asked, reader), countries: own, otherwise: sql`arrayFirst(c -> notEmpty(c), ${countries})` }
    const each = sql`arrayMap((at, postal) -> if(isNotNull(at.1), at, postal), ${points(asked, reader)}, ${postalPoints(places, installed)})`
    return source === null ? sql`arrayFirst((at, country) -> isNotNull(at.1) and ${agrees}, ${each}, ${countries})` : sql`arrayElement(${each}, 1)`
  })
}
