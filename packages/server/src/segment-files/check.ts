import { type CompileContext, planDefinition, type SegmentInfo } from '@kindred/engine'
import { KindredError, type SegmentFileMistake, type SegmentUser } from '@kindred/model'
import type { HeldRule, HeldSegments } from './held.ts'
import { namedBy } from './named.ts'
import { firstNewId, mistakeAt, type Wanted } from './read-files.ts'

interface Asked {
  wanted: readonly Wanted[]
  deleted: readonly HeldRule[]
  held: HeldSegments
  unreadKeys: ReadonlySet<string>
  /** As the project would be. */
  context: CompileContext
  keyOf: (id: number) => string
  /** By segment, what uses it now or would. */
  users: ReadonlyMap<number, SegmentUser[]>
}

/** What is wrong with files that can be read: kinds and units that stay, ways round, what no reading can answer, and deletions of what is used. */
export function problemsOf(asked: Asked): SegmentFileMistake[] {
  return [...asked.wanted.flatMap((wanted) => problemOf(wanted, asked) ?? []), ...asked.deleted.flatMap((each) => inUse(each, asked) ?? [])]
}

function problemOf(wanted: Wanted, { held, unreadKeys, context, keyOf }: Asked): SegmentFileMistake | undefined {
  const { file, key, id, name, definition } = wanted
  const found = held.byKey.get(key)
  if (found?.kind === 'frozen') return mistakeAt(file, ['key'], `“${found.name}” is a frozen list: it has no rule, so it is no file`)
  if (found?.isArchived === true) return mistakeAt(file, ['key'], `“${found.name}” is archived: take it out of the archive first`)
  if (found !== undefined && found.unit !== definition.unit) {
    return mistakeAt(file, ['definition', 'unit'], `a segment of ${found.unit === 'person' ? 'people' : 'accounts'} stays one`)
  }
  for (const named of namedBy(definition)) {
    const way = wayTo(id, named.id, context)
    if (way !== undefined) return mistakeAt(file, ['definition', ...named.path], `the segment would contain itself: ${[id, ...way].map(keyOf).join(' → ')}`)
  }
  try {
    planDefinition(definition, context, { id, name })
    return undefined
  } catch (error) {
    if (!(error instanceof KindredError)) throw error
    const { path = 'where', reason = error.message, id: missing } = error.details
    // What a file with a mistake of its own would make is not there yet; a way round is told by the files on it.
    if (error.code === 'segment/not-found' && Number(missing) >= firstNewId && unreadKeys.has(keyOf(Number(missing)))) return undefined
    if (error.code === 'segment/cycle' && !String(error.details.cycle).startsWith(`${name} → `)) return undefined
    if (error.code === 'segment/not-found') {
      const at = namedBy(definition).find((named) => named.id === missing)
      return mistakeAt(file, ['definition', ...(at?.path ?? ['where'])], `it names ${keyOf(Number(missing))}, which has no file and would be deleted`)
    }
    return mistakeAt(file, ['definition', ...String(path).split('.').map(stepOf)], String(reason))
  }
}

/** Paths in errors are texts; the place in a list is a number. */
const stepOf = (step: string): string | number => (/^\d+$/.test(step) ? Number(step) : step)

/** The segments on the way from one, itself first, to another; undefined where none leads there. */
function wayTo(target: number, start: number, { segments }: Pick<CompileContext, 'segments'>): number[] | undefined {
  const passed = new Set<number>()
  const from = (id: number): number[] | undefined => {
    if (id === target) return [id]
    if (passed.has(id)) return undefined
    passed.add(id)
    for (const named of namedIn(segments.get(id))) {
      const way = from(named.id)
      if (way !== undefined) return [id, ...way]
    }
    return undefined
  }
  return from(start)
}

const namedIn = (segment: SegmentInfo | undefined) => (segment?.kind === 'rule' ? namedBy(segment.definition) : [])

function inUse({ id, key, name }: HeldRule, { deleted, users }: Asked): SegmentFileMistake | undefined {
  const isDeletedToo = (user: SegmentUser) => user.kind === 'segment' && deleted.some((each) => each.id === user.id)
  const using = (users.get(id) ?? []).filter((user) => !isDeletedToo(user)).map((user) => `“${user.name}”`)
  if (using.length === 0) return undefined
  return { path: `${key}.yaml`, line: null, at: '', reason: `“${name}” has no file but cannot be deleted: it is used by ${using.join(', ')}` }
}
