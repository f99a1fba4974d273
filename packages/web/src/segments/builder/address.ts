import { segmentDefinitionSchema } from '@kindred/model'
import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { readDefinition, type Tree } from '../tree/definition.ts'

/** What an address says of the conditions. */
interface Shared {
  /** null where there are none, or none that can be read. */
  tree: Tree | null
  /** Why they could not be read. */
  unreadable: string | null
}

/** Reads the conditions of an address. */
function readAddress({ where, unit, accountType }: Record<string, unknown>): Shared {
  if (where === undefined) return { tree: null, unreadable: null }
  const parsed = segmentDefinitionSchema.safeParse({ where, unit, accountType })
  if (parsed.success) return { tree: readDefinition(parsed.data), unreadable: null }
  const [issue] = parsed.error.issues
  return { tree: null, unreadable: `${issue?.path.join('.') ?? 'where'}: ${issue?.message ?? 'cannot be read'}.` }
}

/** The conditions of the address that the builder was opened with: the ones it writes there itself are its own. */
export function useShared(): Shared {
  const search = useSearch({ strict: false }) as Record<string, unknown>
  return useState(() => readAddress(search))[0]
}
