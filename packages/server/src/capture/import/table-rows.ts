import type { MessagePort } from 'node:worker_threads'
import type { ErrorCode, ErrorDetails, JsonValue } from '@kindred/model'
import { KindredError } from '@kindred/model'
import { type JsonRecord, JsonRecords } from './json-records.ts'

/** A Parquet file as the main thread reads it through the store: this thread asks for its rows, piece by piece. */
export interface TableSource {
  port: MessagePort
  columns: readonly TableColumn[]
  rows: number
  bytes: number
}

export interface TableColumn {
  name: string
  /** Its times are those of a wall clock whose zone the file does not say. */
  localTime: boolean
}

/** Answers to `'next'`: whole lines of JSON, one for each row; null after the last. */
export type TablePiece = { lines: Uint8Array | null } | { code: ErrorCode; details: ErrorDetails }

export interface OpenedTable {
  columns: readonly string[]
  bytes: number
  /** About: the share of the rows that have been read. */
  bytesRead(): number
  records(parse?: (text: string) => unknown): AsyncGenerator<JsonRecord[]>
  close(): Promise<void>
}

/** To be read once. Errors, while reading: `import/unreadable`. */
export function openTable({ port, columns, rows, bytes }: TableSource): OpenedTable {
  const local = columns.filter(({ localTime }) => localTime).map(({ name }) => name)
  let read = 0
  async function* records(parse?: (text: string) => unknown): AsyncGenerator<JsonRecord[]> {
    const lines = new JsonRecords(parse)
    for (;;) {
      const piece = await nextPiece(port)
      if (piece === null) return
      const batch = [...lines.read(Buffer.from(piece).toString('utf8'), false)]
      read += batch.length
      for (const record of batch) if ('value' in record) writeLocalTimes(record.value, local)
      yield batch
    }
  }
  return {
    columns: columns.map(({ name }) => name),
    bytes,
    bytesRead: () => (rows === 0 ? bytes : Math.floor((bytes * Math.min(read, rows)) / rows)),
    records,
    async close() {
      port.close()
    },
  }
}

function nextPiece(port: MessagePort): Promise<Uint8Array | null> {
  return new Promise((resolve, reject) => {
    port.once('message', (piece: TablePiece) => {
      if ('lines' in piece) resolve(piece.lines)
      else reject(new KindredError(piece.code, piece.details))
    })
    port.postMessage('next')
  })
}

/** The engine writes every time as UTC; the Z is taken from those that are not, so that they are read in the zone of the mapping. */
function writeLocalTimes(value: { [key: string]: JsonValue }, columns: readonly string[]): void {
  for (const column of columns) {
    const time = value[column]
    if (typeof time === 'string' && time.endsWith('Z')) value[column] = time.slice(0, -1)
  }
}
