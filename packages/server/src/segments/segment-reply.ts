import { type CompileContext, definitionSentence } from '@kindred/engine'
import type { Segment, SegmentKeeping, SegmentUser } from '@kindred/model'
import type { Parts } from '../parts.ts'
import { lastRuns } from './last-runs.ts'
import { isIdle, pausedOf } from './membership/pause.ts'
import { definitionOf, type SegmentRow, unitOf } from './segment-row.ts'
import { usersOfAll } from './users.ts'
import { wordsOf } from './words.ts'

export const frozenSentence = { person: 'A list of people, which changes by hand alone', account: 'A list of accounts, which changes by hand alone' }

/** Segments as callers see them, in the order of their rows. */
export async function toSegments(parts: Pick<Parts, 'catalog' | 'clock'>, rows: readonly SegmentRow[], context: CompileContext): Promise<Segment[]> {
  const [users, runsOf, owners, paused] = await Promise.all([
    usersOfAll(parts, context),
    lastRuns(parts, rows),
    ownersOf(parts, rows),
    pausedAmong(parts, rows, context),
  ])
  return rows.map((row) => ({
    ...segmentOf(row, { context, users: users.get(row.id) ?? [] }),
    folder: row.folder,
    tags: JSON.parse(row.tags) as string[],
    owner: owners.get(row.owner_id ?? 0) ?? null,
    schedule: row.schedule,
    archivedAt: row.archived_at,
    paused: paused.has(row.id),
    ...runsOf(row.id),
  }))
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

async function pausedAmong({ catalog, clock }: Pick<Parts, 'catalog' | 'clock'>, rows: readonly SegmentRow[], context: CompileContext): Promise<Set<number>> {
  const now = clock()
  if (!rows.some((row) => isIdle(row, now))) return new Set()
  const all = await catalog
    .selectFrom('segments')
    .select(['id', 'used_at', 'schedule', 'archived_at'])
    .where('project_id', '=', context.projectId)
    .where('deleted_at', 'is', null)
    .where('archived_at', 'is', null)
    .execute()
  return pausedOf(all, context.segments, now)
}

async function ownersOf({ catalog }: Pick<Parts, 'catalog'>, rows: readonly SegmentRow[]): Promise<Map<number, { id: number; name: string }>> {
  const ids = [...new Set(rows.flatMap((row) => row.owner_id ?? []))]
  if (ids.length === 0) return new Map()
  const users = await catalog.selectFrom('users').select(['id', 'name']).where('id', 'in', ids).execute()
  return new Map(users.map((user) => [user.id, user]))
}
