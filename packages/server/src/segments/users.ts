import type { CompileContext } from '@kindred/engine'
import { type Condition, partsOf, readByTrait, type SegmentationSave, type SegmentUser, segmentationSave } from '@kindred/model'
import type { Parts } from '../parts.ts'

type UserParts = Pick<Parts, 'catalog'>
type Found = { segment: number; user: SegmentUser }

/** Finds everything of one kind that asks segments who is in them. */
type FindUsers = (parts: UserParts, context: CompileContext) => Promise<Found[]>

/** The one list of what may use a segment: campaigns, flows and what else comes join it here, and are then named, guarded and shown everywhere. */
const findUsers: { readonly [Kind in SegmentUser['kind']]: FindUsers } = {
  segment: segmentUsers,
  insight: insightUsers,
  trait: traitUsers,
  segmentation: segmentationUsers,
}

/** By segment, everything that uses it. */
export async function usersOfAll(parts: UserParts, context: CompileContext): Promise<Map<number, SegmentUser[]>> {
  const found = (await Promise.all(Object.values(findUsers).map((find) => find(parts, context)))).flat()
  const users = new Map<number, SegmentUser[]>()
  for (const { segment, user } of found) {
    const known = users.get(segment) ?? []
    if (!known.some((each) => each.kind === user.kind && each.id === user.id)) known.push(user)
    users.set(segment, known)
  }
  return users
}

/** Segments whose rule names another. */
async function segmentUsers(_parts: UserParts, { segments }: CompileContext): Promise<Found[]> {
  return [...segments].flatMap(([id, segment]) =>
    segment.kind === 'frozen'
      ? []
      : namedSegments(segment.definition.where).map((named) => ({ segment: named, user: { kind: 'segment' as const, id, name: segment.name } })),
  )
}

/** Saved insights that filter by a segment or have a row for one. */
async function insightUsers({ catalog }: UserParts, { projectId, segments }: CompileContext): Promise<Found[]> {
  const rows = await catalog.selectFrom('insights').select(['id', 'name', 'query']).where('project_id', '=', projectId).execute()
  return rows.flatMap(({ id, name, query }) => {
    const named = [...numbersUnder(JSON.parse(query))].filter((each) => segments.has(each))
    return named.map((segment) => ({ segment, user: { kind: 'insight' as const, id, name } }))
  })
}

/** The project's traits that ask whether somebody is in a segment. */
async function traitUsers({ catalog }: UserParts, { projectId, traits }: CompileContext): Promise<Found[]> {
  if (traits === undefined || traits.size === 0) return []
  const rows = await catalog.selectFrom('traits').select(['id', 'name']).where('project_id', '=', projectId).where('deleted_at', 'is', null).execute()
  return rows.flatMap(({ id, name }) => {
    const trait = traits.get(name)
    const named = trait === undefined ? [] : readByTrait(trait.definition).segments
    return named.map((segment) => ({ segment, user: { kind: 'trait' as const, id, name: trait?.label ?? name } }))
  })
}

/** Segmentations that a segment is a group of, the scope or the target. */
async function segmentationUsers({ catalog }: UserParts, { projectId }: CompileContext): Promise<Found[]> {
  const rows = await catalog
    .selectFrom('segmentations')
    .select(['id', 'name', 'body'])
    .where('project_id', '=', projectId)
    .where('deleted_at', 'is', null)
    .execute()
  return rows.flatMap(({ id, name, body }) =>
    segmentsOf(segmentationSave.parse(JSON.parse(body))).map((segment) => ({ segment, user: { kind: 'segmentation' as const, id, name } })),
  )
}

export function segmentsOf({ scope, groups, target }: SegmentationSave): number[] {
  const listed = groups.by === 'segments' ? groups.segments.map(({ segment }) => segment) : []
  return [...new Set([...listed, ...[scope.segment, target].filter((id) => id !== null)])]
}

/** The segments a condition names, each once. */
export function namedSegments(condition: Condition): number[] {
  const own = 'in' in condition ? [condition.in] : []
  return [...new Set([...own, ...partsOf(condition).flatMap(({ part }) => namedSegments(part))])]
}

/** Numbers that stand under `in` or `segments` anywhere in a question: its ways to name segments. */
function numbersUnder(value: unknown, key = ''): Set<number> {
  if (typeof value === 'number') return new Set(key === 'in' || key === 'segments' ? [value] : [])
  if (typeof value !== 'object' || value === null) return new Set()
  const parts = Array.isArray(value) ? value.map((each) => numbersUnder(each, key)) : Object.entries(value).map(([name, each]) => numbersUnder(each, name))
  return new Set(parts.flatMap((each) => [...each]))
}
