import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { openMapped } from './check-mapping.ts'
import type { ReadProgress, RunSurroundings, RunTask } from './messages.ts'
import { Outgoing } from './outgoing.ts'
import { CellProblem } from './read-cell.ts'
import type { BadRow, Row } from './row.ts'
import type { NumberedRow, Stage } from './stage.ts'

/** Reads the whole file and sends its events and its bad rows. Ends early where it is stopped. Errors: `import/unreadable`, `import/invalid-mapping`. */
export async function runImport(task: RunTask, surroundings: RunSurroundings): Promise<ReadProgress> {
  const fileKey = await fileHash(task.path)
  const resumed = fileKey === task.fileKey
  surroundings.post({ kind: 'opened', fileKey, resumed })
  const { file, isGrouped, makeStage } = await openMapped(task.path, task.mapping, task)
  const progress: ReadProgress = { bytes: file.bytes, bytesRead: 0, rows: 0, rejected: 0, skipped: {}, notes: file.notes() }
  const out = new Outgoing({ surroundings, progress, skip: resumed ? task.sent : 0 })
  const stage = makeStage({
    now: task.now,
    identity: { projectId: task.projectId, source: task.mapping.source, fileKey },
    folder: task.folder,
    limits: task.limits,
    reject: (bad, rows) => out.reject(bad, rows),
  })
  // Rows of groups are sent only after the last one is read: reading is half of the work then.
  const readingShare = isGrouped ? 0.5 : 1
  let accepted = 0
  try {
    for await (const batch of file.rows()) {
      progress.bytesRead = Math.floor(file.bytesRead() * readingShare)
      progress.notes = file.notes()
      for (const row of batch) {
        progress.rows++
        if (takeRow(row, stage, out)) accepted++
        if (out.full) await out.flush()
        if (surroundings.stopped()) return progress
      }
      await out.tell()
    }
    let finished = 0
    for await (const made of stage.finish()) {
      if (surroundings.stopped()) return progress
      finished += made.rows
      progress.bytesRead = Math.floor(file.bytes * (readingShare + (1 - readingShare) * (finished / accepted)))
      out.send(made)
      if (out.full) await out.flush()
    }
    progress.bytesRead = file.bytes
    await out.end()
    return progress
  } finally {
    await file.close()
  }
}

/** Whether the row went in. */
function takeRow(row: Row | BadRow, stage: Stage, out: Outgoing): boolean {
  if ('reason' in row) {
    out.reject(row, 1)
    return false
  }
  try {
    const numbered: NumberedRow = { number: out.progress.rows, line: row.line, cells: row.cells, raw: row.raw }
    const made = stage.take(numbered)
    if (made !== undefined && 'skip' in made) {
      out.progress.skipped[made.skip] = (out.progress.skipped[made.skip] ?? 0) + 1
      return false
    }
    if (made !== undefined) out.send(made)
    return true
  } catch (error) {
    if (!(error instanceof CellProblem)) throw error
    out.reject({ line: row.line, column: error.column, reason: error.message, raw: row.raw }, 1)
    return false
  }
}

async function fileHash(path: string): Promise<string> {
  const sha = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) sha.update(chunk as Buffer)
  return sha.digest('hex')
}
