import { compiling } from '../condition/kinds.ts'
import type { CompileContext } from '../context.ts'
import type { PlannedTrait } from '../segment/plan-definition.ts'
import { bind, raw, type Sql, sql } from '../sql.ts'
import { traitRows } from './rows.ts'

type Asking = Pick<CompileContext, 'projectId' | 'watermark' | 'hasOverrides' | 'foldedThrough' | 'kept'>

/** One row, column `everyone`: how many people, or accounts, there are. */
export function everyoneSql({ subject }: PlannedTrait, context: Asking): Sql {
  return sql`select count() as everyone ${subject.rows(context)}`
}

/** Rows `id`, `value` of all whose value is told by something; null where the trait has no values. */
export function toldValuesSql({ trait, subject }: PlannedTrait, context: Asking): Sql | null {
  const rows = traitRows(trait, compiling({ subject, context }))
  if (rows === null) return null
  const known = trait.type === 'list' ? raw('notEmpty(value)') : raw('isNotNull(value)')
  return sql`select id, value from (${rows.statement}) where told and ${known} and id in (select ${subject.id} ${subject.rows(context)})`
}

/** One row: `known`, and of numbers and dates `quantiles` at 0, ¼, ½, ¾, 1 and 0.95. */
export function valueSpreadSql(values: Sql, ordered: boolean): Sql {
  const quantiles = ordered ? raw('quantilesExactInclusiveOrNull(0, 0.25, 0.5, 0.75, 1, 0.95)(toFloat64(value))') : raw('emptyArrayFloat64()')
  return sql`select count() as known, ${quantiles} as quantiles from (${values})`
}

/** Rows `bin`, `count`: how many values lie in each part, `width` wide, from `from` on; what lies beyond the last part is in one of its own. */
export function binsSql(values: Sql, { from, width, bins }: { from: number; width: number; bins: number }): Sql {
  const bin = sql`least(toUInt32(floor((toFloat64(value) - ${bind('Float64', from)}) / ${bind('Float64', width)})), ${bind('UInt32', bins)})`
  return sql`select ${bin} as bin, count() as count from (${values}) group by bin order by bin`
}

/** Rows `text`, `count`: the most frequent texts, or items of lists. */
export function frequentTextsSql(values: Sql, { isList, limit }: { isList: boolean; limit: number }): Sql {
  return sql`select ${raw(isList ? 'arrayJoin(value)' : 'value')} as text, count() as count from (${values}) group by text order by count desc, text limit ${bind('UInt32', limit)}`
}

/** Rows `id`, `value` as JSON: those with the highest numbers or dates, or with the lowest ids. */
export function sampleValuesSql(values: Sql, { ordered, limit }: { ordered: boolean; limit: number }): Sql {
  const order = raw(ordered ? 'value desc, id' : 'id')
  return sql`select id, toJSONString(value) as json from (${values} order by ${order} limit ${bind('UInt32', limit)})`
}

/** The number of somebody of whom no event tells; null where that is not known. */
export function absentNumber({ trait, subject }: PlannedTrait, context: Asking): number | null {
  return traitRows(trait, compiling({ subject, context }))?.absent ?? null
}
