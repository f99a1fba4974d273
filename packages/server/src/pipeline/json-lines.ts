import { writeJson } from '../capture/json.ts'

const newline = 10
/** No character takes more bytes. */
const widest = 3
const firstBytes = 16 * 1024
const empty = Buffer.alloc(0)

/** Room that the last lines left behind. Fresh memory is handed out by the system page by page, which takes longer than writing the lines into it. */
let spare = empty

/** Gives the spare room back. */
export function releaseSpareLines(): void {
  spare = empty
}

/**
 * Objects as JSON text, a line each, encoded as they come: text that is kept until the batch is whole outlives the nursery of the heap, and joining and
 * encoding all of it at once takes twice as long as line by line.
 */
export class JsonLines {
  #bytes = empty
  #length = 0

  add(row: object): void {
    const text = writeJson(row)
    this.#makeRoom(text.length * widest + 1)
    if (this.#length > 0) this.#bytes[this.#length++] = newline
    this.#length += this.#bytes.write(text, this.#length)
  }

  /** The lines, without a newline after the last, in memory of their own; what is added then begins anew. */
  take(): Buffer {
    const lines = Buffer.allocUnsafeSlow(this.#length)
    this.#bytes.copy(lines, 0, 0, this.#length)
    if (this.#bytes.length > spare.length) spare = this.#bytes
    this.#bytes = empty
    this.#length = 0
    return lines
  }

  #makeRoom(more: number): void {
    const needed = this.#length + more
    if (needed <= this.#bytes.length) return
    let larger = spare
    if (needed > spare.length) larger = Buffer.allocUnsafeSlow(Math.max(needed, this.#bytes.length * 2, firstBytes))
    else spare = empty
    this.#bytes.copy(larger, 0, 0, this.#length)
    this.#bytes = larger
  }
}
