import { type ProjectContext, personOfEvent, personsWhere } from '../people.ts'
import { personProperty } from '../property.ts'
import { bind, raw, type Sql, sql } from '../sql.ts'
import type { ReadBy } from '../standard/reader.ts'
import type { Subject } from '../subject.ts'
import { isByHemisphere } from './during.ts'
import { isSouthern } from './southern.ts'
import type { LivedSql, When } from './when.ts'
import { timeZoneNames } from './zones.ts'

/** Where the person `p` lives, as far as conditions about time ask. */

type Asked = Pick<When, 'zoned' | 'during'>

/** For conditions that ask for nothing but the zone. */
export const zoneAlone: Asked = { zoned: { project: { to: 0 }, zones: [], windows: [] }, during: null }

/** Where the person of the event `e` lives, where the subject is `livedSubject`. */
export const livedEvent: LivedSql = { at: raw('e.timestamp'), zone: raw('l.zone'), southern: raw('l.southern') }

/** The subject with each of its events beside where the person of the event lives, as `l`. */
export function livedSubject(subject: Subject, whens: readonly Asked[], timezone: string): Subject {
  return {
    ...subject,
    events: (context, and, joined = raw('')) => {
      const lives = livesSql(whens, { now: 0, timezone }, context)
      return subject.events(context, and, sql`${joined} left join (${lives}) as l on l.person = ${personOfEvent(context)}`)
    },
  }
}

/** A statement of `person`, `zone` and `southern`: where each person lives, as far as the conditions ask. */
export function livesSql(whens: readonly Asked[], clock: { now: number; timezone: string }, context: ProjectContext): Sql {
  const zone = whens.some(({ zoned, during }) => zoned !== null || during?.zone === 'person')
    ? zoneOfPerson({ ...clock, personNames: context.personNames })
    : raw("''")
  const southern = whens.some(({ during }) => during !== null && isByHemisphere(during)) ? isSouthern(context) : raw('0')
  return sql`select p.person_id as person, ${zone} as zone, ${southern} as southern ${personsWhere(context)}`
}

/** String: their time zone, '' where it is not known or is none of the list. */
export function zoneOfPerson(by: ReadBy): Sql {
  const zone = sql`ifNull(${personProperty('standard.time_zone', by).text}, '')`
  return sql`if(${zone} in ${bind('Array(String)', timeZoneNames())}, ${zone}, '')`
}
