import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { ImportInspection, ImportPreview, ImportState, Page, SavedMapping } from '@kindred/model'
import { parse, stringify } from 'yaml'
import { type Ask, asking, projectMeant } from '../commands/ask-instance.ts'
import { counted } from '../commands/counted.ts'
import type { InstanceClient } from '../commands/instance-client.ts'
import { progressLine } from '../commands/progress-line.ts'

export interface ImportFileOptions {
  file: string
  /** The file with the mapping, YAML or JSON. */
  map?: string | undefined
  /** The name of a mapping that the project keeps. */
  saved?: string | undefined
  /** Only shows what the first rows become. */
  preview?: boolean
  /** Left out: the only project there is. */
  project?: number | undefined
}

const askEvery = 300

/**
 * `kindred import FILE`: sends the file, shows how far it is, and says at the end what went in and what did not. Ctrl-C cancels the import. Without a
 * mapping it takes an export of a product it knows as it is, and answers a guess for all else.
 */
export async function importFile(client: InstanceClient, options: ImportFileOptions): Promise<void> {
  const { file, project } = options
  if ((await stat(file)).isDirectory()) throw new Error(`${file} is a folder; give a file.`)
  const ask = asking(client, `/api/v1/projects/${await projectMeant(client, project)}/imports`)
  const given = await givenMapping(ask, options)
  const upload = await ask<ImportInspection>('POST', `/inspect?name=${encodeURIComponent(basename(file))}`, { file })
  const mapping = given ?? upload.guess
  const request = { json: { uploadId: upload.uploadId, mapping } }
  if (options.preview === true) {
    console.log(`${given === undefined ? `${guessText(upload)}\n` : ''}${previewText(await ask<ImportPreview>('POST', '/preview', request))}`)
    return
  }
  if (given === undefined && upload.guess.export === undefined) throw new Error(guessText(upload))
  let state = await ask<ImportState>('POST', '', request)
  let cancelled = false
  const cancel = () => {
    cancelled = true
  }
  process.once('SIGINT', cancel)
  try {
    while (state.state === 'waiting' || state.state === 'running') {
      progressLine(onTheWay(state))
      await wait(askEvery)
      state = await ask<ImportState>(cancelled ? 'POST' : 'GET', cancelled ? `/${state.id}/cancel` : `/${state.id}`)
    }
  } finally {
    process.off('SIGINT', cancel)
  }
  progressLine(`${atTheEnd(state)}\n`)
  if (state.state === 'failed') throw new Error(`The import failed: ${state.error}`)
}

/** What the caller named; undefined where nothing was. */
async function givenMapping(ask: Ask, { map, saved }: ImportFileOptions): Promise<unknown> {
  if (map !== undefined) return readMappingFile(map)
  if (saved === undefined) return undefined
  const names: string[] = []
  let cursor: string | null = null
  do {
    const { results, next }: Page<SavedMapping> = await ask<Page<SavedMapping>>('GET', `/mappings?limit=500${cursor === null ? '' : `&cursor=${cursor}`}`)
    const found = results.find(({ name }) => name === saved)
    if (found !== undefined) return found.mapping
    names.push(...results.map(({ name }) => name))
    cursor = next
  } while (cursor !== null)
  throw new Error(`There is no saved mapping "${saved}". ${names.length === 0 ? 'None is saved yet.' : `There are: ${names.join(', ')}.`}`)
}

async function readMappingFile(map: string): Promise<unknown> {
  const text = await readFile(map, 'utf8')
  try {
    return parse(text)
  } catch (error) {
    throw new Error(`The mapping ${map} cannot be read: ${error instanceof Error ? error.message.trim() : error}`)
  }
}

/** The guess, to be saved, corrected and given with --map. */
function guessText({ guess, notes, name }: ImportInspection): string {
  if (guess.export !== undefined) return `${name} is an export of ${guess.export}.`
  const head = `No mapping was given for ${name}. This is a guess: save it as a file, correct it, and give it with --map.`
  return [head, ...notes.map((note) => `# ${note}`), '', stringify(guess, { lineWidth: 0 })].join('\n')
}

function previewText({ made, rejects, rejected, rows }: ImportPreview): string {
  const lines = made.map(({ line, event, id, at, accountType, otherIds, properties, set, setOnce }) => {
    const who = `${accountType === null ? '' : `${accountType} `}${[id, ...otherIds].join(' = ')}`
    const facts = { ...properties, ...set, ...setOnce }
    return `line ${line}: ${event}, ${who}, ${new Date(at).toISOString()} ${JSON.stringify(facts)}`
  })
  const bad = rejects.map(({ line, column, reason }) => `line ${line} cannot be read: ${column === '' ? '' : `${column}: `}${reason}`)
  return [...lines, ...bad, `${counted(rows, 'row')} looked at, ${count(rejected)} cannot be read. Nothing was imported.`].join('\n')
}

const count = (value: number) => value.toLocaleString('en')

function onTheWay({ state, bytes, bytesRead, rows, events, rowsPerSecond, secondsLeft }: ImportState): string {
  if (state === 'waiting' || bytes === 0) return 'Waiting for its turn'
  const left = secondsLeft === null ? '' : `, ${duration(secondsLeft)} left`
  return `${Math.floor((bytesRead / bytes) * 100)} %: ${count(rows)} rows read, ${count(events)} events in, ${count(rowsPerSecond)} rows/s${left}`
}

function atTheEnd(state: ImportState): string {
  const { rows, events, people, duplicates, rejected, skipped, notes } = state
  const seconds = ((state.endedAt ?? 0) - (state.startedAt ?? 0)) / 1000
  const lines = [
    `${state.state === 'cancelled' ? 'Cancelled' : 'Done'} in ${seconds.toFixed(1)} s: ${counted(rows, 'row')} read, ${counted(events, 'event')} of ${count(people)} ${people === 1 ? 'person' : 'people'} came in.`,
    ...(duplicates > 0 ? [`${counted(duplicates, 'event')} ${duplicates === 1 ? 'was' : 'were'} there already.`] : []),
    ...Object.entries(skipped).map(([reason, left]) => `${counted(left, 'row')} left out: ${reason}.`),
    ...(rejected > 0 ? [`${counted(rejected, 'row')} could not be read; Data, Imports lists each with its line and reason.`] : []),
    ...notes,
  ]
  return lines.join('\n')
}

function duration(seconds: number): string {
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`
}
