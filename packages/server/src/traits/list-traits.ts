import { type CompileContext, needWords, traitSentence } from '@kindred/engine'
import {
  builtInTraits,
  KindredError,
  type listRequest,
  type Page,
  type Project,
  readByCondition,
  readByTrait,
  type Trait,
  type TraitDefinition,
  type TraitInfo,
  traitNeeds,
  traitType,
} from '@kindred/model'
import type { z } from 'zod'
import { pageOf, readCursor } from '../http/cursor.ts'
import type { Parts } from '../parts.ts'
import { questionContext } from '../projects/question-context.ts'
import { wordsOf } from '../segments/words.ts'
import { keptThrough } from './kept/kept-through.ts'

const traitOrder = { list: 'traits', placeOf: ({ name }: Trait) => [name] }

type TraitContext = Pick<CompileContext, 'roles' | 'segments' | 'traits'>

/** The built-in traits and the project's own, by name. Errors: `request/cursor`. */
export async function listTraits(parts: Parts, project: Project, { limit, cursor }: z.output<typeof listRequest>): Promise<Page<Trait>> {
  const [after = ''] = readCursor(traitOrder.list, cursor, ['']) ?? []
  const context = await questionContext(parts, project)
  const saved = await savedTraits(parts, project.id)
  const names = [...allTraits(context).keys()].filter((name) => name > after).toSorted((one, other) => (one < other ? -1 : 1))
  return pageOf(
    names.slice(0, limit + 1).map((name) => toTrait(name, { context, saved })),
    limit,
    traitOrder,
  )
}

/** Errors: `trait/not-found`. */
export async function getTrait(parts: Parts, project: Project, name: string): Promise<Trait> {
  const context = await questionContext(parts, project)
  return toTrait(name, { context, saved: await savedTraits(parts, project.id) })
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

function toTrait(name: string, { context, saved }: { context: CompileContext; saved: ReadonlyMap<string, SavedTrait> }): Trait {
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
    usedBy: usersOf(name, context),
    keptThrough: keptThrough(info, context),
  }
}

/** The segments and the other traits of the project that name this one. */
export function usersOf(name: string, { segments, traits }: TraitContext): Trait['usedBy'] {
  const ofSegments = [...segments].flatMap(([id, segment]): Trait['usedBy'] =>
    segment.kind === 'rule' && readByCondition(segment.definition.where).traits.includes(name) ? [{ kind: 'segment', id: String(id), name: segment.name }] : [],
  )
  const ofTraits = [...(traits ?? [])].flatMap(([user, { label, definition }]): Trait['usedBy'] =>
    readByTrait(definition).traits.includes(name) ? [{ kind: 'trait', id: user, name: label }] : [],
  )
  return [...ofSegments, ...ofTraits]
}
