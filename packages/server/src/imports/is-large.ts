import { open } from 'node:fs/promises'
import { parquetMagic } from './parquet/page-index.ts'

/** Bytes of text. Such a file takes long in any case, and would fill more memory within its first seconds than in all that follow. */
const large = 32 * 1024 * 1024
/** What Parquet makes of events is an eighth of their text. */
const packing = 8

/** Whether a file will be long in coming in, by its size as text, or what is known of that. One that cannot be read is not: whoever opens it says why. */
export async function isLarge(path: string): Promise<boolean> {
  const file = await open(path, 'r').catch(() => undefined)
  if (file === undefined) return false
  try {
    const { size } = await file.stat()
    const ends = Buffer.alloc(8)
    await file.read(ends, 0, 4, 0)
    await file.read(ends, 4, 4, Math.max(0, size - 4))
    const head = ends.toString('latin1', 0, 4)
    // gzip ends with the size of what it packed.
    const text = head.startsWith('\x1f\x8b') ? Math.max(size, ends.readUInt32LE(4)) : head === parquetMagic ? size * packing : size
    return text >= large
  } catch {
    return false
  } finally {
    await file.close()
  }
}
