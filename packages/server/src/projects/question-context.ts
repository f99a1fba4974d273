import type { CompileContext, SegmentInfo, Textless } from '@kindred/engine'
import { type Project, segmentDefinitionSchema, type TraitInfo, traitDefinitionSchema } from '@kindred/model'
import { sql } from 'kysely'
import { foldedThrough } from '../identity/fold-merges.ts'
import type { Parts } from '../parts.ts'
import type { PropertyEntity } from '../pipeline/definitions.ts'
import { mirrorConsents } from '../privacy/mirror-consents.ts'
import { keptOf } from '../traits/kept/keepings.ts'

/** What every question about `project` is compiled for, now. `watermark`: only what was known at that position of the log. */
export async function questionContext(
  parts: Pick<Parts, 'catalog' | 'clock' | 'ingest' | 'store'>,
  project: Project,
  watermark?: number,
): Promise<CompileContext> {
  await mirrorConsents(parts)
  const folded = await foldedThrough(parts)
  const [hasOverrides, personNames, textless, segments, traits, kept] = await Promise.all([
    hasMergesAfter(parts, project.id, folded),
    personNamesOf(parts, project.id),
    textlessOf(parts, project.id),
    segmentsByNumber(parts, project.id),
    traitsByName(parts, project.id),
    keptOf(parts, project.id),
  ])
  const { timezone, weekStart, currency, roles, seasons } = project
  // At or above what is in the store the condition would cut nothing off and only cost.
  const past = watermark !== undefined && watermark < parts.ingest.watermark() ? { watermark } : {}
  return {
    projectId: project.id,
    now: parts.clock(),
    timezone,
    weekStart,
    currency,
    roles,
    seasons,
    hasOverrides,
    personNames,
    textless,
    segments,
    traits,
    kept,
    postalCountries: parts.store.postalCountries(),
    ...past,
    ...(folded > 0 && { foldedThrough: folded }),
  }
}

/** The names of the properties of people. Whatever is in the store was written down here before it went there. */
export async function personNamesOf({ catalog }: Pick<Parts, 'catalog'>, projectId: number): Promise<Set<string>> {
  const rows = await catalog.selectFrom('property_definitions').select('name').where('project_id', '=', projectId).where('entity', '=', 'person').execute()
  return new Set(rows.map(({ name }) => name))
}

/** The names of properties that were numbers and never text, for the same reason. */
async function textlessOf({ catalog }: Pick<Parts, 'catalog'>, projectId: number): Promise<Textless> {
  const rows = await catalog
    .selectFrom('property_definitions')
    .select(['entity', 'name'])
    .where('project_id', '=', projectId)
    // `types` is JSON whose keys are of five words: to look for those takes a tenth of reading it.
    .where(sql<boolean>`instr(types, '"number"') > 0 and instr(types, '"text"') = 0`)
    .execute()
  const namesOf = (entity: PropertyEntity) => new Set(rows.filter((row) => row.entity === entity).map(({ name }) => name))
  return { event: namesOf('event'), person: namesOf('person') }
}

async function hasMergesAfter({ catalog }: Pick<Parts, 'catalog'>, projectId: number, position: number): Promise<boolean> {
  const merge = await catalog
    .selectFrom('person_merges')
    .select('from_id')
    .where('project_id', '=', projectId)
    .where('position', '>', position)
    .limit(1)
    .executeTakeFirst()
  return merge !== undefined
}

async function segmentsByNumber({ catalog }: Pick<Parts, 'catalog'>, projectId: number): Promise<Map<number, SegmentInfo>> {
  const chosen = await catalog.selectFrom('segment_choices').select('segment_id').distinct().where('project_id', '=', projectId).execute()
  const byHand = new Set(chosen.map((row) => row.segment_id))
  const rows = await catalog
    .selectFrom('segments')
    .select(['id', 'name', 'kind', 'unit', 'definition', 'version'])
    .where('project_id', '=', projectId)
    .where('deleted_at', 'is', null)
    .execute()
  return new Map(
    rows.map(({ id, name, kind, unit, definition, version }): [number, SegmentInfo] => [
      id,
      {
        ...(kind === 'frozen' ? { name, kind, unit } : { name, kind, definition: segmentDefinitionSchema.parse(JSON.parse(definition)) }),
        version,
        ...(byHand.has(id) && { hasChoices: true }),
      },
    ]),
  )
}

async function traitsByName({ catalog }: Pick<Parts, 'catalog'>, projectId: number): Promise<Map<string, TraitInfo>> {
  const rows = await catalog
    .selectFrom('traits')
    .select(['name', 'label', 'description', 'definition'])
    .where('project_id', '=', projectId)
    .where('deleted_at', 'is', null)
    .execute()
  return new Map(rows.map((row) => [row.name, { ...row, definition: traitDefinitionSchema.parse(JSON.parse(row.definition)) }]))
}
