import { type Random, seededRandom } from '@kindred/science'

/** Draws of one seed: the same text gives the same requests, everywhere. */
export class Draw {
  readonly #random: Random

  constructor(seed: string) {
    this.#random = seededRandom(seed)
  }

  /** An integer, 0 to `below` - 1. */
  below(below: number): number {
    return Math.floor(this.#random.next() * below)
  }

  chance(of: number): boolean {
    return this.#random.next() < of
  }

  /** One of a list, which is not empty. */
  one<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)] as Item
  }

  uuid(): string {
    const hex = Array.from({ length: 4 }, () => this.#random.uint32().toString(16).padStart(8, '0')).join('')
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`
  }
}
