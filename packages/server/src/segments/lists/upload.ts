import { randomUUID } from 'node:crypto'
import type { Readable } from 'node:stream'
import { KindredError, type ListOutcome, type ListUpload, type listUploadRequest, type Project } from '@kindred/model'
import { parse } from 'csv-parse'
import type { z } from 'zod'
import { entryOf, packEntries } from '../../log/entry.ts'
import type { Parts } from '../../parts.ts'
import { membershipJobs } from '../membership/jobs.ts'
import type { Author } from '../segments.ts'
import { addToList, listedAmong, listRow } from './lists.ts'
import { type Matching, matching } from './match.ts'

/** Rows that are looked up together. */
const rowsAtOnce = 5000
/** Inserted in one statement. */
const reportRowsAtOnce = 1000
/** What a report says of rows is kept so long. */
const reportsKept = 7 * 86_400_000
/** What a record says until the file is through, and for good where the server is stopped before. */
const notThrough = 'the file was not read to its end'

type UploadRequest = z.output<typeof listUploadRequest>

interface Row {
  line: number
  value: string
}
interface Told extends Row {
  outcome: ListOutcome
  person: number | null
}
interface Uploading {
  parts: Parts
  project: Project
  segment: number
  upload: number
  how: Matching
  create: boolean
}

/**
 * Fills a list from a CSV file that streams in: one column names people, each row's outcome is kept for the report. Unknown people are reported, or made where
 * the column holds e-mail addresses or distinct ids. What was added before a file breaks stays, and its record says so and why. Errors: those of `listRow`,
 * `segment/list-unreadable`.
 */
export async function uploadList(
  parts: Parts,
  project: Project,
  { id, body, author, ...request }: UploadRequest & { id: number; body: Readable; author: Author },
): Promise<ListUpload> {
  await listRow(parts, project, id)
  const create = request.unknown === 'create'
  if (create && request.by !== 'email' && request.by !== 'distinct_id') {
    throw new KindredError('request/invalid', { field: 'unknown', reason: 'people are made only by e-mail address or distinct id' })
  }
  const upload = await beginUpload(parts, project, { id, request, author })
  const uploading: Uploading = { parts, project, segment: id, upload, how: matching(parts, project, request.by), create }
  try {
    await takeFile(uploading, valuesIn(body, request.column))
    await noteError(parts, upload, null)
  } catch (error) {
    await noteError(parts, upload, error instanceof Error ? error.message : String(error))
    throw error
  } finally {
    membershipJobs(parts).soon(id, 'hand')
  }
  return oneUpload(parts, { id, upload })
}

/** The figures of the record are written with the rows they count, so that they are true wherever it breaks. */
async function takeFile(uploading: Uploading, batches: AsyncIterable<Row[]>): Promise<void> {
  const { parts, project, upload } = uploading
  const counts: Record<string, number> = {}
  for await (const rows of batches) {
    const told = await takeRows(uploading, rows)
    for (const { outcome } of told) counts[outcome] = (counts[outcome] ?? 0) + 1
    const { added = 0, already = 0, created = 0 } = counts
    const total = Object.values(counts).reduce((sum, each) => sum + each, 0)
    const figures = { total, added, already, created, refused: total - added - already - created }
    await parts.catalog.transaction().execute(async (catalog) => {
      await keepReport({ catalog }, { projectId: project.id, upload, told })
      await catalog.updateTable('list_uploads').set(figures).where('id', '=', upload).execute()
    })
  }
}

async function noteError({ catalog }: Parts, upload: number, error: string | null): Promise<void> {
  await catalog.updateTable('list_uploads').set({ error }).where('id', '=', upload).execute()
}

async function beginUpload({ catalog, clock }: Parts, project: Project, { id, request, author }: { id: number; request: UploadRequest; author: Author }) {
  const zero = { total: 0, added: 0, already: 0, created: 0, refused: 0 }
  const row = {
    project_id: project.id,
    segment_id: id,
    name: request.name,
    matched_by: request.by,
    author_id: author.id,
    at: clock(),
    error: notThrough,
    ...zero,
  }
  const upload = await catalog.insertInto('list_uploads').values(row).returning('id').executeTakeFirstOrThrow()
  const old = catalog
    .selectFrom('list_uploads')
    .select('id')
    .where('at', '<', clock() - reportsKept)
  await catalog.deleteFrom('list_rows').where('upload_id', 'in', old).execute()
  return upload.id
}

/** The values of one column with their lines, some rows at a time. */
async function* valuesIn(body: Readable, column: string | undefined): AsyncGenerator<Row[]> {
  const records = body.pipe(parse({ bom: true, relax_column_count: true, skip_empty_lines: true, trim: true, info: true, max_record_size: 1 << 20 }))
  body.on('error', (error) => records.destroy(error))
  let index: number | undefined
  let rows: Row[] = []
  try {
    for await (const { record, info } of records as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      if (index === undefined) {
        index = column === undefined ? 0 : record.findIndex((name) => name.toLowerCase() === column.trim().toLowerCase())
        if (index === -1) throw new KindredError('segment/list-unreadable', { reason: `it has no column ${column}; it has ${record.join(', ').slice(0, 300)}` })
        continue
      }
      rows.push({ line: info.lines, value: record[index] ?? '' })
      if (rows.length < rowsAtOnce) continue
      yield rows
      rows = []
    }
  } catch (error) {
    if (error instanceof KindredError) throw error
    throw new KindredError('segment/list-unreadable', { reason: error instanceof Error ? error.message : 'it is no CSV' })
  }
  if (index === undefined) throw new KindredError('segment/list-unreadable', { reason: 'it has no header' })
  if (rows.length > 0) yield rows
}

async function takeRows(uploading: Uploading, rows: readonly Row[]): Promise<Told[]> {
  const { parts, project, segment, how, create } = uploading
  // Of these rows only, so that no file is too large for the memory; whom rows further above named is asked of the report.
  const seen = new Set<string>()
  const first = rows.map(({ value }) => {
    const normal = how.normal(value)
    const repeated = normal !== '' && seen.has(normal)
    seen.add(normal)
    return { normal, repeated }
  })
  const asked = [...new Set(first.flatMap(({ normal, repeated }) => (normal === '' || repeated ? [] : [normal])))]
  const found = await how.find(asked)
  const missing = asked.filter((value) => !found.has(value))
  if (create && missing.length > 0) await makePeople(uploading, missing)
  const made = create && missing.length > 0 ? await how.find(missing) : new Map<string, number[]>()
  const people = [...new Set([...found.values(), ...made.values()].flatMap((each) => (each.length === 1 ? each : [])))]
  const taken = await takenAbove(uploading, people)
  const listed = await listedAmong(parts, project, { id: segment, people })
  await addToList(parts, project, { id: segment, people })
  return rows.map((row, index): Told => {
    const { normal = '', repeated = false } = first[index] ?? {}
    const [person, ...more] = found.get(normal) ?? made.get(normal) ?? []
    if (normal === '') return { ...row, outcome: 'empty', person: null }
    if (repeated) return { ...row, outcome: 'repeated', person: person ?? null }
    if (person === undefined) return { ...row, outcome: 'unknown', person: null }
    if (more.length > 0) return { ...row, outcome: 'several', person: null }
    if (taken.has(person)) return { ...row, outcome: 'repeated', person }
    taken.add(person)
    return { ...row, outcome: made.has(normal) ? 'created' : listed.has(person) ? 'already' : 'added', person }
  })
}

/** Those among `people` whom rows further above named. */
async function takenAbove({ parts, upload }: Uploading, people: readonly number[]): Promise<Set<number>> {
  if (people.length === 0) return new Set()
  const rows = await parts.catalog.selectFrom('list_rows').select('person_id').where('person_id', 'in', people).where('upload_id', '=', upload).execute()
  return new Set(rows.flatMap(({ person_id }) => person_id ?? []))
}

/** New people come in as any other: through the log, so that opt-outs and deletions hold for them too. */
async function makePeople({ parts, project, how }: Uploading, values: readonly string[]): Promise<void> {
  const events = values.map((value) => ({
    event: '$set',
    distinctId: value,
    uuid: randomUUID(),
    timestamp: parts.clock(),
    properties: {},
    ...(how.by === 'email' && { set: { email: value } }),
  }))
  await parts.ingest.append({ projectId: project.id, source: 'import', events: packEntries(events.map(entryOf)) })
  await parts.ingest.drained()
}

async function keepReport(
  { catalog }: Pick<Parts, 'catalog'>,
  { projectId, upload, told }: { projectId: number; upload: number; told: readonly Told[] },
): Promise<void> {
  for (let from = 0; from < told.length; from += reportRowsAtOnce) {
    const rows = told.slice(from, from + reportRowsAtOnce)
    await catalog
      .insertInto('list_rows')
      .values(rows.map(({ line, value, outcome, person }) => ({ upload_id: upload, line, project_id: projectId, value, outcome, person_id: person })))
      .execute()
  }
}

/** Errors: `segment/upload-not-found`. */
export async function oneUpload(parts: Pick<Parts, 'catalog'>, { id, upload }: { id: number; upload: number }): Promise<ListUpload> {
  const row = await uploadRows(parts).where('list_uploads.segment_id', '=', id).where('list_uploads.id', '=', upload).executeTakeFirst()
  if (row === undefined) throw new KindredError('segment/upload-not-found', { id: upload })
  return toUpload(row)
}

export function uploadRows({ catalog }: Pick<Parts, 'catalog'>) {
  return catalog.selectFrom('list_uploads').leftJoin('users', 'users.id', 'list_uploads.author_id').selectAll('list_uploads').select('users.name as author')
}

export function toUpload(row: Awaited<ReturnType<ReturnType<typeof uploadRows>['executeTakeFirstOrThrow']>>): ListUpload {
  const { id, name, matched_by: by, total, added, already, created, refused, error, author, at } = row
  return { id, name, by, total, added, already, created, refused, error, author: author ?? 'An API key', at }
}
