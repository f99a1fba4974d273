import { useProjectQuery } from '../api/project.ts'
import type { ValueType } from '../conditions/operators.ts'

/** A value that is computed for each person, such as all they ever spent. */
export interface KnownTrait {
  name: string
  label: string
  type: string
  unit: string | null
  builtIn: boolean
  sentence: string
}

/** The project's computed values; undefined while they are not known. */
export function useTraits(): readonly KnownTrait[] | undefined {
  const { data } = useProjectQuery<{ results: KnownTrait[] }>('traits')
  return data?.results
}

const types: Record<string, ValueType> = { number: 'number', money: 'number', date: 'date', datetime: 'date', list: 'list', array: 'list', boolean: 'yes-no' }

/** How a computed value is compared. */
export const traitType = ({ type }: Pick<KnownTrait, 'type'>): ValueType => types[type] ?? 'text'
