const firstSlots = 1 << 12
/** Above this the table doubles: longer searches would cost more than the room. */
const fullest = 0.6

/** How often each of many numbers has come, in twelve bytes a slot: a `Map` of a million of them would take ten times as much. The numbers are hashes below 2^52. */
export class SeenRows {
  #keys = new Float64Array(firstSlots)
  /** 0: the slot is free. */
  #counts = new Uint32Array(firstSlots)
  #size = 0

  get size(): number {
    return this.#size
  }

  /** How often it has come. */
  count(number: number): number {
    return this.#counts[this.#slotOf(number)] ?? 0
  }

  add(number: number): void {
    const slot = this.#slotOf(number)
    const before = this.#counts[slot] ?? 0
    this.#keys[slot] = number
    this.#counts[slot] = before + 1
    if (before > 0) return
    this.#size += 1
    if (this.#size > this.#keys.length * fullest) this.#double()
  }

  clear(): void {
    this.#keys = new Float64Array(firstSlots)
    this.#counts = new Uint32Array(firstSlots)
    this.#size = 0
  }

  /** That of the number, or the free one where it belongs. */
  #slotOf(number: number): number {
    const last = this.#keys.length - 1
    let slot = (number ^ Math.floor(number / 0x10_0000)) & last
    while ((this.#counts[slot] ?? 0) > 0 && this.#keys[slot] !== number) slot = (slot + 1) & last
    return slot
  }

  #double(): void {
    const [keys, counts] = [this.#keys, this.#counts]
    this.#keys = new Float64Array(keys.length * 2)
    this.#counts = new Uint32Array(keys.length * 2)
    for (const [index, count] of counts.entries()) {
      if (count === 0) continue
      const slot = this.#slotOf(keys[index] ?? 0)
      this.#keys[slot] = keys[index] ?? 0
      this.#counts[slot] = count
    }
  }
}
