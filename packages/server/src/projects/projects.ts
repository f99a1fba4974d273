import { randomBytes } from 'node:crypto'
import {
  type Enrichment,
  KindredError,
  type Project,
  type ProjectMember,
  type ProjectSummary,
  type projectPatch,
  type Roles,
  readEnrichment,
  rolesSchema,
  seasonsSchema,
  usualSeasons,
} from '@kindred/model'
import { type Selectable, sql } from 'kysely'
import type { z } from 'zod'
import { guessRoles } from '../data/guess-roles.ts'
import type { Parts } from '../parts.ts'
import type { CatalogTables } from '../store/catalog/tables.ts'

type ProjectParts = Pick<Parts, 'catalog' | 'clock'>
type ProjectTableRow = Selectable<CatalogTables['projects']>

export interface NewProject {
  name: string
  timezone?: string | undefined
  weekStart?: 'sunday' | 'monday'
  currency?: string
  roles?: Roles
  demo?: boolean
}

export async function createProject({ catalog, clock }: ProjectParts, project: NewProject): Promise<Project> {
  const timezone = project.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
  checkTimezone(timezone)
  const row = await catalog
    .insertInto('projects')
    .values({
      name: project.name,
      // The prefix is what the SDKs' own documentation leads people to expect of a project token.
      token: `phc_${randomBytes(24).toString('base64url')}`,
      timezone,
      week_start: project.weekStart ?? 'monday',
      currency: project.currency ?? '',
      roles: project.roles === undefined ? '' : JSON.stringify(project.roles),
      demo: project.demo === true ? 1 : 0,
      created_at: clock(),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toProject(row, { roles: project.roles ?? { events: {}, properties: {} }, currency: row.currency || usualCurrency })
}

export async function listProjects({ catalog }: Pick<Parts, 'catalog'>): Promise<ProjectSummary[]> {
  return catalog.selectFrom('projects').select(['id', 'name', 'timezone']).orderBy('id').execute()
}

/** Whoever signs in to the instance sees all of its projects. */
export function projectMembers({ catalog }: Pick<Parts, 'catalog'>): Promise<ProjectMember[]> {
  return catalog.selectFrom('users').select(['id', 'name']).orderBy('name').orderBy('id').execute()
}

/** The project with its roles and currency: as saved, else guessed from the names and the currency seen so far. Errors: `project/not-found`. */
export async function findProject({ catalog }: Pick<Parts, 'catalog'>, id: number): Promise<Project> {
  const row = await catalog.selectFrom('projects').selectAll().where('id', '=', id).executeTakeFirst()
  if (row === undefined) throw new KindredError('project/not-found', { project: id })
  const roles = row.roles === '' ? await guessedRoles(catalog, id) : rolesSchema.parse(JSON.parse(row.roles))
  return toProject(row, { roles, currency: row.currency || (await guessedCurrency(catalog, id, roles)) })
}

/** Errors: `project/not-found`, `request/invalid` for an unknown time zone. */
export async function changeProject({ catalog }: Pick<Parts, 'catalog'>, id: number, patch: z.infer<typeof projectPatch>): Promise<Project> {
  if (patch.timezone !== undefined) checkTimezone(patch.timezone)
  const change = {
    ...(patch.name !== undefined && { name: patch.name }),
    ...(patch.timezone !== undefined && { timezone: patch.timezone }),
    ...(patch.weekStart !== undefined && { week_start: patch.weekStart }),
    ...(patch.currency !== undefined && { currency: patch.currency }),
    ...(patch.roles !== undefined && { roles: JSON.stringify(patch.roles) }),
    ...(patch.seasons !== undefined && { seasons: JSON.stringify(patch.seasons) }),
    ...(patch.enrichment !== undefined && { enrichment: switched(patch.enrichment) }),
  }
  if (Object.keys(change).length > 0) await catalog.updateTable('projects').set(change).where('id', '=', id).execute()
  return findProject({ catalog }, id)
}

function toProject(row: ProjectTableRow, { roles, currency }: Pick<Project, 'roles' | 'currency'>): Project {
  return {
    id: row.id,
    name: row.name,
    token: row.token,
    timezone: row.timezone,
    weekStart: row.week_start,
    currency,
    roles,
    seasons: row.seasons === '' ? usualSeasons : seasonsSchema.parse(JSON.parse(row.seasons)),
    createdAt: row.created_at,
    demo: row.demo === 1,
    enrichment: readEnrichment(row.enrichment),
  }
}

/** The switches of the row with some changed, in one step, so that two people who change one each both have their way. */
function switched(patch: { [name in keyof Enrichment]?: boolean | undefined }) {
  return sql<string>`json_patch(case enrichment when '' then '{}' else enrichment end, ${JSON.stringify(patch)})`
}

async function guessedRoles(catalog: Parts['catalog'], projectId: number): Promise<Roles> {
  const events = await catalog.selectFrom('event_definitions').select('name').where('project_id', '=', projectId).execute()
  const properties = await catalog.selectFrom('property_definitions').select('name').where('project_id', '=', projectId).where('entity', '=', 'event').execute()
  const names = (rows: readonly { name: string }[]) => rows.map((row) => row.name)
  return guessRoles(names(events), names(properties))
}

const usualCurrency = 'EUR'
const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'))

/** The currency of the events, where they carry only one. */
async function guessedCurrency(catalog: Parts['catalog'], projectId: number, { properties }: Roles): Promise<string> {
  if (properties.currency === undefined) return usualCurrency
  const seen = await catalog
    .selectFrom('property_definitions')
    .select('samples')
    .where('project_id', '=', projectId)
    .where('entity', '=', 'event')
    .where('name', '=', properties.currency)
    .executeTakeFirst()
  const [only, ...others] = new Set((JSON.parse(seen?.samples ?? '[]') as string[]).map((sample) => sample.trim().toUpperCase()))
  return only !== undefined && others.length === 0 && currencies.has(only) ? only : usualCurrency
}

function checkTimezone(timezone: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone: timezone })
  } catch {
    throw new KindredError('request/invalid', { field: 'timezone', reason: `${timezone} is not a time zone of the IANA list, such as Europe/Dublin` })
  }
}
