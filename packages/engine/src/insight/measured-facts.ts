import type { Series } from '@kindred/model'
import { eventProperty } from '../property.ts'
import { type RenderedSql, raw, render, sql } from '../sql.ts'
import { periodNamed, type TrendsPlan } from './plan.ts'
import { seriesEvents } from './series-rows.ts'

/** What a reader should know of a measured property. `unreadable`: events whose value is no number; as JSON gives 64-bit integers. */
export interface MeasuredFacts {
  unreadable: string
  currencies: string[]
}

const mostCurrencies = 6

/** One row of `MeasuredFacts` about the events a series measures in the current period: their values that are no number, and their currencies. */
export function measuredFactsSql(plan: TrendsPlan, series: Series): RenderedSql {
  const { query, context } = plan
  const { text, number, exists } = eventProperty(series.property ?? '', context)
  const { currency } = context.roles.properties
  const code = currency === undefined ? raw('null') : eventProperty(currency).text
  const { from } = seriesEvents({ series, query, period: periodNamed(plan, 'current'), needsPerson: false }, context)
  return render(sql`select countIf(${exists} and isNull(${number})) as unreadable,
  arraySort(groupUniqArrayIf(${raw(String(mostCurrencies))})(ifNull(${code}, ''), isNotNull(${text}) and isNotNull(${code}))) as currencies ${from}`)
}
