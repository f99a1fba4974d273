import { writeJson } from '../capture/json.ts'

const newline = 10
/** No character takes more bytes. */
const widest = 3
const firstBytes = 16 * 1024

/**
 * Objects as JSON text, a line each, encoded as they come: text that is kept until the batch is whole outlives the nursery of the heap, and joining and
 * encoding all of it at once takes twice as long as line by line.
 */
export class JsonLines {
  #bytes = Buffer.alloc(0)
  #length = 0

  add(row: object): void {
    const text = writeJson(row)
    this.#makeRoom(text.length * widest + 1)
    if (this.#length > 0) this.#bytes[this.#length++] = newline
    this.#length += this.#bytes.write(text, this.#length)
  }

  /** The lines so far, without a newline after the last. What is added later may lie in the same memory behind them. */
  bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length)
  }

  #makeRoom(more: number): void {
    const needed = this.#length + more
    if (needed <= this.#bytes.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.#bytes.length * 2, firstBytes))
    this.#bytes.copy(larger, 0, 0, this.#length)
    this.#bytes = larger
  }
}
