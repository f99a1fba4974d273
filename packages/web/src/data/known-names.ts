import { type EventDefinition, eventLabel, type Page, type PropertyDefinition, type StandardFieldRow, type ValueCount } from '@kindred/model'
import { useDebouncedValue } from '@mantine/hooks'
import { useMemo } from 'react'
import { useProjectList, useProjectQuery } from '../api/project.ts'

/** The project's events, most used first. */
export const useEvents = () => useProjectList<EventDefinition>('data/events')

/** The project's properties of events and of people, most used first. */
export const useProperties = () => useProjectList<PropertyDefinition>('data/properties')

/** The standard fields, in their own order, with the names that this project has for them. */
const useStandardFields = () => useProjectQuery<{ results: StandardFieldRow[] }>('data/standard-fields')

/** What a question may be asked about: the standard fields that the project has data for, then its properties as they came in. */
export function useChoosableProperties(): { data: PropertyDefinition[] | undefined; isPending: boolean } {
  const properties = useProperties()
  const { data: fields } = useStandardFields()
  const data = useMemo(
    () => properties.data && [...(fields?.results ?? []).filter(({ found }) => found.length > 0), ...properties.data],
    [properties.data, fields],
  )
  return { data, isPending: properties.isPending }
}

/** The questions that surveys asked, with how often each was answered, most first. */
export const useSurveyQuestions = () => useProjectQuery<Page<ValueCount>>('data/survey-questions')

/** An event's readable name; for names not listed yet, made from the name itself. */
export function useEventLabels(): (name: string) => string {
  const { data } = useEvents()
  return (name) => data?.find((event) => event.name === name)?.label ?? eventLabel(name)
}

/** Whose properties: those of an event, of a person or of an account. */
export type Side = 'event' | 'person' | 'account'

/** Whose values are offered: also the answers to a question of a survey. */
export type ValueSide = Side | 'survey'

export interface ValuesQuestion {
  of: 'event' | 'person' | 'survey'
  property: string
  event?: string
  search?: string
}

/** The most used values of a property; asks again a moment after the reader stops typing. */
export function useValues({ search = '', ...question }: ValuesQuestion, enabled = true) {
  const [settled] = useDebouncedValue(search.trim(), 200)
  return useProjectQuery<Page<ValueCount>>('data/values', { ...question, search: settled || undefined }, { enabled })
}

export const byCount = <Counted extends { count: number }>(list: readonly Counted[]): Counted[] => [...list].sort((a, b) => b.count - a.count)

/** What a property mostly holds, in a word: `number`, or `text, some number` where values differ. */
export function typeWords(types: Record<string, number>): string {
  const names = Object.entries(types)
    .sort(([, a], [, b]) => b - a)
    .map(([name]) => typeNames[name] ?? name)
  const [main, ...rest] = [...new Set(names)]
  if (main === undefined) return 'unknown'
  return rest.length === 0 ? main : `${main}, some ${rest.join(' and ')}`
}

const typeNames: Record<string, string> = {
  string: 'text',
  String: 'text',
  text: 'text',
  integer: 'number',
  float: 'number',
  number: 'number',
  Int64: 'number',
  UInt64: 'number',
  Float64: 'number',
  boolean: 'yes/no',
  bool: 'yes/no',
  Bool: 'yes/no',
  date: 'date',
  datetime: 'date',
  array: 'list',
  list: 'list',
  object: 'group of fields',
}
