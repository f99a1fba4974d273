import type { CompileContext } from '@kindred/engine'
import { type Condition, partsOf, readByTrait, type SegmentUser } from '@kindred/model'
import type { Parts } from '../parts.ts'

type UserParts = Pick<Parts, 'catalog'>
type Found = { segment: number; user: SegmentUser }

/** Finds everything of one kind that asks segments who is in them. */
type FindUsers = (parts: UserParts, context: CompileContext) => Promise<Found[]>

/** The one list of what may use a segment: campaigns, flows and what else comes join it here, and are then named, guarded and shown everywhere. */
const findUsers: { readonly [Kind in SegmentUser['kind']]: FindUsers } = { segment: segmentUsers, insight: insightUsers }

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
export function traitsAsking(id: number, { traits }: Pick<CompileContext, 'traits'>): { name: string }[] {
  return [...(traits?.values() ?? [])].filter(({ definition }) => readByTrait(definition).segments.includes(id)).map(({ label }) => ({ name: label }))
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
