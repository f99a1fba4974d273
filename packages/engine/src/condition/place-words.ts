import { englishCountryName, type LocationSource, type PlaceCondition } from '@kindred/model'
import { listWords } from './operator-words.ts'
import type { Saying } from './reading.ts'

const sources: Record<LocationSource, string> = {
  declared: 'declared place',
  shipping: 'shipping address',
  billing: 'billing address',
  device: 'device',
  ip: 'IP address',
}

/** "whose place is in Ireland", "whose last event was within 10 km of 53.35, -6.26". */
export function placeWords(condition: PlaceCondition, { negated }: Pick<Saying, 'negated'>): string {
  const where = whereWords(condition)
  if (condition.place === 'lastEvent') return `whose last event with a place was ${negated ? 'not ' : ''}${where}`
  return `whose ${condition.source === undefined ? 'place' : sources[condition.source]} is ${negated ? 'not ' : ''}${where}`
}

function whereWords({ country, region, city, postalCode, postalCodeStartsWith, continent, area, near, inside }: PlaceCondition): string {
  const or = (texts: string | readonly string[]) => listWords([texts].flat(), 'or')
  if (country !== undefined) return `in ${or([country].flat().map((each) => englishCountryName(each.toUpperCase()) ?? each))}`
  if (region !== undefined) return `in the region ${or(region)}`
  if (city !== undefined) return `in the city ${or(city)}`
  if (postalCode !== undefined) return `at the postal code ${or(postalCode)}`
  if (postalCodeStartsWith !== undefined) return `at a postal code that starts with ${or(postalCodeStartsWith)}`
  if (continent !== undefined) return `on the continent ${or(continent)}`
  if (area !== undefined) return `in ${or(area)}`
  if (near !== undefined) {
    const of = near.postalCode === undefined ? `${near.latitude}, ${near.longitude}` : `the postal code ${near.postalCode}, ${near.country}`
    return `within ${near.km === undefined ? `${near.miles} miles` : `${near.km} km`} of ${of}`
  }
  return `inside an area of ${inside?.length ?? 0} corners on the map`
}
