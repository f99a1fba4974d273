import { closeSync, createReadStream, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { JsonValue } from '@kindred/model'

const partitions = 16
const bufferedCharacters = 128 * 1024

/**
 * Rows set aside on disk because memory is full, split so that rows of one key are in one part. Written and read once; calls are synchronous
 * since this runs in a thread of its own.
 */
export class Spill {
  readonly #folder: string
  /** Each level splits by other bits of the key's hash. */
  readonly #level: number
  readonly #buffers: string[] = Array.from({ length: partitions }, () => '')
  readonly #files: (number | undefined)[] = Array.from({ length: partitions }, () => undefined)
  rows = 0

  constructor(folder: string, level: number) {
    this.#folder = join(folder, `level-${level}`)
    this.#level = level
    rmSync(this.#folder, { recursive: true, force: true })
  }

  add(key: string, row: JsonValue): void {
    const part = hashOf(key, this.#level) % partitions
    this.#buffers[part] += `${JSON.stringify(row)}\n`
    this.rows++
    if ((this.#buffers[part]?.length ?? 0) > bufferedCharacters) this.#flush(part)
  }

  /** One part after another, each as its rows; a part is gone once it has been read. */
  async *parts(): AsyncGenerator<AsyncGenerator<JsonValue>> {
    for (let part = 0; part < partitions; part++) this.#flush(part)
    for (const [part, file] of this.#files.entries()) {
      if (file === undefined) continue
      closeSync(file)
      yield this.#read(part)
      rmSync(this.#path(part))
    }
    rmSync(this.#folder, { recursive: true, force: true })
  }

  async *#read(part: number): AsyncGenerator<JsonValue> {
    let rest = ''
    for await (const chunk of createReadStream(this.#path(part), { encoding: 'utf8' })) {
      const lines = (rest + String(chunk)).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) yield JSON.parse(line) as JsonValue
    }
  }

  #flush(part: number): void {
    const text = this.#buffers[part]
    if (text === undefined || text === '') return
    this.#buffers[part] = ''
    mkdirSync(this.#folder, { recursive: true })
    const file = this.#files[part] ?? openSync(this.#path(part), 'w')
    this.#files[part] = file
    writeSync(file, text)
  }

  #path(part: number): string {
    return join(this.#folder, String(part))
  }
}

/** FNV-1a, begun differently at each level. */
function hashOf(key: string, level: number): number {
  let hash = 0x811c9dc5 ^ (level * 0x9e3779b1)
  for (let index = 0; index < key.length; index++) hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193)
  // The low bits of FNV mix poorly.
  return (hash ^ (hash >>> 15)) >>> 0
}
