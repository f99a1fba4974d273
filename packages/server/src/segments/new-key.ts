import { freeSegmentKey, segmentKeyOf } from '@kindred/model'
import type { Parts } from '../parts.ts'

/** The key of a segment that is being made, from its name. Asked in the transaction that makes it, so that no other takes the same. */
export async function newSegmentKey(catalog: Parts['catalog'], projectId: number, name: string): Promise<string> {
  const rows = await catalog.selectFrom('segments').select('key').where('project_id', '=', projectId).where('deleted_at', 'is', null).execute()
  return freeSegmentKey(segmentKeyOf(name), new Set(rows.map(({ key }) => key)))
}
