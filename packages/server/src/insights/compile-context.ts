import type { CompileContext, SegmentInfo } from '@kindred/engine'
import { type Project, segmentDefinitionSchema } from '@kindred/model'
import type { Parts } from '../parts.ts'

/**
 * What a question of this project is compiled for, now. `watermark` bounds the events that count; one that the store has not passed yet bounds
 * nothing.
 */
export async function compileContext(parts: Pick<Parts, 'catalog' | 'clock' | 'ingest'>, project: Project, watermark?: number): Promise<CompileContext> {
  const { id, timezone, weekStart, currency, roles } = project
  const [segments, merged] = await Promise.all([segmentsOf(parts, id), hasMerges(parts, id)])
  const bound = watermark !== undefined && watermark < parts.ingest.watermark() ? { watermark } : {}
  return { projectId: id, now: parts.clock(), timezone, weekStart, currency, roles, hasOverrides: merged, segments, ...bound }
}

async function segmentsOf({ catalog }: Pick<Parts, 'catalog'>, projectId: number): Promise<Map<number, SegmentInfo>> {
  const rows = await catalog
    .selectFrom('segments')
    .select(['id', 'name', 'kind', 'definition'])
    .where('project_id', '=', projectId)
    .where('deleted_at', 'is', null)
    .execute()
  return new Map(
    rows.map(({ id, name, kind, definition }) => [
      id,
      kind === 'frozen' ? { name, kind } : { name, kind, definition: segmentDefinitionSchema.parse(JSON.parse(definition)) },
    ]),
  )
}

async function hasMerges({ catalog }: Pick<Parts, 'catalog'>, projectId: number): Promise<boolean> {
  return (await catalog.selectFrom('person_merges').select('from_id').where('project_id', '=', projectId).limit(1).executeTakeFirst()) !== undefined
}
