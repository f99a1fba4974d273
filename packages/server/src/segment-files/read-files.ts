import { meantIssue, type SegmentFileMistake, type SegmentFileText, segmentFileSchema, segmentKeySchema } from '@kindred/model'
import { sampleProblem } from '../segments/tests/tests.ts'
import type { HeldSegments } from './held.ts'
import { readVersion, type Stated } from './mark.ts'
import { mapNamed } from './named.ts'
import { type OpenFile, openFile } from './open-file.ts'

/** What a file wants a segment to be. */
export interface Wanted extends Stated {
  file: OpenFile
  key: string
  /** Of a segment that is to be made a number that stands for it until then, from `firstNewId`. */
  id: number
  pulled: ReturnType<typeof readVersion> | undefined
}

export interface ReadFiles {
  wanted: Wanted[]
  mistakes: SegmentFileMistake[]
  /** What the files with mistakes are about, as far as that can be told. */
  unreadKeys: ReadonlySet<string>
  keyOf: (id: number) => string
}

/** Above every number of the catalog, below what JSON holds exactly. */
export const firstNewId = 2 ** 40
const unknownId = 2 ** 41

/** Reads all files, which may name each other and what Kindred holds. Every mistake of every file is told. */
export function readFiles(texts: readonly SegmentFileText[], held: HeldSegments): ReadFiles {
  const mistakes: SegmentFileMistake[] = []
  const files: OpenFile[] = []
  for (const text of texts) {
    const opened = openFile(text)
    if ('file' in opened) files.push(opened.file)
    else mistakes.push(...opened.mistakes)
  }
  const keys = new Map<string, OpenFile>()
  for (const file of files) {
    const key = keyIn(file)
    const other = key === undefined ? undefined : keys.get(key)
    if (other !== undefined) mistakes.push(mistakeAt(file, ['key'], `${other.path} has the same key: each segment is one file`))
    else if (key !== undefined) keys.set(key, file)
  }
  const ids = new Map([...held.byKey].map(([key, { id }]) => [key, id]))
  for (const key of keys.keys()) if (!ids.has(key)) ids.set(key, firstNewId + ids.size)
  const names = new Map([...ids].map(([key, id]) => [id, key]))
  const wanted = [...keys].flatMap(([key, file]) => {
    const known = held.byKey.get(key)
    const read = readFile(file, ids, known?.kind === 'rule' ? known.tests : [])
    mistakes.push(...read.mistakes)
    return read.mistakes.length > 0 || read.stated === undefined ? [] : [{ ...read.stated, file, key, id: ids.get(key) ?? unknownId }]
  })
  for (const file of files) if (keyIn(file) === undefined) mistakes.push(...readFile(file, ids, []).mistakes)
  const good = new Set(wanted.map(({ key }) => key))
  return { wanted, mistakes, unreadKeys: new Set([...keys.keys()].filter((key) => !good.has(key))), keyOf: (id) => names.get(id) ?? held.keyOf(id) }
}

export function mistakeAt(file: OpenFile, at: readonly PropertyKey[], reason: string): SegmentFileMistake {
  return { path: file.path, line: file.lineOf(at), at: at.map(String).join('.'), reason }
}

function keyIn({ content }: OpenFile): string | undefined {
  const key = typeof content === 'object' && content !== null && 'key' in content ? content.key : undefined
  return segmentKeySchema.safeParse(key).data
}

function readFile(
  file: OpenFile,
  ids: ReadonlyMap<string, number>,
  heldTests: Stated['tests'],
): { stated?: Omit<Wanted, 'file' | 'key' | 'id'>; mistakes: SegmentFileMistake[] } {
  const mistakes: SegmentFileMistake[] = []
  const { content } = file
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    return { mistakes: [mistakeAt(file, [], 'a segment has key, name and definition')] }
  }
  const numberOf = (key: unknown, path: readonly (string | number)[]): number => {
    const id = typeof key === 'string' ? ids.get(key) : undefined
    if (id === undefined) mistakes.push(mistakeAt(file, ['definition', ...path], namedWrongly(key)))
    return id ?? unknownId
  }
  const definition = mapNamed((content as { definition?: unknown }).definition, numberOf)
  const parsed = segmentFileSchema.safeParse('definition' in content ? { ...content, definition } : content)
  if (!parsed.success) {
    mistakes.push(...parsed.error.issues.map(meantIssue).flatMap((issue) => mistakesOf(file, issue)))
    return { mistakes }
  }
  const { name, description, version, tests = heldTests } = parsed.data
  const wrong = sampleProblem(parsed.data.tests ?? [], parsed.data.definition.unit)
  if (wrong !== null) return { mistakes: [mistakeAt(file, ['tests', wrong.index], wrong.reason)] }
  const stated: Stated = { name, description, tests, definition: parsed.data.definition }
  return { stated: { ...stated, pulled: version === undefined ? undefined : readVersion(version) }, mistakes }
}

/** A key that is not known is told at its own line. */
function mistakesOf(file: OpenFile, issue: { path: PropertyKey[]; message: string; keys?: unknown }): SegmentFileMistake[] {
  if (!Array.isArray(issue.keys)) return [mistakeAt(file, issue.path, issue.message)]
  return issue.keys.map((key) => mistakeAt(file, [...issue.path, String(key)], 'nothing of this name is read here'))
}

function namedWrongly(key: unknown): string {
  if (typeof key === 'number') return `write the key of the segment here, not a number: in: big-spenders`
  return typeof key === 'string' ? `there is no segment with the key ${key}, neither as a file nor in Kindred` : 'write the key of a segment: in: big-spenders'
}
