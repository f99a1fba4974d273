import type { Person } from './person.ts'

/** Text of profiles that each of the two generations may hold, in characters. In memory a profile takes about three times its text. */
const usualText = 8 * 1024 * 1024
/** What a person takes beside its properties. */
const baseText = 300

interface Generation {
  ids: Map<string, number>
  people: Map<number, Person>
  text: number
}

/**
 * People between batches, as the catalog has them: who was active a moment ago is so again, and reading and parsing a profile for each batch costs more than
 * the rest of an event. Bounded: when the younger of two generations is full, the older is let go. Whoever changes people beside the pipeline has it cleared.
 */
export class PeopleMemory {
  readonly #mostText: number
  #young = generation()
  #old = generation()

  constructor(mostText = usualText) {
    this.#mostText = mostText
  }

  find(key: string): Person | undefined {
    const id = this.#young.ids.get(key) ?? this.#old.ids.get(key)
    return id === undefined ? undefined : this.get(id)
  }

  get(id: number): Person | undefined {
    return this.#young.people.get(id) ?? this.#old.people.get(id)
  }

  /** Keeps people as a batch leaves them, with the ids they were found by. */
  keep(people: Iterable<Person>, ids: Iterable<readonly [key: string, person: Person]>): void {
    for (const person of people) {
      if (person.mergedInto !== null) this.#forget(person.id)
      else if (!this.#young.people.has(person.id)) {
        this.#young.people.set(person.id, person)
        this.#young.text += baseText + person.textLength
      }
    }
    for (const [key, person] of ids) this.#young.ids.set(key, person.id)
    if (this.#young.text <= this.#mostText) return
    this.#old = this.#young
    this.#young = generation()
  }

  clear(): void {
    this.#young = generation()
    this.#old = generation()
  }

  /** Its ids are others' now: the catalog knows whose. */
  #forget(id: number): void {
    this.#young.people.delete(id)
    this.#old.people.delete(id)
  }
}

function generation(): Generation {
  return { ids: new Map(), people: new Map(), text: 0 }
}
