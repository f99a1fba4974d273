import type { Persona, PersonaSave, Project } from '@kindred/model'
import type { Parts } from '../../parts.ts'
import { segmentRow } from '../segment-row.ts'
import type { Author } from '../segments.ts'

/** The persona of a segment; null: none is written. Errors: `segment/not-found`. */
export async function segmentPersona(parts: Parts, project: Project, id: number): Promise<Persona | null> {
  await segmentRow(parts, project, id)
  return (await personasOf(parts, [id])).get(id) ?? null
}

/** Writes the persona of a segment; what stood there before is replaced. Errors: `segment/not-found`. */
export async function savePersona(parts: Parts, project: Project, { id, save, author }: { id: number; save: PersonaSave; author: Author }): Promise<Persona> {
  await segmentRow(parts, project, id)
  const written = { ...save, author_id: author.id, at: parts.clock() }
  await parts.catalog
    .insertInto('segment_personas')
    .values({ segment_id: id, ...written })
    .onConflict((conflict) => conflict.column('segment_id').doUpdateSet(written))
    .execute()
  return (await personasOf(parts, [id])).get(id) as Persona
}

/** Errors: `segment/not-found`. */
export async function deletePersona(parts: Parts, project: Project, id: number): Promise<void> {
  await segmentRow(parts, project, id)
  await parts.catalog.deleteFrom('segment_personas').where('segment_id', '=', id).execute()
}

/** The personas of those of the segments that have one, by the number of the segment. */
export async function personasOf({ catalog }: Pick<Parts, 'catalog'>, ids: readonly number[]): Promise<Map<number, Persona>> {
  if (ids.length === 0) return new Map()
  const rows = await catalog
    .selectFrom('segment_personas as p')
    .leftJoin('users', 'users.id', 'p.author_id')
    .select(['segment_id', 'p.name', 'needs', 'objections', 'talk', 'at', 'users.name as author'])
    .where('segment_id', 'in', ids)
    .execute()
  return new Map(rows.map(({ segment_id, author, ...persona }) => [segment_id, { ...persona, author: author ?? 'An API key' }]))
}
