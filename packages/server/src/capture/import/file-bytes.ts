import { type FileHandle, open } from 'node:fs/promises'
import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { KindredError } from '@kindred/model'

/** A file being read once from its start, unpacked where it begins like gzip. */
export interface FileBytes {
  /** Size on disk. */
  bytes: number
  /** How much of that has been read. */
  bytesRead(): number
  /** Errors: `import/unreadable` where the packed data is broken or cut off. */
  chunks(): AsyncGenerator<Buffer>
  close(): Promise<void>
}

const chunkBytes = 256 * 1024
const otherFormats: readonly { magic: readonly number[]; reason: string }[] = [
  { magic: [0x50, 0x4b, 0x03, 0x04], reason: 'it is a zip or an Excel file; save it as CSV, or unpack it' },
  { magic: [0xd0, 0xcf, 0x11, 0xe0], reason: 'it is an old Excel file; save it as CSV' },
  { magic: [0x50, 0x41, 0x52, 0x31], reason: 'it is a Parquet file; save it as CSV or JSON lines' },
  { magic: [0x28, 0xb5, 0x2f, 0xfd], reason: 'it is packed with zstd; unpack it, or pack it with gzip' },
]

/** Errors: `import/unreadable` for an empty file and for formats that are not text. */
export async function openFile(path: string): Promise<FileBytes> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    if (size === 0) throw new KindredError('import/unreadable', { reason: 'it is empty' })
    const { buffer: head } = await file.read(Buffer.alloc(4), 0, 4, 0)
    const other = otherFormats.find(({ magic }) => magic.every((byte, index) => head[index] === byte))
    if (other !== undefined) throw new KindredError('import/unreadable', { reason: other.reason })
    return fileBytes(file, size, head[0] === 0x1f && head[1] === 0x8b)
  } catch (error) {
    await file.close()
    throw error
  }
}

function fileBytes(file: FileHandle, bytes: number, packed: boolean): FileBytes {
  let bytesRead = 0
  async function* raw(): AsyncGenerator<Buffer> {
    for (;;) {
      const { buffer, bytesRead: count } = await file.read(Buffer.allocUnsafe(chunkBytes), 0, chunkBytes, bytesRead)
      if (count === 0) return
      bytesRead += count
      yield buffer.subarray(0, count)
    }
  }
  return { bytes, bytesRead: () => bytesRead, chunks: () => (packed ? unpacked(raw()) : raw()), close: () => file.close() }
}

async function* unpacked(chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  // `pipeline` hands an error of either side to the reader below; its own callback has nothing to add.
  const stream = pipeline(Readable.from(chunks), createGunzip({ chunkSize: chunkBytes }), () => undefined)
  try {
    for await (const chunk of stream) yield chunk as Buffer
  } catch (error) {
    const reason = `its gzip data is broken or cut off (${error instanceof Error ? error.message : String(error)})`
    throw new KindredError('import/unreadable', { reason }, { cause: error })
  }
}
