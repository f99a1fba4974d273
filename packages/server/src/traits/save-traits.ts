import { planTrait, traitSentence } from '@kindred/engine'
import {
  builtInTraits,
  KindredError,
  type listRequest,
  type Page,
  type Project,
  type Trait,
  type TraitVersion,
  type traitChange,
  traitDefinitionSchema,
  type traitSave,
} from '@kindred/model'
import type { Selectable } from 'kysely'
import type { z } from 'zod'
import { pageOf, readCursor } from '../http/cursor.ts'
import { everyInsight } from '../insights/saved.ts'
import type { Parts } from '../parts.ts'
import { questionContext } from '../projects/question-context.ts'
import { traitWarnings } from '../segments/definition-warnings.ts'
import { wordsOf } from '../segments/words.ts'
import type { CatalogTables } from '../store/catalog/tables.ts'
import { getTrait, usersOf } from './list-traits.ts'

/** Who saves; 0 for a program with an API key. */
interface Author {
  id: number
}

/** Errors: `trait/exists`, and those of `planTrait`. */
export async function createTrait(parts: Parts, project: Project, { save, author }: { save: z.output<typeof traitSave>; author: Author }): Promise<Trait> {
  const { name, label, description } = save
  const context = await questionContext(parts, project)
  if (builtInTraits.has(name) || context.traits?.has(name)) throw new KindredError('trait/exists', { name })
  const warnings = await traitWarnings(parts, save.definition, planTrait(save.definition, context, { name, label }))
  const at = parts.clock()
  const definition = JSON.stringify(save.definition)
  await parts.catalog.transaction().execute(async (catalog) => {
    const { id } = await catalog
      .insertInto('traits')
      .values({ project_id: project.id, name, label, description, definition, version: 1, created_at: at, updated_at: at, deleted_at: null })
      .returning('id')
      .executeTakeFirstOrThrow()
    await catalog.insertInto('trait_versions').values({ trait_id: id, version: 1, definition, author_id: author.id, created_at: at }).execute()
  })
  return { ...(await getTrait(parts, project, name)), ...(warnings.length > 0 && { warnings }) }
}

/** Saves a change; a changed definition is the next version. Errors: `trait/not-found`, `trait/built-in`, `trait/changed`, those of `planTrait`. */
export async function changeTrait(
  parts: Parts,
  project: Project,
  { name, save, author }: { name: string; save: z.output<typeof traitChange>; author: Author },
): Promise<Trait> {
  const old = await traitRow(parts, project, name)
  const planned = planTrait(save.definition, await questionContext(parts, project), { name, label: save.label })
  const warnings = await traitWarnings(parts, save.definition, planned)
  const at = parts.clock()
  const definition = JSON.stringify(save.definition)
  const version = old.version + (definition === JSON.stringify(traitDefinitionSchema.parse(JSON.parse(old.definition))) ? 0 : 1)
  await parts.catalog.transaction().execute(async (catalog) => {
    const change = { label: save.label, description: save.description, definition, version, updated_at: at }
    const changed = await catalog.updateTable('traits').set(change).where('id', '=', old.id).where('version', '=', old.version).executeTakeFirst()
    if (changed.numUpdatedRows === 0n) throw new KindredError('trait/changed', { name })
    if (version === old.version) return
    await catalog.insertInto('trait_versions').values({ trait_id: old.id, version, definition, author_id: author.id, created_at: at }).execute()
  })
  return { ...(await getTrait(parts, project, name)), ...(warnings.length > 0 && { warnings }) }
}

/** Errors: `trait/not-found`, `trait/built-in`, `trait/in-use` with those that read it. */
export async function deleteTrait(parts: Parts, project: Project, name: string): Promise<void> {
  const { id } = await traitRow(parts, project, name)
  const users = usersOf(name, await questionContext(parts, project), await everyInsight(parts, project.id))
  if (users.length > 0) throw new KindredError('trait/in-use', { users: users.map((user) => `“${user.name}”`).join(', ') })
  await parts.catalog.updateTable('traits').set({ deleted_at: parts.clock() }).where('id', '=', id).execute()
}

const versionOrder = { list: 'trait-versions', placeOf: ({ version }: TraitVersion) => [version] }

/** Versions, newest first. Errors: `trait/not-found`, `trait/built-in`, `request/cursor`. */
export async function traitVersions(
  parts: Parts,
  project: Project,
  { name, limit, cursor }: z.output<typeof listRequest> & { name: string },
): Promise<Page<TraitVersion>> {
  const [before = Number.MAX_SAFE_INTEGER] = readCursor(versionOrder.list, cursor, [0]) ?? []
  const { id } = await traitRow(parts, project, name)
  const words = wordsOf(await questionContext(parts, project))
  const rows = await parts.catalog
    .selectFrom('trait_versions')
    .leftJoin('users', 'users.id', 'trait_versions.author_id')
    .select(['version', 'definition', 'trait_versions.created_at as at', 'users.name as author'])
    .where('trait_id', '=', id)
    .where('version', '<', before)
    .orderBy('version', 'desc')
    .limit(limit + 1)
    .execute()
  const versions = rows.map((row): TraitVersion => {
    const definition = traitDefinitionSchema.parse(JSON.parse(row.definition))
    return { version: row.version, author: row.author ?? 'An API key', at: row.at, definition, sentence: traitSentence(definition, words) }
  })
  return pageOf(versions, limit, versionOrder)
}

async function traitRow({ catalog }: Pick<Parts, 'catalog'>, project: Project, name: string): Promise<Selectable<CatalogTables['traits']>> {
  if (builtInTraits.has(name)) throw new KindredError('trait/built-in', { name })
  const row = await catalog
    .selectFrom('traits')
    .selectAll()
    .where('project_id', '=', project.id)
    .where('name', '=', name)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (row === undefined) throw new KindredError('trait/not-found', { name })
  return row
}
