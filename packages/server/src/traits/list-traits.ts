import { type CompileContext, needWords, traitSentence } from '@kindred/engine'
import {
  builtInTraits,
  filtersOf,
  KindredError,
  type listRequest,
  type Page,
  type Project,
  readByCondition,
  readByTrait,
  type SavedInsight,
  type Trait,
  type TraitDefinition,
  type TraitInfo,
  traitNeeds,
  traitType,
} from '@kindred/model'
import type { z } from 'zod'
import { pageOf, readCursor } from '../http/cursor.ts'
import { everyInsight } from '../insights/saved.ts'
import type { Parts } from '../parts.ts'
import { questionContext } from '../projects/question-context.ts'
import { wordsOf } from '../segments/words.ts'
import { keptThrough } from './kept/kept-through.ts'

const traitOrder = { list: 'traits', placeOf: ({ name }: Trait) => [name] }

type TraitContext = Pick<CompileContext, 'roles' | 'segments' | 'traits'>

/** The built-in traits and the project's own, by name. Errors: `request/cursor`. */
export async function listTraits(parts: Parts, project: Project, { limit, cursor }: z.output<typeof listRequest>): Promise<Page<Trait>> {
  const [after = ''] = readCursor(traitOrder.list, cursor, ['']) ?? []
  const known = await knownTraits(parts, project)
  const { context } = known
  const names = [...allTraits(context).keys()].filter((name) => name > after).toSorted((one, other) => (one < other ? -1 : 1))
  return pageOf(
    names.slice(0, limit + 1).map((name) => toTrait(name, known)),
    limit,
    traitOrder,
  )
}

/** Errors: `trait/not-found`. */
export async function getTrait(parts: Parts, project: Project, name: string): Promise<Trait> {
  return toTrait(name, await knownTraits(parts, project))
}

/** What traits are told of: all there are, what is kept of each of the project's own, and the saved insights, which may filter by them. */
interface KnownTraits {
  context: CompileContext
  saved: ReadonlyMap<string, SavedTrait>
  insights: readonly SavedInsight[]
}

async function knownTraits(parts: Parts, project: Project): Promise<KnownTraits> {
  const [context, saved, insights] = await Promise.all([questionContext(parts, project), savedTraits(parts, project.id), everyInsight(parts, project.id)])
  return { context, saved, insights }
}

/** Every trait of the project by name. */
export function allTraits({ traits }: Pick<CompileContext, 'traits'>): Map<string, TraitInfo> {
  return new Map([...builtInTraits, ...(traits ?? [])])
}

/** What must be set before a trait has values, in words. */
export function needsOf(definition: TraitDefinition, context: TraitContext): string[] {
  return traitNeeds(definition, { roles: context.roles, traits: allTraits(context) }).map(needWords)
}

interface SavedTrait {
  name: string
  version: number
  updated_at: number
}

async function savedTraits({ catalog }: Pick<Parts, 'catalog'>, projectId: number): Promise<Map<string, SavedTrait>> {
  const rows = await catalog
    .selectFrom('traits')
    .select(['name', 'version', 'updated_at'])
    .where('project_id', '=', projectId)
    .where('deleted_at', 'is', null)
    .execute()
  return new Map(rows.map((row) => [row.name, row]))
}

function toTrait(name: string, { context, saved, insights }: KnownTraits): Trait {
  const info = allTraits(context).get(name)
  if (info === undefined) throw new KindredError('trait/not-found', { name })
  const { label, description, definition } = info
  const own = saved.get(name)
  return {
    name,
    label,
    description,
    type: traitType(definition),
    unit: definition.unit,
    builtIn: builtInTraits.has(name),
    sentence: traitSentence(definition, wordsOf(context)),
    definition,
    needs: needsOf(definition, context),
    version: own?.version ?? 1,
    updatedAt: own?.updated_at ?? null,
    usedBy: usersOf(name, context, insights),
    keptThrough: keptThrough(info, context),
  }
}

/** The segments, the other traits and the saved insights of the project that name this one. */
export function usersOf(name: string, { segments, traits }: TraitContext, insights: readonly SavedInsight[]): Trait['usedBy'] {
  const ofSegments = [...segments].flatMap(([id, segment]): Trait['usedBy'] =>
    segment.kind === 'rule' && readByCondition(segment.definition.where).traits.includes(name) ? [{ kind: 'segment', id: String(id), name: segment.name }] : [],
  )
  const ofTraits = [...(traits ?? [])].flatMap(([user, { label, definition }]): Trait['usedBy'] =>
    readByTrait(definition).traits.includes(name) ? [{ kind: 'trait', id: user, name: label }] : [],
  )
  const filtered = insights.filter(({ query }) => filtersOf(query).some((filter) => 'of' in filter && filter.of === 'trait' && filter.trait === name))
  const ofInsights = filtered.map((insight) => ({ kind: 'insight' as const, id: String(insight.id), name: insight.name }))
  return [...ofSegments, ...ofTraits, ...ofInsights]
}
