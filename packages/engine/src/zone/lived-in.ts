import { type ProjectContext, personsWhere } from '../people.ts'
import { personProperty } from '../property.ts'
import { bind, raw, type Sql, sql } from '../sql.ts'
import { isByHemisphere } from './during.ts'
import type { When } from './when.ts'
import { timeZoneNames } from './zones.ts'

/** Where the person `p` lives, as far as conditions about time ask. */

/** A statement of `person`, `zone` and `southern`: where each person lives, as far as the conditions ask. */
export function livesSql(whens: readonly When[], clock: { now: number; timezone: string }, context: ProjectContext): Sql {
  const zone = whens.some(({ zoned, during }) => zoned !== null || during?.zone === 'person') ? zoneOfPerson(clock) : raw("''")
  const southern = whens.some(({ during }) => during !== null && isByHemisphere(during)) ? isSouthern() : raw('0')
  return sql`select p.person_id as person, ${zone} as zone, ${southern} as southern ${personsWhere(context)}`
}

/** String: their time zone, '' where it is not known or is none of the list. */
export function zoneOfPerson(clock: { now: number; timezone: string }): Sql {
  const zone = sql`ifNull(${personProperty('standard.time_zone', clock).text}, '')`
  return sql`if(${zone} in ${bind('Array(String)', timeZoneNames())}, ${zone}, '')`
}

/** UInt8: they live below the equator, by latitude, else by country. 0 where neither is known. */
export function isSouthern(): Sql {
  // Whoever has summer in January lives there.
  const january = { now: Date.UTC(2026, 0, 15), timezone: 'UTC' }
  return sql`ifNull(${personProperty('standard.climate_season', january).text} = ${raw(`'summer'`)}, 0)`
}
