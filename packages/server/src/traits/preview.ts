import {
  binsSql,
  type CompileContext,
  everyoneSql,
  frequentTextsSql,
  planTrait,
  render,
  type Sql,
  sampleValuesSql,
  toldValuesSql,
  traitSentence,
  valueSpreadSql,
} from '@kindred/engine'
import { KindredError, type Project, type TraitPreview, type traitPreviewRequest } from '@kindred/model'
import type { z } from 'zod'
import { knownAccounts } from '../accounts/known-accounts.ts'
import type { Parts } from '../parts.ts'
import { personRows } from '../people/person-rows.ts'
import { questionContext } from '../projects/question-context.ts'
import { traitWarnings } from '../segments/definition-warnings.ts'
import { wordsOf } from '../segments/words.ts'
import { allTraits, needsOf } from './list-traits.ts'
import { shownValue } from './shown-value.ts'

const shownPeople = 8
const shownTexts = 12
const bins = 10

interface Asking {
  parts: Parts
  project: Project
}

/** What values a saved trait, or a definition, has. Errors: `trait/not-found`, those of `planTrait`, and of a question that takes too long. */
export async function previewTrait({ parts, project }: Asking, asked: z.output<typeof traitPreviewRequest>): Promise<TraitPreview> {
  const started = performance.now()
  const watermark = parts.ingest.watermark()
  const context = await questionContext(parts, project)
  const definition = asked.definition ?? definitionNamed(asked.name ?? '', context)
  const planned = planTrait(definition, context)
  const { type } = planned.trait
  const values = toldValuesSql(planned, context)
  const query = <Row>(statement: Sql) => parts.store.query<Row>(render(statement))
  const [row] = await query<{ everyone: string }>(everyoneSql(planned, context))
  const told = values === null ? noValues : await spread(query, values, type)
  const people = values === null ? [] : await query<{ id: string; json: string }>(sampleValuesSql(values, { ordered: isOrdered(type), limit: shownPeople }))
  const labels = await labelsOf(
    { parts, project },
    definition.unit,
    people.map(({ id }) => Number(id)),
  )
  return {
    sentence: traitSentence(definition, wordsOf(context)),
    type,
    everyone: Number(row?.everyone ?? 0),
    ...told,
    people: people.map(({ id, json }) => ({ id: Number(id), label: labels.get(Number(id)) ?? 'Unknown', value: shownValue(type, json) })),
    needs: needsOf(definition, context),
    warnings: await traitWarnings(parts, definition, planned),
    watermark,
    at: context.now,
    milliseconds: Math.round(performance.now() - started),
  }
}

type Spread = Pick<TraitPreview, 'known' | 'quartiles' | 'distribution'>
const noValues: Spread = { known: 0, quartiles: null, distribution: [] }
const isOrdered = (type: TraitPreview['type']) => type === 'number' || type === 'date'

function definitionNamed(name: string, context: CompileContext) {
  const info = allTraits(context).get(name)
  if (info === undefined) throw new KindredError('trait/not-found', { name })
  return info.definition
}

async function spread(query: <Row>(statement: Sql) => Promise<Row[]>, values: Sql, type: TraitPreview['type']): Promise<Spread> {
  const [row] = await query<{ known: string; quantiles: number[] | null }>(valueSpreadSql(values, isOrdered(type)))
  const known = Number(row?.known ?? 0)
  if (known === 0) return noValues
  if (!isOrdered(type)) {
    const texts = await query<{ text: string; count: string }>(frequentTextsSql(values, { isList: type === 'list', limit: shownTexts }))
    return { known, quartiles: null, distribution: texts.map(({ text, count }) => ({ from: null, to: null, value: text, count: Number(count) })) }
  }
  const [from = 0, low = 0, middle = 0, high = 0, to = 0, most = 0] = row?.quantiles ?? []
  return { known, quartiles: [from, low, middle, high, to], distribution: await distribution(query, values, { from, most, to }) }
}

/** Ten parts as wide as each other up to what 95 of 100 do not exceed, so that a few huge values do not flatten the rest; and one for those. */
async function distribution(query: <Row>(statement: Sql) => Promise<Row[]>, values: Sql, { from, most, to }: { from: number; most: number; to: number }) {
  const width = (most - from) / bins
  if (width <= 0)
    return [
      { from, to, value: null, count: (await query<{ count: string }>(binsSql(values, { from, width: Math.max(1, to - from + 1), bins })))[0]?.count ?? 0 },
    ].map((each) => ({ ...each, count: Number(each.count) }))
  const rows = await query<{ bin: number; count: string }>(binsSql(values, { from, width, bins }))
  const counts = new Map(rows.map(({ bin, count }) => [bin, Number(count)]))
  return Array.from({ length: bins + (to > most ? 1 : 0) }, (_, bin) => {
    const isLast = bin === bins
    return {
      from: from + bin * width,
      to: isLast ? to : from + (bin + 1) * width,
      value: null,
      count: (counts.get(bin) ?? 0) + (bin === bins - 1 && to <= most ? (counts.get(bins) ?? 0) : 0),
    }
  })
}

async function labelsOf({ parts, project }: Asking, unit: 'person' | 'account', ids: readonly number[]): Promise<Map<number, string>> {
  const rows = unit === 'person' ? await personRows(parts, project, ids) : await knownAccounts(parts, project.id, ids)
  return new Map(rows.map(({ id, label }) => [id, label]))
}
