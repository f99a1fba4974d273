import { type CompileContext, type PersonPlacesRow, personPlacesSql, render } from '@kindred/engine'
import { countryCodeNamed, type KnownPlace, type LocationSource, locationSources } from '@kindred/model'
import { sensitivityOf } from '../data/sensitive.ts'
import type { Parts } from '../parts.ts'

/** Where a person is by each source that tells of a place, the surest first. What is sensitive in the project is left out. */
export async function knownPlaces(parts: Pick<Parts, 'catalog' | 'store'>, context: CompileContext, person: number): Promise<KnownPlace[]> {
  const [rows, { person: isSensitive }] = await Promise.all([
    parts.store.query<PersonPlacesRow>(render(personPlacesSql(context, person))),
    sensitivityOf(parts, context.projectId),
  ])
  const [row = {}] = rows
  return locationSources.map((source) => placeOf(row, source, (part) => isSensitive(`standard.${part}_${source}`))).filter(isSomewhere)
}

function placeOf(row: PersonPlacesRow, source: LocationSource, isSensitive: (part: string) => boolean): KnownPlace {
  const text = (part: string) => (isSensitive(part) ? '' : String(row[`${part}_${source}`] ?? ''))
  const point = (of: 'own' | 'point') => {
    const [latitude, longitude] = (row[`${of}_${source}`] ?? []) as (number | null)[]
    return typeof latitude === 'number' && typeof longitude === 'number' ? { latitude, longitude } : null
  }
  const [own, any] = [point('own'), point('point')]
  const hidden = own === null ? isSensitive('postal_code') : isSensitive('latitude') || isSensitive('longitude')
  const country = text('country')
  return {
    source,
    country,
    countryCode: countryCodeNamed(country) ?? '',
    region: text('region'),
    city: text('city'),
    postalCode: text('postal_code'),
    point: any === null || hidden ? null : { ...any, from: own === null ? 'postalCode' : 'coordinates' },
  }
}

function isSomewhere({ country, region, city, postalCode, point }: KnownPlace): boolean {
  return point !== null || [country, region, city, postalCode].some((text) => text !== '')
}
