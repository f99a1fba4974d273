import { barePostalCode, englishCountryName, postalArea, postalAreaLengths } from '@kindred/model'
import { bind, raw, type Sql, sql } from '../sql.ts'
import { renamed, withValue } from './reader.ts'

/** The look-up of installed postal codes: a dictionary, so that what is installed later counts for the people who are there already. */
const lookup = raw(`'kindred_lookup.postal_points'`)
const areas = Object.entries(postalAreaLengths)
const [areaKeys, areaLengths] = [areas.map(([key]) => `'${key}'`).join(', '), areas.map(([, length]) => length).join(', ')]

/** Tuple(Nullable(Float64), Nullable(Float64)): latitude and longitude; both NULL where the code is not known. */
function pointOfCode(country: Sql, code: Sql): Sql {
  return sql`dictGetOrNull(${lookup}, ('latitude', 'longitude'), (${country}, ${code}))`
}

/** The point of a postal code that a definition names, or of the area it belongs to. `country` is one that is on the list. */
export function postalPointSql(country: string, code: string): Sql {
  const bare = barePostalCode(code)
  const [whole, area] = [bare, postalArea(country, bare)].map((each) => pointOfCode(bind('String', country), bind('String', each))) as [Sql, Sql]
  return withValue('whole', whole, () => sql`if(isNotNull(whole.1), whole, ${area})`)
}

/** Texts of places, an item for each source: Array(String). */
interface PostalPlaces {
  codes: Sql
  /** English names; '' where the source tells none. */
  countries: Sql
  /** String: the country of sources that tell none. */
  otherwise: Sql
}

/** Array(Tuple(Nullable(Float64), Nullable(Float64))): the points of postal codes, by source. `installed`: two-letter codes of the countries whose codes are known. */
export function postalPoints({ codes, countries, otherwise }: PostalPlaces, installed: readonly string[]): Sql {
  const byName = installed.map((code): [string, string] => [englishCountryName(code) ?? code, code])
  const keys = sql`arrayMap(country -> ${renamed(sql`if(empty(country), ${otherwise}, country)`, byName, raw(`''`))}, ${countries})`
  const bare = sql`arrayMap(code -> upper(replaceRegexpAll(code, '[ -]', '')), ${codes})`
  const area = sql`left(code, transform(concat(key, toString(length(code))), [${raw(areaKeys)}], [${raw(areaLengths)}], 0))`
  return withValue('keys', keys, (key) =>
    withValue('bare', bare, (code) => {
      const whole = sql`arrayMap((key, code) -> ${pointOfCode(raw('key'), raw('code'))}, ${key}, ${code})`
      const areaPoint = sql`arrayMap((key, code) -> ${pointOfCode(raw('key'), area)}, ${key}, ${code})`
      return sql`arrayMap((whole, area) -> if(isNotNull(whole.1), whole, area), ${whole}, ${areaPoint})`
    }),
  )
}
