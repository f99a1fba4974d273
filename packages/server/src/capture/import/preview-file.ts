import type { CapturedEvent, ImportPreview, PreviewedRow, Properties, RejectedRow } from '@kindred/model'
import { type OpenedImport, openMapped } from './check-mapping.ts'
import type { PreviewTask } from './messages.ts'
import { CellProblem } from './read-cell.ts'
import type { BadRow, Row } from './row.ts'
import { defaultLimits, type MadeEvent, type Stage } from './stage.ts'

const shownRows = 50
/** Rows that become one event each show at once; the first orders of a file need some more of its lines. */
const rowsLookedAt = 1000
const shownOfRow = 1000

/** What the first rows of a file become. Nothing is kept. Errors: `import/unreadable`, `import/invalid-mapping`. */
export async function previewFile({ path, mapping, zone, table, now, folder }: PreviewTask): Promise<ImportPreview> {
  const opened = await openMapped(path, mapping, { zone, now, table })
  const preview: ImportPreview = { rows: 0, made: [], rejected: 0, rejects: [], skipped: {}, notes: [] }
  const reject = (bad: BadRow, rows: number) => {
    preview.rejected += rows
    if (preview.rejects.length < shownRows) preview.rejects.push(shownReject(bad))
  }
  const stage = opened.makeStage({ now, identity: { projectId: 0, source: '', fileKey: '' }, folder, limits: defaultLimits, reject })
  try {
    await readSome(opened, stage, { preview, reject })
    for await (const made of stage.finish()) {
      if (preview.made.length >= shownRows) break
      preview.made.push(previewed(made))
    }
    preview.notes = opened.file.notes()
    return preview
  } finally {
    await opened.file.close()
  }
}

interface Preparing {
  preview: ImportPreview
  reject(bad: BadRow, rows: number): void
}

async function readSome({ file }: OpenedImport, stage: Stage, { preview, reject }: Preparing): Promise<void> {
  for await (const batch of file.rows()) {
    for (const row of batch) {
      preview.rows++
      takeRow(row, stage, { preview, reject })
      if (preview.made.length >= shownRows || preview.rows >= rowsLookedAt) return
    }
  }
}

function takeRow(row: Row | BadRow, stage: Stage, { preview, reject }: Preparing): void {
  if ('reason' in row) {
    reject(row, 1)
    return
  }
  try {
    const made = stage.take({ ...row, number: preview.rows })
    if (made === undefined) return
    if ('skip' in made) preview.skipped[made.skip] = (preview.skipped[made.skip] ?? 0) + 1
    else preview.made.push(previewed(made))
  } catch (error) {
    if (!(error instanceof CellProblem)) throw error
    reject({ line: row.line, column: error.column, reason: error.message, raw: row.raw }, 1)
  }
}

function shownReject({ line, column, reason, raw }: BadRow): RejectedRow {
  return { line, column, reason, row: raw.slice(0, shownOfRow) }
}

/** The last entry is the event itself; those before join ids. */
function previewed({ entries, line }: MadeEvent): PreviewedRow {
  const events = entries.map(({ json }) => JSON.parse(json) as CapturedEvent)
  const event = events.at(-1)
  if (event === undefined) throw new Error('a row made nothing')
  const joined = events.flatMap(({ otherId }) => (otherId === undefined ? [] : [otherId]))
  const isAccount = event.event === '$groupidentify'
  const { $group_type: type, $group_key: key, $group_set: account } = event.properties
  return {
    line,
    event: event.event,
    id: isAccount ? String(key) : event.distinctId,
    otherIds: joined,
    accountType: isAccount ? String(type) : null,
    at: event.timestamp,
    properties: isAccount ? ((account ?? {}) as Properties) : event.properties,
    set: event.set ?? {},
    setOnce: event.setOnce ?? {},
    accounts: event.groups ?? {},
  }
}
