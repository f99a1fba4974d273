import { type CompileContext, distinctValuesSql, readsEveryEvent, render, type TwoGroups, traitRowsOf } from '@kindred/engine'
import { KindredError, type SegmentDifference } from '@kindred/model'
import type { Parts } from '../parts.ts'
import { inChunks } from './chunks.ts'
import type { ComparedTrait } from './compared-traits.ts'
import { meanDifferences, mostDistinct, type Sizes, valueShares } from './effects.ts'

interface Asking {
  parts: Pick<Parts, 'store'>
  groups: TwoGroups & { context: CompileContext }
  sizes: Sizes
}

export interface TraitsTold {
  differences: SegmentDifference[]
  /** Those that took too long or too much memory to read. */
  leftOut: ComparedTrait[]
}

/** Each statement reads the events once for all of its traits. */
const traitsAtOnce = 16

/**
 * What is to be asked of traits, a statement or two each. Numbers and texts are asked apart, and so is what goes through events of every name, and what the
 * project made itself: one that takes too much is left out with those beside it, and does not fail the rest.
 */
export function traitQuestions(asking: Asking, traits: readonly ComparedTrait[]): (() => Promise<TraitsTold>)[] {
  const alike = new Map<string, ComparedTrait[]>()
  for (const trait of traits) {
    const key = `${isOfValues(trait)} ${readsEveryEvent(trait.plan)} ${trait.builtIn}`
    alike.set(key, [...(alike.get(key) ?? []), trait])
  }
  return [...alike.values()].flatMap((some) => inChunks(some, traitsAtOnce)).map((some) => () => told(asking, some))
}

const isOfValues = ({ plan: { type } }: ComparedTrait) => type === 'text' || type === 'list'

async function told(asking: Asking, traits: readonly ComparedTrait[]): Promise<TraitsTold> {
  try {
    return { differences: await (traits.some(isOfValues) ? ofValues : ofNumbers)(asking, traits), leftOut: [] }
  } catch (error) {
    if (error instanceof KindredError && ['query/memory', 'query/timeout'].includes(error.code)) return { differences: [], leftOut: [...traits] }
    throw error
  }
}

async function ofNumbers({ parts, groups }: Asking, traits: readonly ComparedTrait[]): Promise<SegmentDifference[]> {
  const found = await meanDifferences(parts, rowsOf(traits, groups))
  return found.flatMap(({ place, ...effect }) => traits.slice(place, place + 1).map(({ name, label }) => ({ kind: 'trait' as const, name, label, ...effect })))
}

async function ofValues({ parts, groups, sizes }: Asking, traits: readonly ComparedTrait[]): Promise<SegmentDifference[]> {
  const kept = await withFewValues(parts, groups, traits)
  if (kept.length === 0) return []
  const found = await valueShares(parts, rowsOf(kept, groups), sizes)
  return found.flatMap(({ place, ...rest }) =>
    kept.slice(place, place + 1).map(({ name, label, plan }) => ({ kind: 'traitValue' as const, name, label, isList: plan.type === 'list', ...rest })),
  )
}

/** Values of events may be as many as there are people. Labels are written by hand, and what the built-in traits tell apart are seasons, channels and categories. */
async function withFewValues({ store }: Asking['parts'], groups: Asking['groups'], traits: readonly ComparedTrait[]): Promise<readonly ComparedTrait[]> {
  const looked = traits.filter(({ builtIn, plan }) => !builtIn && plan.value.is === 'events')
  if (looked.length === 0) return traits
  const [row] = await store.query<{ counts: string[] }>(render(distinctValuesSql(rowsOf(looked, groups))))
  const many = new Set(looked.filter((_, place) => Number(row?.counts[place] ?? 0) > mostDistinct))
  return traits.filter((trait) => !many.has(trait))
}

function rowsOf(traits: readonly ComparedTrait[], groups: Asking['groups']) {
  return traitRowsOf(
    traits.map(({ plan }) => plan),
    groups,
  )
}
