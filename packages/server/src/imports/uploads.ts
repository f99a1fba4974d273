import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { KindredError } from '@kindred/model'
import { z } from 'zod'

const hour = 3_600_000
/** An upload that no import uses is removed after this. */
const unusedFor = 24 * hour
const idForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const aboutSchema = z.object({ projectId: z.number().int(), name: z.string() })

export interface Upload {
  id: string
  name: string
  path: string
}

/** Files that were sent to be imported. Each lies in a folder of the data directory under an id of ours; its own name is never part of a path. */
export class Uploads {
  readonly #folder: string

  constructor(dataDir: string) {
    this.#folder = join(dataDir, 'uploads')
  }

  /** Writes the stream to disk as it comes. What was sent in part is removed. */
  async keep(projectId: number, name: string, body: Readable): Promise<Upload> {
    await mkdir(this.#folder, { recursive: true })
    const upload = { id: randomUUID(), name, path: '' }
    upload.path = this.#path(upload.id)
    try {
      await pipeline(body, createWriteStream(upload.path, { mode: 0o600 }))
      await writeFile(this.#about(upload.id), JSON.stringify({ projectId, name }), { mode: 0o600 })
      return upload
    } catch (error) {
      await this.remove(upload.path)
      throw error
    }
  }

  /** Errors: `import/upload-not-found`, also for an upload to another project. */
  async find(projectId: number, id: string): Promise<Upload> {
    const missing = new KindredError('import/upload-not-found', { id })
    if (!idForm.test(id)) throw missing
    try {
      const about = aboutSchema.parse(JSON.parse(await readFile(this.#about(id), 'utf8')))
      await stat(this.#path(id))
      if (about.projectId === projectId) return { id, name: about.name, path: this.#path(id) }
    } catch {
      // Gone, or never there.
    }
    throw missing
  }

  /** Removes the file where it is an upload; other files stay, since they are not ours. */
  async remove(path: string): Promise<void> {
    if (!path.startsWith(join(this.#folder, '/'))) return
    await Promise.all([rm(path, { force: true }), rm(`${path}.json`, { force: true })])
  }

  /** Removes what is old and not among `needed`. */
  async clean(needed: ReadonlySet<string>, now: number): Promise<void> {
    const names = await readdir(this.#folder).catch(() => [])
    for (const name of names) {
      const path = join(this.#folder, name.replace(/\.json$/, ''))
      const age = await stat(join(this.#folder, name)).then(
        ({ mtimeMs }) => now - mtimeMs,
        () => 0,
      )
      if (age > unusedFor && !needed.has(path)) await this.remove(path)
    }
  }

  #path(id: string): string {
    return join(this.#folder, id)
  }

  #about(id: string): string {
    return `${this.#path(id)}.json`
  }
}
