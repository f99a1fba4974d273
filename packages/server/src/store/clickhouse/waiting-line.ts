import type { OnPlace } from './sessions.ts'

/** Where the questions that have a label stand in the line for a session. */
export class WaitingLine {
  readonly #places = new Map<string, Map<symbol, number>>()

  /** For one statement: what the pool tells its place to, and what says that its turn has come. */
  enter(label: string | undefined): { onPlace: OnPlace | undefined; leave: () => void } {
    if (label === undefined) return { onPlace: undefined, leave: () => undefined }
    const statement = Symbol(label)
    const leave = () => {
      const places = this.#places.get(label)
      places?.delete(statement)
      if (places?.size === 0) this.#places.delete(label)
    }
    const onPlace = (place: number) => {
      const places = this.#places.get(label) ?? new Map<symbol, number>()
      this.#places.set(label, places.set(statement, place))
    }
    return { onPlace, leave }
  }

  /** The place of the first of them, or null. */
  placeOf(label: string): number | null {
    const places = this.#places.get(label)
    return places === undefined ? null : Math.min(...places.values())
  }
}
