interface Entry {
  at: number
  /** Entries of the same time run in the order they were added, so that a simulation is repeatable. */
  added: number
  run: () => void
}

/** What will happen, in order of time: a binary heap. What runs may add more, never earlier than itself. */
export class Agenda {
  readonly #entries: Entry[] = []
  #added = 0

  add(at: number, run: () => void): void {
    this.#added += 1
    const entry = { at, added: this.#added, run }
    let place = this.#entries.push(entry) - 1
    while (place > 0) {
      const parent = (place - 1) >>> 1
      const above = this.#entries[parent]
      if (above === undefined || isBefore(above, entry)) break
      this.#entries[place] = above
      place = parent
    }
    this.#entries[place] = entry
  }

  /** Runs everything up to and including this time. */
  runUntil(time: number): void {
    for (let first = this.#entries[0]; first !== undefined && first.at <= time; first = this.#entries[0]) {
      this.#removeFirst()
      first.run()
    }
  }

  #removeFirst(): void {
    const last = this.#entries.pop()
    if (last === undefined || this.#entries.length === 0) return
    let place = 0
    for (;;) {
      const child = this.#earlierChild(place)
      const below = this.#entries[child]
      if (below === undefined || isBefore(last, below)) break
      this.#entries[place] = below
      place = child
    }
    this.#entries[place] = last
  }

  #earlierChild(place: number): number {
    const left = this.#entries[2 * place + 1]
    const right = this.#entries[2 * place + 2]
    return left !== undefined && right !== undefined && isBefore(right, left) ? 2 * place + 2 : 2 * place + 1
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.at < b.at || (a.at === b.at && a.added < b.added)
}
