import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'
import { KindredError } from '@kindred/model'
import Database from 'better-sqlite3'
import type { Parts } from '../parts.ts'
import { version } from '../version.ts'
import { startWorker } from '../worker.ts'
import type { CopyAnswer, CopyOrder } from './copy-database-worker.ts'
import { databaseNames, type Manifest, manifestName, sha256Of, storeName } from './manifest.ts'

/**
 * Writes everything into the new folder `path` while events go on coming: every event that was acknowledged before the call is in it, once. First the
 * catalog and the store, at a moment when no insert is under way, then the log, whose later events a restored server takes up by itself.
 * Errors: `backup/path`, `backup/failed`.
 */
export async function makeBackup(parts: Parts, path: string): Promise<Manifest> {
  const work = `${path}.part`
  checkTarget(path, work)
  const startedAt = parts.clock()
  try {
    mkdirSync(work)
    await parts.ingest.quietly(() => parts.store.backup(join(work, storeName), () => copied(parts, { name: 'catalog.sqlite', work }).then(() => undefined)))
    const { stored, migrations } = readCatalog(join(work, 'catalog.sqlite'))
    const position = await copied(parts, { name: 'log.sqlite', work, stored })
    const files = await Promise.all(
      databaseNames.map(async (name) => ({ name, bytes: statSync(join(work, name)).size, sha256: await sha256Of(join(work, name)) })),
    )
    const manifest: Manifest = { format: 1, version, migrations, startedAt, endedAt: parts.clock(), stored, position, files }
    writeFileSync(join(work, manifestName), JSON.stringify(manifest, null, 2))
    renameSync(work, path)
    return manifest
  } catch (error) {
    rmSync(work, { recursive: true, force: true })
    throw new KindredError('backup/failed', { reason: error instanceof Error ? error.message.slice(0, 300) : String(error) }, { cause: error })
  }
}

function checkTarget(path: string, work: string): void {
  const refuse = (reason: string) => new KindredError('backup/path', { path, reason })
  if (!isAbsolute(path)) throw refuse('give an absolute path')
  try {
    makeFolder(dirname(path))
  } catch (error) {
    throw refuse(error instanceof Error ? error.message : String(error))
  }
  try {
    rmSync(work, { recursive: true, force: true })
    if (readdirSync(path).length > 0) throw refuse('it is there already, and not empty')
  } catch (error) {
    if (error instanceof KindredError) throw error
    const { code, message } = error as NodeJS.ErrnoException
    if (code !== 'ENOENT') throw refuse(message)
  }
}

/** One folder after the other: where the system says that a folder cannot be made because nothing is there (`/proc`), Node's recursive way never ends. */
function makeFolder(path: string): void {
  if (existsSync(path)) return
  makeFolder(dirname(path))
  mkdirSync(path)
}

/** Copies a database in a thread of its own; answers the position of a log. */
async function copied({ config }: Parts, { name, work, stored }: { name: (typeof databaseNames)[number]; work: string; stored?: number }): Promise<number> {
  const order: CopyOrder = { from: join(config.dataDir, name), to: join(work, name), ...(stored !== undefined && { stored }) }
  const worker = startWorker(new URL('./copy-database-worker.ts', import.meta.url), { workerData: order })
  const [answer] = (await once(worker, 'message')) as [CopyAnswer]
  await worker.terminate()
  if ('error' in answer) throw new Error(answer.error)
  return answer.position
}

function readCatalog(path: string): { stored: number; migrations: string[] } {
  const catalog = new Database(path, { readonly: true })
  try {
    const offset = catalog.prepare<[], { position: number }>(`select position from offsets where consumer = 'pipeline'`).get()
    const migrations = catalog.prepare<[], { name: string }>('select name from kysely_migration order by name').all()
    return { stored: offset?.position ?? 0, migrations: migrations.map(({ name }) => name) }
  } finally {
    catalog.close()
  }
}
