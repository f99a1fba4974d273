import { type Filter, type TrendsInput, type TrendsQuery, trendsQuerySchema } from '@kindred/model'
import { draftMistake, type PropertyDraft, readDraft, writeDraft } from '../../conditions/property-draft.ts'
import { type TraitComparison, traitMistake } from '../../conditions/trait-comparison.ts'

/** A filter while it is being typed. */
export type FilterDraft =
  | ({ of: 'event' | 'person' | 'session' } & PropertyDraft)
  | { of: 'trait'; comparison: TraitComparison }
  | { of: 'segment'; segment: number | null; negated: boolean }

export type SeriesDraft = Omit<TrendsQuery['series'][number], 'filters'> & { filters: FilterDraft[] }

/** The question as the builder holds it: some of its rows may be unfinished. */
export type Question = Omit<TrendsQuery, 'series' | 'filters'> & { series: SeriesDraft[]; filters: FilterDraft[] }

export function readQuestion(query: TrendsQuery): Question {
  return { ...query, series: query.series.map((each) => ({ ...each, filters: each.filters.map(readFilter) })), filters: query.filters.map(readFilter) }
}

export interface Asked {
  /** null while a row is unfinished. */
  query: TrendsQuery | null
  /** What is missing, by the path of the row: `series.0`, `filters.1`, `series.0.filters.2`, `formulas.0`. */
  mistakes: ReadonlyMap<string, string>
}

/** The question as it is asked, or what is missing in it. Empty formulas are left out. */
export function ask(question: Question): Asked {
  const { series, filters, formulas, ...rest } = question
  const mistakes = new Map<string, string>()
  note(filters, 'filters', mistakes)
  series.forEach((each, index) => {
    note(each.filters, `series.${index}.filters`, mistakes)
  })
  if (mistakes.size > 0) return { query: null, mistakes }
  const input: TrendsInput = {
    ...rest,
    series: series.map((each) => ({ ...each, filters: each.filters.map(writeFilter) })),
    filters: filters.map(writeFilter),
    formulas: formulas.filter((formula) => formula.trim() !== ''),
  }
  const parsed = trendsQuerySchema.safeParse(input)
  if (parsed.success) return { query: parsed.data, mistakes }
  for (const issue of parsed.error.issues) mistakes.set(issue.path.slice(0, 2).join('.'), issue.message)
  return { query: null, mistakes }
}

export function filterMistake(filter: FilterDraft): string | null {
  if (filter.of === 'segment') return filter.segment === null ? 'Choose a segment.' : null
  return filter.of === 'trait' ? traitMistake(filter.comparison) : draftMistake(filter)
}

/** `A`, `B`, `C`: what formulas call the series. */
export const letterOf = (index: number): string => String.fromCharCode(65 + index)

function note(filters: FilterDraft[], path: string, mistakes: Map<string, string>): void {
  filters.forEach((filter, index) => {
    const mistake = filterMistake(filter)
    if (mistake !== null) mistakes.set(`${path}.${index}`, mistake)
  })
}

function readFilter(filter: Filter): FilterDraft {
  if ('in' in filter) return { of: 'segment', segment: filter.in, negated: false }
  if ('notIn' in filter) return { of: 'segment', segment: filter.notIn, negated: true }
  if (filter.of !== 'trait') return { of: filter.of, ...readDraft(filter) }
  const { of, ...comparison } = filter
  return { of, comparison }
}

function writeFilter(filter: FilterDraft): Filter {
  if (filter.of === 'trait') return { of: 'trait', ...filter.comparison } as Filter
  if (filter.of !== 'segment') return { of: filter.of, ...writeDraft(filter) } as Filter
  const segment = filter.segment ?? 0
  return filter.negated ? { notIn: segment } : { in: segment }
}
