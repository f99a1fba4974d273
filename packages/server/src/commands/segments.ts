import { styleText } from 'node:util'
import type {
  SegmentFileChange,
  SegmentFileDrift,
  SegmentFileMistake,
  SegmentFiles,
  SegmentFilesApplied,
  SegmentFilesPlan,
  SegmentFilesTested,
} from '@kindred/model'
import { type Ask, asking, projectMeant } from './ask-instance.ts'
import { counted } from './counted.ts'
import type { InstanceClient } from './instance-client.ts'
import { pullInto, readFolder, writeVersions } from './segments-folder.ts'

const actions = ['pull', 'diff', 'apply', 'test'] as const
type Action = (typeof actions)[number]

export const isSegmentsAction = (text: string | undefined): text is Action => actions.some((action) => action === text)

export interface SegmentsAsked {
  action: Action
  folder: string
  /** Segments without a file are deleted. */
  prune: boolean
  /** What was changed in Kindred since a file was pulled is overwritten. */
  force: boolean
  /** Left out: the only project there is. */
  project?: number | undefined
}

/** `kindred segments …`: answers whether files and segments are the same now, or all tests passed. What is wrong with the files is thrown, all of it. */
export async function segmentFiles(client: InstanceClient, asked: SegmentsAsked): Promise<boolean> {
  const ask = asking(client, `/api/v1/projects/${await projectMeant(client, asked.project)}/segments`)
  return { pull, diff, apply, test }[asked.action](ask, asked)
}

async function pull(ask: Ask, { folder }: SegmentsAsked): Promise<true> {
  const local = await readFolder(folder)
  const { files } = await ask<SegmentFiles>('GET', '/files')
  const schema = await ask<object>('GET', '/schema')
  const { changes } = await ask<SegmentFilesPlan>('POST', '/files/plan', { json: { files: local, sizes: false } })
  const same = new Set(changes.flatMap(({ kind, path }) => (kind === 'unchanged' && path !== null ? [path] : [])))
  const lines = await pullInto(folder, { local, files, schema, same })
  print([
    ...lines,
    `${counted(files.length, 'segment')}, ${lines.length === 0 ? 'all files as they were' : counted(lines.length, 'file')}${lines.length === 0 ? '' : ' written or removed'}.`,
  ])
  return true
}

async function diff(ask: Ask, { folder, prune }: SegmentsAsked): Promise<boolean> {
  const files = await filesIn(folder)
  const { changes, mistakes } = await ask<SegmentFilesPlan>('POST', '/files/plan', { json: { files, prune } })
  const different = changes.filter(({ kind }) => kind !== 'unchanged')
  const planned = new Set(changes.map(({ key }) => key))
  const { files: held } = await ask<SegmentFiles>('GET', '/files')
  const without = mistakes.length > 0 ? [] : held.filter(({ key }) => !planned.has(key))
  print([
    ...different.flatMap(changeLines),
    ...without.map(({ key }) => paint('dim', `? ${key}: only in Kindred; pull writes its file, apply --prune deletes it`)),
    ...mistakeLines(mistakes),
  ])
  if (different.length + without.length + mistakes.length > 0) return false
  print([`${counted(files.length, 'file')}, nothing differs.`])
  return true
}

async function apply(ask: Ask, { folder, prune, force }: SegmentsAsked): Promise<true> {
  const files = await filesIn(folder)
  const { changes, mistakes } = await ask<SegmentFilesPlan>('POST', '/files/plan', { json: { files, prune, sizes: false } })
  if (mistakes.length > 0) throw new Error(['Nothing was applied. Put this right first:', ...mistakeLines(mistakes)].join('\n'))
  const drifted = changes.filter(({ drift }) => drift !== null)
  if (drifted.length > 0 && !force) {
    const what = 'Nothing was applied: Kindred holds changes that the files would overwrite. Pull first, or apply with --force.'
    throw new Error([what, ...drifted.flatMap(changeLines)].join('\n'))
  }
  const applied = await ask<SegmentFilesApplied>('POST', '/files/apply', { json: { files, prune, force } })
  const different = applied.changes.filter(({ kind }) => kind !== 'unchanged')
  await writeVersions(folder, files, applied.changes)
  print([...different.flatMap(changeLines), different.length === 0 ? 'Nothing differed.' : `Applied: ${summary(different)}.`])
  return true
}

async function test(ask: Ask, { folder }: SegmentsAsked): Promise<boolean> {
  const tested = await ask<SegmentFilesTested>('POST', '/files/test', { json: { files: await filesIn(folder) } })
  const results = tested.files.flatMap(({ path, results: each }) => each.map((result) => ({ path, ...result })))
  const failed = results.filter(({ passed }) => !passed)
  const said = failed.map(({ path, name, expected, found }) =>
    paint('red', `x ${path}: “${name}” ${found === 'unknown' ? 'is not there' : `should be ${expected} and is ${found}`}`),
  )
  print([...said, ...mistakeLines(tested.mistakes), `${counted(results.length - failed.length, 'test')} passed, ${number(failed.length)} failed.`])
  return failed.length + tested.mistakes.length === 0
}

async function filesIn(folder: string) {
  const files = await readFolder(folder)
  if (files.length === 0) throw new Error(`There are no YAML files in ${folder}. \`kindred segments pull ${folder}\` writes them.`)
  return files
}

const signs = { create: '+', change: '~', rename: '~', delete: '-', unchanged: ' ' } as const
const colours = { create: 'green', change: 'yellow', rename: 'yellow', delete: 'red', unchanged: 'dim' } as const

/** One segment: what becomes of it, then what changes in it, a line each. */
function changeLines(change: SegmentFileChange): string[] {
  const { kind, key, path, name, sentence, changes, members, drift, warnings = [] } = change
  const { before, after } = members
  const size =
    after === null || (before === after && kind !== 'create')
      ? ''
      : before === null
        ? ` (${number(after)} members)`
        : ` (${number(before)} → ${number(after)} members)`
  const head = { create: `new, “${name}”: ${sentence}`, change: `“${name}”`, rename: `“${name}”`, delete: `“${name}” is deleted`, unchanged: `“${name}”` }[kind]
  const file = path === null || path === `${key}.yaml` ? '' : ` [${path}]`
  return [
    paint(colours[kind], `${signs[kind]} ${key}${file}: ${head}${size}`),
    ...changes.map((line) => `    ${line}`),
    ...warnings.map(({ path: at, reason }) => paint('yellow', `  ! ${at}: ${reason}`)),
    ...(drift === null ? [] : driftLines(drift).map((line) => paint('magenta', `  ! ${line}`))),
  ]
}

function driftLines({ kind, version, current, deletedAt, versions }: SegmentFileDrift): string[] {
  if (kind === 'deleted') return [`deleted in Kindred on ${day(deletedAt ?? 0)}, after it was pulled at version ${version}`]
  if (kind === 'renamed') return [`renamed or described anew in Kindred after it was pulled at version ${version}`]
  if (kind === 'ahead') return [`the file is of version ${version}, but Kindred has only version ${current}: is it of another project?`]
  return versions.flatMap((each) => [
    `changed in Kindred: version ${each.version} by ${each.author} on ${day(each.at)}`,
    ...each.changes.map((line) => `    ${line}`),
  ])
}

function mistakeLines(mistakes: readonly SegmentFileMistake[]): string[] {
  return mistakes.map(({ path, line, at, reason }) =>
    paint('red', `x ${[line === null ? path : `${path}:${line}`, ...(at === '' ? [] : [at]), reason].join(': ')}`),
  )
}

function summary(changes: readonly SegmentFileChange[]): string {
  const words = { create: 'made', change: 'changed', rename: 'renamed', delete: 'deleted', unchanged: 'unchanged' }
  const kinds = ['create', 'change', 'rename', 'delete'] as const
  return kinds
    .flatMap((kind) => {
      const of = changes.filter((change) => change.kind === kind).length
      return of === 0 ? [] : [`${of} ${words[kind]}`]
    })
    .join(', ')
}

function print(lines: readonly string[]): void {
  for (const line of lines) console.log(line)
}

type Colour = Parameters<typeof styleText>[0]
/** Colour only where a person reads it. */
function paint(colour: Colour, text: string): string {
  return process.stdout.isTTY === true && !process.env.NO_COLOR ? styleText(colour, text) : text
}

const number = (value: number) => value.toLocaleString('en')
const day = (at: number) => new Date(at).toISOString().slice(0, 10)
