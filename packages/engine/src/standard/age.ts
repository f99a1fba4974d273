import { numberGrammar, standardFieldNamed } from '@kindred/model'
import { bind, raw, type Sql, sql } from '../sql.ts'
import { firstText, orNothing, type RawReader, withValue } from './reader.ts'
import { localDay } from './today.ts'

/** Ages from this on, and the name of the group they begin. */
const groups = [
  [0, 'under 18'],
  [18, '18-24'],
  [25, '25-34'],
  [35, '35-44'],
  [45, '45-54'],
  [55, '55-64'],
  [65, '65 and over'],
] as const
const oldest = 150

/**
 * Nullable(Date32): the day of birth. A date and time at midnight, as it is written, is that day whatever its zone, because that is how
 * programs write a day; any other time is the day it falls on in the project's zone.
 */
function birthDaySql(reader: RawReader): Sql {
  const zone = bind('String', reader.clock.timezone)
  return withValue('birth', orNothing(firstText(sourcesOf('birth_date'), reader)), (text) =>
    withValue('born_at', reader.dateOf(text), (at) => {
      const isDay = sql`match(${text}, '^[0-9-]{10}([T ]00:00(:00([.]0+)?)?(Z|[+-].*)?)?$')`
      return sql`multiIf(isNull(${at}), null, ${isDay}, toDate32OrNull(left(${text}, 10)), toDate32(fromUnixTimestamp64Milli(assumeNotNull(${at}), ${zone})))`
    }),
  )
}

/** Nullable(String), `1990-05-17`. */
export function birthDateSql(reader: RawReader): Sql {
  return sql`toString(${birthDaySql(reader)})`
}

/**
 * Nullable(Int64): whole years lived by the day that `now` is in the project's zone; who was born on 29 February is a year older on 1 March
 * of other years. Without a birth date the age that was declared, which does not grow. NULL for a birth to come.
 */
export function ageSql(reader: RawReader): Sql {
  const { year, month, day } = localDay(reader.clock)
  const today = bind('Int64', year * 10_000 + month * 100 + day)
  // Days written as numbers such as 20260331 differ by 10,000 for each whole year between them.
  const declared = firstText(
    sourcesOf('age').filter((source) => !sourcesOf('birth_date').includes(source)),
    reader,
  )
  const said = withValue('said', declared, (text) => {
    const number = sql`toFloat64OrZero(${text})`
    return sql`if(match(${text}, ${raw(`'${numberGrammar}'`)}) and ${number} between 0 and ${raw(String(oldest))}, toInt64(floor(${number})), null)`
  })
  return withValue(
    'born',
    sql`toInt64(toYYYYMMDD(${birthDaySql(reader)}))`,
    (born) => sql`multiIf(isNull(${born}), ${said}, ${born} > ${today}, null, intDiv(${today} - ${born}, 10000))`,
  )
}

/** Nullable(String): the group of the age; of people whose age is not known the group that was declared. */
export function ageGroupSql(reader: RawReader): Sql {
  const declared = sourcesOf('age_group').filter((source) => !sourcesOf('age').includes(source))
  const bounds = groups.map(([from]) => String(from))
  const labels = groups.map(([, label]) => `'${label}'`)
  const group = withValue(
    'age',
    sql`ifNull(${ageSql(reader)}, -1)`,
    (age) => sql`[${raw(labels.join(', '))}][arrayCount(b -> b <= ${age}, [${raw(bounds.join(', '))}])]`,
  )
  return sql`coalesce(${orNothing(group)}, ${orNothing(firstText(declared, reader))})`
}

function sourcesOf(key: string): readonly string[] {
  return standardFieldNamed(`standard.${key}`)?.sources ?? []
}
