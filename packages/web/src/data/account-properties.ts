import { type AccountsPage, type JsonValue, type PropertyDefinition, propertyLabel, type ValueCount } from '@kindred/model'
import { useMemo } from 'react'
import { useProjectQuery } from '../api/project.ts'

/** What a picker shows of a property of accounts. */
export type AccountProperty = Pick<PropertyDefinition, 'name' | 'label' | 'types' | 'count' | 'samples'> & { of: 'account' }

const looked = 200

/** The properties that accounts have, by the accounts seen last: most used first, with their types. */
export function useAccountProperties(enabled: boolean): readonly AccountProperty[] {
  const { data } = useProjectQuery<AccountsPage>('accounts', { limit: looked }, { enabled })
  return useMemo(() => propertiesOf((data?.results ?? []).map(({ properties }) => properties)), [data])
}

/** The values of one of them, most used first. */
export function useAccountValues(property: string, { search, enabled }: { search: string; enabled: boolean }): ValueCount[] {
  const { data } = useProjectQuery<AccountsPage>('accounts', { limit: looked }, { enabled })
  return useMemo(() => {
    const counts = new Map<string, number>()
    for (const { properties } of data?.results ?? []) for (const text of textsIn(properties[property])) counts.set(text, (counts.get(text) ?? 0) + 1)
    const found = [...counts].map(([value, count]) => ({ value, count })).filter(({ value }) => value.toLowerCase().includes(search.trim().toLowerCase()))
    return found.sort((a, b) => b.count - a.count).slice(0, 25)
  }, [data, property, search])
}

function propertiesOf(accounts: readonly Record<string, JsonValue>[]): AccountProperty[] {
  const known = new Map<string, AccountProperty>()
  for (const properties of accounts) {
    for (const [name, value] of Object.entries(properties)) {
      if (value === null || value === '') continue
      const property = known.get(name) ?? { of: 'account', name, label: propertyLabel(name), types: {}, count: 0, samples: [] }
      const type = Array.isArray(value) ? 'list' : typeof value
      property.types[type] = (property.types[type] ?? 0) + 1
      property.count++
      if (property.samples.length < 5) property.samples.push(...textsIn(value))
      known.set(name, property)
    }
  }
  return [...known.values()].sort((a, b) => b.count - a.count)
}

function textsIn(value: JsonValue | undefined): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn)
  return value === null || value === undefined || value === '' || typeof value === 'object' ? [] : [String(value)]
}
