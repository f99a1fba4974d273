import { type CompileContext, definitionSentence } from '@kindred/engine'
import type { Segment, SegmentKeeping, SegmentUser } from '@kindred/model'
import type { Parts } from '../parts.ts'
import { isPaused } from './membership/pause.ts'
import { underWay } from './membership/recompute.ts'
import { definitionOf, type SegmentRow, unitOf } from './segment-row.ts'
import { usersOfAll } from './users.ts'
import { wordsOf } from './words.ts'

export const frozenSentence = { person: 'A list of people as it was when it was frozen', account: 'A list of accounts as it was when it was frozen' }

/** Segments as callers see them, in the order of their rows. */
export async function toSegments(parts: Pick<Parts, 'catalog' | 'clock'>, rows: readonly SegmentRow[], context: CompileContext): Promise<Segment[]> {
  const ids = rows.map(({ id }) => id)
  const [users, runs, owners] = await Promise.all([usersOfAll(parts, context), lastRuns(parts, ids), ownersOf(parts, rows)])
  return rows.map((row) => {
    const { recorded = null, recordError = null } = runs.get(row.id) ?? {}
    return {
      ...segmentOf(row, { context, users: users.get(row.id) ?? [] }),
      folder: row.folder,
      tags: JSON.parse(row.tags) as string[],
      owner: owners.get(row.owner_id ?? 0) ?? null,
      schedule: row.schedule,
      archivedAt: row.archived_at,
      paused: isPaused(row, parts.clock()),
      recorded,
      recordError,
    }
  })
}

function segmentOf(row: SegmentRow, { context, users }: { context: CompileContext; users: SegmentUser[] }): Omit<Segment, keyof SegmentKeeping> {
  const definition = row.kind === 'frozen' ? null : definitionOf(row)
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    kind: row.kind,
    unit: unitOf(row),
    definition,
    sentence: definition === null ? frozenSentence[row.unit] : definitionSentence(definition, wordsOf(context)),
    version: row.version,
    count: row.count,
    countedAt: row.counted_at,
    reach: row.reach_email === null || row.reach_sms === null ? null : { email: row.reach_email, sms: row.reach_sms },
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    usedBy: users,
  }
}

async function lastRuns(
  { catalog }: Pick<Parts, 'catalog'>,
  ids: readonly number[],
): Promise<Map<number, { recorded: Segment['recorded']; recordError: string | null }>> {
  if (ids.length === 0) return new Map()
  const newest = (failed: boolean) =>
    catalog
      .selectFrom('segment_runs')
      .select(({ fn }) => fn.max('id').as('id'))
      .where('segment_id', 'in', ids)
      .where('error', failed ? 'is not' : 'is', null)
      // One that is under way has not failed, nor come to its end.
      .$if(failed, (query) => query.where('error', '!=', underWay))
      .groupBy('segment_id')
  const rows = await catalog
    .selectFrom('segment_runs')
    .selectAll()
    .where((where) => where.or([where('id', 'in', newest(false)), where('id', 'in', newest(true))]))
    .orderBy('id')
    .execute()
  const found = new Map<number, { recorded: Segment['recorded']; recordError: string | null }>()
  for (const row of rows) {
    const before = found.get(row.segment_id)?.recorded ?? null
    const recorded = row.error === null ? { at: row.at, position: row.position, size: row.size } : before
    found.set(row.segment_id, { recorded, recordError: row.error })
  }
  return found
}

async function ownersOf({ catalog }: Pick<Parts, 'catalog'>, rows: readonly SegmentRow[]): Promise<Map<number, { id: number; name: string }>> {
  const ids = [...new Set(rows.flatMap((row) => row.owner_id ?? []))]
  if (ids.length === 0) return new Map()
  const users = await catalog.selectFrom('users').select(['id', 'name']).where('id', 'in', ids).execute()
  return new Map(users.map((user) => [user.id, user]))
}
