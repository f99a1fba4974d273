import {
  type Coordinates,
  continentOf,
  countriesOf,
  countryCodes,
  countrySpellings,
  distance,
  englishCountryName,
  isInside,
  type PlaceCondition,
  type Properties,
  placeNames,
} from '@kindred/model'
import type { Asked, PostalCode } from './history.ts'

const sources = ['declared', 'shipping', 'billing', 'device', 'ip'] as const
type Source = (typeof sources)[number]
const continents: Readonly<Record<string, string>> = { EU: 'Europe', SA: 'South America' }
type Part = keyof (typeof placeNames)['ip']

export function place(condition: PlaceCondition, { subject, events, question, history }: Asked): boolean {
  const last = events
    .filter(({ timestamp, properties }) => timestamp <= question.now && (properties.$geoip_country_code || properties.$geoip_country_name))
    .at(-1)
  const codes = history.postalCodes ?? []
  if (condition.place === 'lastEvent')
    return last !== undefined && isThere(condition, { part: (part) => partOf(last.properties, 'ip', part), point: ownPoint(last.properties, 'ip'), codes })
  const { source } = condition
  const { properties } = subject
  const part = (part: Part) => (source === undefined ? profilePart(properties, part) : partOf(properties, source, part))
  return isThere(condition, { part, point: source === undefined ? surestPoint(properties, codes) : pointOf(properties, source, codes), codes })
}

function surestPoint(properties: Properties, codes: readonly PostalCode[]): Coordinates | undefined {
  const surest = profilePart(properties, 'country')
  const agreeing = sources.filter((each) => ['', surest].includes(partOf(properties, each, 'country')))
  return agreeing.map((each) => pointOf(properties, each, codes)).find((each) => each !== undefined)
}

/** The coordinates of a source, else those of its postal code in its country, else in the surest one. */
function pointOf(properties: Properties, source: Source, codes: readonly PostalCode[]): Coordinates | undefined {
  const own = ownPoint(properties, source)
  if (own !== undefined) return own
  const country = partOf(properties, source, 'country') || profilePart(properties, 'country')
  return codePoint({ country, code: partOf(properties, source, 'postal_code') }, codes)
}

function ownPoint(properties: Properties, source: Source): Coordinates | undefined {
  const [latitude, longitude] = [partOf(properties, source, 'latitude'), partOf(properties, source, 'longitude')]
  if (latitude === '' || longitude === '' || Math.abs(Number(latitude)) > 90) return undefined
  return { latitude: Number(latitude), longitude: Number(longitude) }
}

/** What the free tables know of a whole code: its beginning. */
const areas: Readonly<Record<string, (code: string) => string>> = {
  IE: (code) => (code.length === 7 ? code.slice(0, 3) : ''),
  GB: (code) => (code.length >= 5 && code.length <= 7 ? code.slice(0, -3) : ''),
  US: (code) => (code.length === 9 ? code.slice(0, 5) : ''),
}

function codePoint(asked: { country: string; code: string }, codes: readonly PostalCode[]): Coordinates | undefined {
  const country = countryCode(asked.country) ?? ''
  const code = asked.code.replaceAll(/[ -]/g, '').toUpperCase()
  const named = (text: string) => codes.find((each) => each.country === country && each.code === text)
  return named(code) ?? named(areas[country]?.(code) ?? '')
}

/** A part of where somebody is, of the surest source that does not contradict their country; '' where none tells it. */
export function profilePart(properties: Properties, part: Part): string {
  const surest = sources.map((each) => partOf(properties, each, 'country')).find((each) => each !== '')
  const tells = (each: Source, asked: Part) => partOf(properties, each, asked) !== ''
  const source = sources.find((each) => {
    const country = partOf(properties, each, 'country')
    if (country !== '' && country !== surest) return false
    return part === 'latitude' || part === 'longitude' ? tells(each, 'latitude') && tells(each, 'longitude') : tells(each, part)
  })
  return source === undefined ? '' : partOf(properties, source, part)
}

function partOf(properties: Properties, source: Source, part: Part): string {
  const text = placeNames[source][part].map((name) => valueAt(properties, name.split('.'))).find((each) => each !== '') ?? ''
  if (part === 'country') return countryName(text) ?? text
  if (part !== 'continent' || text !== '') return text
  return continentOf(countryCode(partOf(properties, source, 'country')) ?? '') ?? ''
}

function valueAt(properties: Properties, [key = '', ...rest]: readonly string[]): string {
  const value = properties[key]
  if (rest.length > 0) return typeof value === 'object' && value !== null && !Array.isArray(value) ? valueAt(value, rest) : ''
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value).trim()
}

/** Every way to write a country, in upper case, with its code. */
const countriesByText: ReadonlyMap<string, string> = new Map([
  ...countryCodes.flatMap((code) => [code, englishCountryName(code)?.toUpperCase() ?? code].map((text) => [text, code] as const)),
  ...countrySpellings,
])

function countryCode(text: string): string | undefined {
  return countriesByText.get(text.toUpperCase())
}

function countryName(text: string): string | undefined {
  const code = countryCode(text)
  return code === undefined ? undefined : englishCountryName(code)
}

interface Where {
  part: (part: Part) => string
  point: Coordinates | undefined
  codes: readonly PostalCode[]
}

function isThere(condition: PlaceCondition, { part, point, codes }: Where): boolean {
  const among = (text: string, asked: string | readonly string[]) => text !== '' && [asked].flat().some((each) => each.toLowerCase() === text.toLowerCase())
  const bare = (text: string) => text.replace(/[ -]/g, '').toLowerCase()
  const { country, region, city, postalCode, postalCodeStartsWith, continent, area, near, inside } = condition
  if (country !== undefined)
    return among(
      part('country'),
      [country].flat().map((each) => countryName(each) ?? each),
    )
  if (region !== undefined) return among(part('region'), region)
  if (city !== undefined) return among(part('city'), city)
  if (continent !== undefined)
    return among(
      part('continent'),
      [continent].flat().map((each) => continents[each] ?? each),
    )
  if (postalCode !== undefined) return part('postal_code') !== '' && [postalCode].flat().some((each) => bare(each) === bare(part('postal_code')))
  if (postalCodeStartsWith !== undefined)
    return part('postal_code') !== '' && [postalCodeStartsWith].flat().some((each) => bare(part('postal_code')).startsWith(bare(each)))
  if (area !== undefined) return [area].flat().some((each) => countriesOf(each).some((code) => englishCountryName(code) === part('country')))
  if (point === undefined) return false
  if (near === undefined) return isInside(point, inside ?? [])
  const { latitude = 0, longitude = 0, postalCode: named, country: of = '' } = near
  const centre = named === undefined ? { latitude, longitude } : codePoint({ country: of, code: named }, codes)
  return centre !== undefined && distance(centre, point) <= (near.km ?? (near.miles ?? 0) * 1.609344)
}
