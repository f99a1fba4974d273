import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'

const bytesAhead = 1024 * 1024

/** A file as the body of a request, read as fast as it is taken. Errors: of the file system. */
export async function fileBody(file: string): Promise<{ stream: ReadableStream; bytes: number }> {
  const { size } = await stat(file)
  // Without a strategy of bytes, 65,536 chunks of any size are read ahead: a file of a gigabyte would be in memory as a whole.
  const strategy = new ByteLengthQueuingStrategy({ highWaterMark: bytesAhead })
  return { stream: Readable.toWeb(createReadStream(file), { strategy }) as ReadableStream, bytes: size }
}
