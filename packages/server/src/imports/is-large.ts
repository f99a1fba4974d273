import { open } from 'node:fs/promises'

/** Bytes of text. Such a file takes long in any case, and would fill more memory within its first seconds than in all that follow. */
const large = 32 * 1024 * 1024
/** What gzip and Parquet make of events is an eighth of their text. */
const packing = 8
const packedHeads = ['\x1f\x8b', 'PAR1']

/** Whether a file will be long in coming in, by its size unpacked, as a guess. One that cannot be read is not: whoever opens it says why. */
export async function isLarge(path: string): Promise<boolean> {
  const file = await open(path, 'r').catch(() => undefined)
  if (file === undefined) return false
  try {
    const { size } = await file.stat()
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0)
    const head = buffer.toString('latin1', 0, bytesRead)
    return size * (packedHeads.some((packed) => head.startsWith(packed)) ? packing : 1) >= large
  } catch {
    return false
  } finally {
    await file.close()
  }
}
