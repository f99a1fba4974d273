import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import type { SegmentFile, SegmentFileChange, SegmentFileText } from '@kindred/model'
import { schemaName } from '../segment-files/held.ts'

/** Every YAML file below a folder, in order; none where there is no folder. What begins with a dot is not looked into. */
export async function readFolder(folder: string): Promise<SegmentFileText[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  const paths = entries
    .filter((entry) => entry.isFile() && /\.ya?ml$/i.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((path) => !path.split(sep).some((part) => part.startsWith('.') || part === 'node_modules'))
    .sort()
  return Promise.all(paths.map(async (path) => ({ path: path.split(sep).join('/'), text: await readFile(join(folder, path), 'utf8') })))
}

interface Pulled {
  local: readonly SegmentFileText[]
  files: readonly SegmentFile[]
  schema: object
  /** The paths of files that say what Kindred holds: they keep their comments and their order. */
  same: ReadonlySet<string>
}

/**
 * Makes a folder hold what Kindred does, and answers a line for each file that was written or removed. A file is found by its key, so it keeps its own name. A
 * file that was pulled once and whose segment is gone is removed; one that was never in Kindred stays.
 */
export async function pullInto(folder: string, { local, files, schema, same }: Pulled): Promise<string[]> {
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, schemaName), `${JSON.stringify(schema, null, 2)}\n`)
  const byKey = new Map(local.flatMap((file) => (keyIn(file.text) === undefined ? [] : [[keyIn(file.text), file] as const])))
  const taken = new Set(local.map(({ path }) => path))
  const lines: string[] = []
  for (const { key, path: usual, text: pulled, version } of files) {
    const old = byKey.get(key)
    const path = old?.path ?? freePath(usual, taken)
    taken.add(path)
    const text = old !== undefined && same.has(path) ? withVersion(old.text, version) : besideSchema(pulled, path)
    if (text === old?.text) continue
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
    lines.push(`${old === undefined ? '+' : '~'} ${path}`)
  }
  const held = new Set(files.map(({ key }) => key))
  for (const { path, text } of local) {
    const key = keyIn(text)
    if (key === undefined || held.has(key) || !/^version:/m.test(text)) continue
    await rm(join(folder, path))
    lines.push(`- ${path}`)
  }
  return lines
}

/** Writes into the files the versions they have become, so that a later change in Kindred is seen. */
export async function writeVersions(folder: string, files: readonly SegmentFileText[], changes: readonly SegmentFileChange[]): Promise<void> {
  for (const { path, version } of changes) {
    const file = files.find((each) => each.path === path)
    const text = file === undefined || version === null ? undefined : withVersion(file.text, version)
    if (file !== undefined && text !== undefined && text !== file.text) await writeFile(join(folder, file.path), text)
  }
}

const keyIn = (text: string): string | undefined => /^key:[ \t]*["']?([a-z0-9-]+)/m.exec(text)?.[1]

/** The text with another line `version`; a new file gets one before its definition. */
function withVersion(text: string, version: string): string {
  if (/^version:/m.test(text)) return text.replace(/^version:[^\r\n]*/m, `version: ${version}`)
  return text.replace(/^definition:/m, `version: ${version}\ndefinition:`)
}

function besideSchema(text: string, path: string): string {
  const depth = path.split('/').length - 1
  return depth === 0 ? text : text.replace(`$schema=./${schemaName}`, `$schema=${'../'.repeat(depth)}${schemaName}`)
}

function freePath(path: string, taken: ReadonlySet<string>): string {
  let free = path
  for (let number = 2; taken.has(free); number++) free = path.replace(/\.yaml$/, `.${number}.yaml`)
  return free
}
