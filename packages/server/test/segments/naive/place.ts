import {
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
import type { Asked } from './history.ts'

const sources = ['declared', 'shipping', 'billing', 'device', 'ip'] as const
type Source = (typeof sources)[number]
const continents: Readonly<Record<string, string>> = { EU: 'Europe', SA: 'South America' }
type Part = keyof (typeof placeNames)['ip']

export function place(condition: PlaceCondition, { subject, events, question }: Asked): boolean {
  const last = events
    .filter(({ timestamp, properties }) => timestamp <= question.now && (properties.$geoip_country_code || properties.$geoip_country_name))
    .at(-1)
  if (condition.place === 'lastEvent') return last !== undefined && isThere(condition, (part) => partOf(last.properties, 'ip', part))
  const { source } = condition
  return isThere(condition, (part) => (source === undefined ? profilePart(subject.properties, part) : partOf(subject.properties, source, part)))
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
  const name = partOf(properties, source, 'country')
  return continentOf(countryCodes.find((code) => englishCountryName(code) === name) ?? '') ?? ''
}

function valueAt(properties: Properties, [key = '', ...rest]: readonly string[]): string {
  const value = properties[key]
  if (rest.length > 0) return typeof value === 'object' && value !== null && !Array.isArray(value) ? valueAt(value, rest) : ''
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value).trim()
}

function countryName(text: string): string | undefined {
  const upper = text.toUpperCase()
  const code =
    countrySpellings.find(([spelling]) => spelling === upper)?.[1] ??
    countryCodes.find((each) => each === upper || englishCountryName(each)?.toUpperCase() === upper)
  return code === undefined ? undefined : englishCountryName(code)
}

function isThere(condition: PlaceCondition, part: (part: Part) => string): boolean {
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
  const [latitude, longitude] = [part('latitude'), part('longitude')]
  if (latitude === '' || longitude === '' || Math.abs(Number(latitude)) > 90) return false
  const at = { latitude: Number(latitude), longitude: Number(longitude) }
  if (near !== undefined) return distance({ latitude: near.latitude ?? 0, longitude: near.longitude ?? 0 }, at) <= (near.km ?? (near.miles ?? 0) * 1.609344)
  return isInside(at, inside ?? [])
}
