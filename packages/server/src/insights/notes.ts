import { type MeasuredFacts, measuredFactsSql, seriesWords, type TrendsPlan } from '@kindred/engine'
import { propertyLabel, type Series } from '@kindred/model'
import type { Parts } from '../parts.ts'

/** What a reader of the numbers should know: values left out because they are no numbers, and several currencies in one sum. */
export async function notesOn(parts: Pick<Parts, 'catalog' | 'store'>, plan: TrendsPlan): Promise<string[]> {
  const measured = plan.series.flatMap((index) => plan.query.series[index] ?? []).filter(({ property }) => property !== undefined)
  const notes = await Promise.all(measured.map((series) => notesOnSeries(parts, plan, series)))
  return [...new Set(notes.flat())]
}

async function notesOnSeries(parts: Pick<Parts, 'catalog' | 'store'>, plan: TrendsPlan, series: Series): Promise<string[]> {
  // The events are read once more only where the definitions say that there is something to find.
  const [mayMix, maySum] = await Promise.all([mayNotBeNumbers(parts, plan, series), mayHoldCurrencies(parts, plan, series)])
  if (!mayMix && !maySum) return []
  const [facts] = await parts.store.query<MeasuredFacts>(measuredFactsSql(plan, series))
  const unreadable = Number(facts?.unreadable ?? 0)
  const currencies = facts?.currencies ?? []
  const name = `${propertyLabel(series.property ?? '')} of “${seriesWords(series)}”`
  return [
    ...(mayMix && unreadable > 0 ? [`${name}: ${unreadable === 1 ? '1 value is' : `${unreadable} values are`} no number and left out.`] : []),
    ...(maySum && currencies.length > 1 ? [`${name}: amounts in ${currencies.join(', ')} are taken together without conversion.`] : []),
  ]
}

async function mayNotBeNumbers({ catalog }: Pick<Parts, 'catalog'>, { context }: TrendsPlan, { property }: Series): Promise<boolean> {
  const definition = await eventPropertyNamed(catalog, context.projectId, property ?? '')
  return definition !== undefined && Object.keys(JSON.parse(definition.types) as object).some((type) => type !== 'number')
}

async function mayHoldCurrencies({ catalog }: Pick<Parts, 'catalog'>, { context }: TrendsPlan, { property }: Series): Promise<boolean> {
  const { value, currency } = context.roles.properties
  if (currency === undefined || property !== value) return false
  const definition = await eventPropertyNamed(catalog, context.projectId, currency)
  return definition !== undefined && (JSON.parse(definition.samples) as unknown[]).length > 1
}

function eventPropertyNamed(catalog: Parts['catalog'], projectId: number, name: string) {
  return catalog
    .selectFrom('property_definitions')
    .select(['types', 'samples'])
    .where('project_id', '=', projectId)
    .where('entity', '=', 'event')
    .where('name', '=', name)
    .executeTakeFirst()
}
