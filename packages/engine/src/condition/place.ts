import {
  type Area,
  type Coordinates,
  type Corner,
  countriesOf,
  countryCodeNamed,
  earthRadius,
  edgesOf,
  englishCountryName,
  KindredError,
  kilometresInMile,
  type LocationSource,
  type PlaceCondition,
  type PlacePart,
  placeNames,
  radians,
  textPattern,
} from '@kindred/model'
import { eventProperty, personReader } from '../property.ts'
import { bind, join, raw, type Sql, sql } from '../sql.ts'
import { continentNamed, countryNamed, placeSql, pointSql } from '../standard/place.ts'
import { postalPointSql } from '../standard/postal-point.ts'
import { type RawReader, withValue } from '../standard/reader.ts'
import { type TimeWindow, windowSql } from '../time.ts'
import { placeWords } from './place-words.ts'
import type { Plan } from './plan.ts'
import type { Compiling, Planning, Reading } from './reading.ts'

export interface PlacePlan extends Plan {
  readonly kind: 'place'
  readonly of: 'profile' | 'lastEvent'
  readonly source: LocationSource | null
  readonly asked: AskedPlace
  readonly now: number
  readonly timezone: string
  readonly window: TimeWindow
  /** The countries whose postal codes are installed. */
  readonly postalCountries: readonly string[]
}
type AskedPlace =
  | { readonly by: 'text'; readonly part: PlacePart; readonly texts: readonly string[]; readonly anchor: 'whole' | 'start' }
  | { readonly by: 'country'; readonly names: readonly string[] }
  | { readonly by: 'near'; readonly point: Coordinates | PostalCodeAsked; readonly km: number }
  | { readonly by: 'inside'; readonly corners: readonly Corner[] }

/** A postal code; the country by its two letters. */
interface PostalCodeAsked {
  readonly country: string
  readonly code: string
}

/** Where somebody is. A place that is not known is nowhere: it meets nothing. */
export const place: Reading<PlaceCondition, PlacePlan> = {
  plan: (condition, planning) => {
    const { context, path, subject } = planning
    if (condition.place === 'profile' && subject.unit === 'account')
      throw new KindredError('segment/invalid', {
        path: `${path}.place`,
        reason: 'an account has no profile of places; ask for a property of it, or for its last event',
      })
    return {
      kind: 'place',
      of: condition.place,
      source: condition.source ?? null,
      asked: askedPlace(condition, planning),
      now: context.now,
      timezone: context.timezone,
      window: { to: context.now },
      postalCountries: context.postalCountries ?? [],
    }
  },
  sql: (plan, compiling) =>
    plan.of === 'lastEvent'
      ? sql`${compiling.subject.id} in (${lastEventSubjects(plan, compiling)})`
      : metSql(plan.asked, {
          source: plan.source,
          reader: personReader({ ...plan, personNames: compiling.context.personNames }),
          postalCountries: plan.postalCountries,
        }),
  readsOnlyId: (plan) => plan.of === 'lastEvent',
  ids: (plan, compiling) => (plan.of === 'lastEvent' ? lastEventSubjects(plan, compiling) : null),
  says: (condition, saying) => placeWords(condition, saying),
}

function askedPlace(condition: PlaceCondition, { context, path, warn }: Planning): AskedPlace {
  const { country, region, city, postalCode, postalCodeStartsWith, continent, area, near, inside } = condition
  const unknown = (what: string, step: string) => (text: string) => {
    warn(`“${text}” is no ${what}, so nobody is there`, step)
    return text
  }
  const text = (part: PlacePart, asked: string | readonly string[], anchor: 'whole' | 'start' = 'whole'): AskedPlace => ({
    by: 'text',
    part,
    texts: [asked].flat().map(part === 'postal_code' ? withoutSpacing : (each) => each),
    anchor,
  })
  if (country !== undefined) return text('country', named(country, countryNamed, unknown('country that is known', 'country')))
  if (continent !== undefined) return text('continent', named(continent, continentNamed, unknown('continent', 'continent')))
  if (region !== undefined) return text('region', region)
  if (city !== undefined) return text('city', city)
  if (postalCode !== undefined) return text('postal_code', postalCode)
  if (postalCodeStartsWith !== undefined) return text('postal_code', postalCodeStartsWith, 'start')
  if (area !== undefined) return { by: 'country', names: namesOf([area].flat()) }
  if (near !== undefined)
    return { by: 'near', point: pointOf(near, { path, installed: context.postalCountries ?? [] }), km: near.km ?? (near.miles ?? 0) * kilometresInMile }
  return { by: 'inside', corners: inside ?? [] }
}

function named(asked: string | readonly string[], nameOf: (text: string) => string | undefined, unknown: (text: string) => string): string[] {
  return [asked].flat().map((each) => nameOf(each) ?? unknown(each))
}

function namesOf(areas: readonly Area[]): string[] {
  return [...new Set(areas.flatMap((each) => countriesOf(each).map((code) => englishCountryName(code) ?? code)))]
}

/** Errors: `segment/invalid` for a country that is none, `segment/postal-codes` where the postal codes of the country are not installed. */
function pointOf(
  { latitude, longitude, postalCode = '', country: named = '' }: NonNullable<PlaceCondition['near']>,
  { path, installed }: { path: string; installed: readonly string[] },
): Coordinates | PostalCodeAsked {
  if (latitude !== undefined && longitude !== undefined) return { latitude, longitude }
  const country = countryCodeNamed(named)
  if (country === undefined) throw new KindredError('segment/invalid', { path: `${path}.near.country`, reason: `“${named}” is no country that is known` })
  if (!installed.includes(country))
    throw new KindredError('segment/postal-codes', { path: `${path}.near.postalCode`, country: englishCountryName(country) ?? country })
  return { country, code: postalCode }
}

/** `D02 X285`, `d02x285` and `D02-X285` are one postal code. */
function withoutSpacing(text: string): string {
  return text.replace(/[ -]/g, '')
}

interface Place {
  source: LocationSource | null
  reader: RawReader
  postalCountries: readonly string[]
}

/** UInt8, never NULL: whether the place that a reader reads is the one asked for. */
function metSql(asked: AskedPlace, place: Place): Sql {
  const { source, reader } = place
  const part = (name: PlacePart) => placeSql(name, source, reader)
  switch (asked.by) {
    case 'text': {
      const text = asked.part === 'postal_code' ? sql`replaceRegexpAll(${part('postal_code')}, '[ -]', '')` : part(asked.part)
      return sql`ifNull(match(${text}, ${bind('String', textPattern(asked.texts, asked.anchor))}), 0)`
    }
    case 'country':
      return sql`ifNull(${part('country')} in ${bind('Array(String)', asked.names)}, 0)`
    case 'near':
      return onPoint(place, (point) => sql`${distanceSql(point, centreSql(asked.point))} <= ${bind('Float64', asked.km)}`)
    case 'inside':
      return onPoint(place, (point) => insideSql(point, asked.corners))
  }
}

interface PointSql {
  latitude: Sql
  longitude: Sql
}

function onPoint({ source, reader, postalCountries }: Place, body: (point: PointSql) => Sql): Sql {
  return withValue('spot', pointSql(source, reader, postalCountries), () => {
    const met = body({ latitude: raw('spot.1'), longitude: raw('spot.2') })
    return sql`ifNull(${met} and isNotNull(spot.1), 0)`
  })
}

/** Of a postal code that is not in the table it is NULL, which nobody is near. */
function centreSql(point: Coordinates | PostalCodeAsked): PointSql {
  if ('latitude' in point) return { latitude: bind('Float64', point.latitude), longitude: bind('Float64', point.longitude) }
  const found = postalPointSql(point.country, point.code)
  return { latitude: sql`${found}.1`, longitude: sql`${found}.2` }
}

/** The formula of `distance` in the model, in its order, so that both round alike. */
function distanceSql({ latitude, longitude }: PointSql, centre: PointSql): Sql {
  const [at, lon, turn] = [centre.latitude, centre.longitude, raw(String(radians))]
  const half = sql`pow(sin((${at} - ${latitude}) * ${turn} / 2), 2) + cos(${latitude} * ${turn}) * cos(${at} * ${turn}) * pow(sin((${lon} - ${longitude}) * ${turn} / 2), 2)`
  return sql`${raw(String(2 * earthRadius))} * asin(least(1, sqrt(${half})))`
}

/** The count of `isInside` in the model, edge by edge: the numbers are ours, read from the definition as numbers. */
function insideSql({ latitude, longitude }: PointSql, corners: readonly Corner[]): Sql {
  const number = (value: number) => raw(`(${value})`)
  const crossed = edgesOf(corners).map(({ low, high }) => {
    const east = sql`${longitude} < (${number(high[0] - low[0])} * (${latitude} - ${number(low[1])})) / ${number(high[1] - low[1])} + ${number(low[0])}`
    return sql`(${latitude} >= ${number(low[1])} and ${latitude} < ${number(high[1])} and ${east})`
  })
  return crossed.length === 0 ? raw('0') : sql`xor(${join(crossed, ', ')})`
}

/** One column, each subject once: whose last event with a place was there. An event has the place that its IP address told; with a country, it has one. */
function lastEventSubjects(plan: PlacePlan, { context, subject }: Compiling): Sql {
  const parts = partsRead(plan.asked)
  const names = [...new Set(parts.flatMap((part) => placeNames.ip[part]))]
  const texts = names.map((name) => sql`ifNull(${eventProperty(name).text}, '')`)
  const hasPlace = sql`(e.country_code != '' or e.country_name != '')`
  const reader: RawReader = { ...personReader(plan), has: () => true, value: ([name = '']) => raw(`at.${names.indexOf(name) + 1}`) }
  const last = sql`select ${subject.ofEvent(context)} as id, argMax(tuple(${join(texts, ', ')}), (e.timestamp, e.position)) as at ${subject.events(context, [hasPlace, ...windowSql(plan.window)])} group by id`
  return sql`select id from (${last}) where ${metSql(plan.asked, { source: 'ip', reader, postalCountries: [] })}`
}

function partsRead(asked: AskedPlace): PlacePart[] {
  if (asked.by === 'near' || asked.by === 'inside') return ['latitude', 'longitude']
  if (asked.by === 'country') return ['country']
  return asked.part === 'continent' ? ['continent', 'country'] : [asked.part]
}
