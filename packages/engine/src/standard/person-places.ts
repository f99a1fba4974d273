import { locationSources, type PlacePart } from '@kindred/model'
import type { CompileContext } from '../context.ts'
import { personsWhere } from '../people.ts'
import { personReader } from '../property.ts'
import { bind, join, raw, type Sql, sql } from '../sql.ts'
import { placeSql, pointSql } from './place.ts'

const parts = ['country', 'region', 'city', 'postal_code'] as const satisfies readonly PlacePart[]

/** `country_declared` and so on; `point_…` and `own_…` are [latitude, longitude] or [null, null], of which `own_…` are coordinates that the source itself has. */
export type PersonPlacesRow = Record<string, string | [number | null, number | null] | null>

/** One row: where a person is by each source, as conditions of places read it. */
export function personPlacesSql(context: Pick<CompileContext, 'projectId' | 'now' | 'timezone' | 'personNames' | 'postalCountries'>, person: number): Sql {
  const reader = personReader(context)
  const columns = locationSources.flatMap((source) => [
    ...parts.map((part) => sql`${placeSql(part, source, reader)} as ${raw(`${part}_${source}`)}`),
    sql`${pointSql(source, reader, [])} as ${raw(`own_${source}`)}`,
    sql`${pointSql(source, reader, context.postalCountries ?? [])} as ${raw(`point_${source}`)}`,
  ])
  return sql`select ${join(columns, ', ')} ${personsWhere({ projectId: context.projectId }, [sql`p.person_id = ${bind('UInt64', person)}`])}`
}
