import { type VersionOperator, versionBounds, versionGrammar, versionParts } from '@kindred/model'
import type { PropertySql } from '../property.ts'
import { bind, join, raw, type Sql, sql } from '../sql.ts'

/** A version against versions, part by part. */
export function versionOperator({ text }: PropertySql, operator: VersionOperator): Sql {
  const { low, withLow, high, withHigh } = versionBounds(operator)
  const version = sql`arrayResize(arrayMap(part -> toUInt64OrZero(part), splitByChar('.', extract(ifNull(${text}, ''), '^v?([0-9.]+)'))), ${raw(String(versionParts))})`
  const bounds = [sql`match(${text}, ${raw(`'${versionGrammar}'`)})`]
  if (low !== undefined) bounds.push(sql`${version} ${raw(withLow ? '>=' : '>')} ${bind('Array(UInt64)', low)}`)
  if (high !== undefined) bounds.push(sql`${version} ${raw(withHigh ? '<=' : '<')} ${bind('Array(UInt64)', high)}`)
  return join(bounds, ' and ')
}
