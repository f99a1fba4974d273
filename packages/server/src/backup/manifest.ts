import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'

/** The names of what a backup's folder holds. */
export const manifestName = 'backup.json'
export const storeName = 'store'
/** The databases, by the names they have in a data directory too. */
export const databaseNames = ['catalog.sqlite', 'log.sqlite'] as const

/** Written last: a folder without it is no backup. */
export const manifestSchema = z.object({
  format: z.literal(1),
  /** Of Kindred. */
  version: z.string(),
  /** Migrations of the catalog that had run. */
  migrations: z.array(z.string()),
  startedAt: z.number().int(),
  endedAt: z.number().int(),
  /** Of the log: the store and the catalog hold everything up to `stored`, the log up to `position`. */
  stored: z.number().int(),
  position: z.number().int(),
  files: z.array(z.object({ name: z.enum(databaseNames), bytes: z.number().int(), sha256: z.string() })),
})
export type Manifest = z.infer<typeof manifestSchema>

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
