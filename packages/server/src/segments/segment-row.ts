import type { CompileContext } from '@kindred/engine'
import { type KeptReach, KindredError, type Project, type SegmentDefinition, type SegmentUnit, segmentDefinitionSchema } from '@kindred/model'
import { type Selectable, sql } from 'kysely'
import type { Parts } from '../parts.ts'
import type { CatalogTables } from '../store/catalog/tables.ts'

export type SegmentRow = Selectable<CatalogTables['segments']>

/** Errors: `segment/not-found`. */
export async function segmentRow({ catalog }: Pick<Parts, 'catalog'>, project: Pick<Project, 'id'>, id: number): Promise<SegmentRow> {
  const row = await catalog
    .selectFrom('segments')
    .selectAll()
    .where('id', '=', id)
    .where('project_id', '=', project.id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (row === undefined) throw new KindredError('segment/not-found', { id })
  return row
}

/** The rule of a segment; only where it has one. */
export function definitionOf(row: Pick<SegmentRow, 'definition'>): SegmentDefinition {
  return segmentDefinitionSchema.parse(JSON.parse(row.definition))
}

/** Whom a segment holds. */
export function unitOf(row: Pick<SegmentRow, 'kind' | 'unit' | 'definition'>): SegmentUnit {
  return row.kind === 'frozen' ? row.unit : definitionOf(row).unit
}

/** Where only people will do. Errors: `segment/unit` for a segment of accounts. */
export function needPeople(row: SegmentRow): void {
  if (unitOf(row) === 'account') throw new KindredError('segment/unit', { name: row.name })
}

/**
 * Remembers a count that was just made, for lists. `reach`: how many of them can be written to; null: not counted with it. The rule may have been changed since
 * `segments` were read: who met the old one is nothing to the new.
 */
export async function rememberCount(
  { catalog, clock }: Pick<Parts, 'catalog' | 'clock'>,
  { id, segments }: Pick<CompileContext, 'segments'> & { id: number },
  { count, reach }: { count: number; reach: KeptReach | null },
): Promise<void> {
  // The reach of another count would stand beside people it does not belong to.
  const kept = (column: 'reach_email' | 'reach_sms') => sql<number | null>`case when count = ${count} then ${sql.ref(column)} end`
  const reached = reach === null ? { reach_email: kept('reach_email'), reach_sms: kept('reach_sms') } : { reach_email: reach.email, reach_sms: reach.sms }
  await catalog
    .updateTable('segments')
    .set({ count, counted_at: clock(), ...reached })
    .where('id', '=', id)
    .where('version', '=', segments.get(id)?.version ?? 0)
    .execute()
}
