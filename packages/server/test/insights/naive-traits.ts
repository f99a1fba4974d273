import { type JsonValue, matches, operatorOf, type PersonTraitFilter, type TraitInfo, traitDefinitionSchema } from '@kindred/model'
import type { NaiveWorld } from './naive-world.ts'

const day = 24 * 3_600_000

/** What somebody did until a moment, and whether they have a profile. */
interface Known {
  times(event: string, after?: number): number[]
  hasProfile: boolean
  now: number
}
interface NaiveTrait {
  definition: object
  of: (person: Known) => JsonValue | undefined
}

/** Traits of each kind of value, with what they come to in the plainest reading. */
const traits: Readonly<Record<string, NaiveTrait>> = {
  orders: { definition: { count: { did: 'order' } }, of: ({ times }) => times('order').length },
  views_lately: { definition: { count: { did: 'view', within: { last: '2 days' } } }, of: ({ times, now }) => times('view', now - 2 * day).length },
  last_view: {
    definition: { lastDate: { did: 'view' } },
    of: ({ times }) => (times('view').length === 0 ? undefined : new Date(Math.max(...times('view'))).toISOString()),
  },
  orders_by_view: {
    definition: { formula: { text: 'A / B', of: [{ trait: 'orders' }, { count: { did: 'view' } }] } },
    of: ({ times }) => (times('view').length === 0 ? undefined : times('order').length / times('view').length),
  },
  kind: {
    definition: { labels: { first: [{ label: 'buyer', where: { did: 'order' } }], otherwise: 'looker' } },
    of: ({ times, hasProfile }) => (hasProfile ? (times('order').length > 0 ? 'buyer' : 'looker') : undefined),
  },
}

export const traitsKnown: ReadonlyMap<string, TraitInfo> = new Map(
  Object.entries(traits).map(([name, { definition }]) => [name, { name, label: name, description: '', definition: traitDefinitionSchema.parse(definition) }]),
)

/** Whether a filter on a trait keeps somebody. Of ranks it reads `top` alone, of those who did anything that the trait counts. */
export function keepsTrait(
  world: NaiveWorld,
  filter: PersonTraitFilter,
  { person, context }: { person: number; context: { now: number; timezone: string } },
): boolean {
  const traitOf = (id: number) => {
    const times = (event: string, after = Number.NEGATIVE_INFINITY) =>
      world.events.flatMap((each) =>
        each.person === id && each.event === event && each.timestamp > after && each.timestamp <= context.now ? [each.timestamp] : [],
      )
    return traits[filter.trait]?.of({ times, hasProfile: world.persons.has(id), now: context.now })
  }
  const { rank, of: _, ...condition } = filter
  if (rank === undefined) return matches(traitOf(person), operatorOf(condition), context)
  const higher = [...new Set(world.events.map((each) => each.person))].filter((id) => Number(traitOf(id)) > Number(traitOf(person)))
  return Number(traitOf(person)) > 0 && higher.length < (rank.top ?? 0)
}
