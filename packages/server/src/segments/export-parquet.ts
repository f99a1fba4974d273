import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Parts } from '../parts.ts'
import type { WrittenColumn } from '../store/clickhouse/table-file.ts'
import { cellText, type ExportedRow, inPieces } from './export-cells.ts'

const kinds: Readonly<Record<string, WrittenColumn['kind']>> = { id: 'number', created_at: 'time', last_seen: 'time' }

/**
 * Rows as a Parquet file. Such a file can only be written as a whole: the rows go to disk first, then the store makes the file of them, and it is read from
 * there, so that no more than a piece is ever in memory.
 */
export async function* parquetPieces(parts: Parts, columns: readonly string[], chunks: AsyncIterable<ExportedRow[]>): AsyncGenerator<Uint8Array> {
  const folder = join(parts.config.dataDir, 'exports')
  await mkdir(folder, { recursive: true })
  const [lines, file] = [join(folder, `${randomUUID()}.jsonl`), join(folder, `${randomUUID()}.parquet`)]
  try {
    await writeLines(lines, chunks)
    await parts.store.writeTable(file, { lines, columns: columns.map((name) => ({ name, kind: kinds[name] ?? 'text' })) })
    for await (const piece of createReadStream(file, { highWaterMark: 1 << 18 })) yield piece as Uint8Array
  } finally {
    await Promise.all([rm(lines, { force: true }), rm(file, { force: true })])
  }
}

async function writeLines(path: string, chunks: AsyncIterable<ExportedRow[]>): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    for await (const rows of inPieces(chunks)) {
      await file.write(rows.map(({ cells }) => `${JSON.stringify(cells.map((cell) => (cell === 'null' ? null : cellText(cell))))}\n`).join(''))
    }
  } finally {
    await file.close()
  }
}
