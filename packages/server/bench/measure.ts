import { interquartileRange, median, type Random, seededRandom } from '@kindred/science'

/** One of the things compared. Answers how long it took in milliseconds where it times itself. */
export interface Subject {
  name: string
  run(): Promise<number | undefined>
}

/** Milliseconds of one subject over all rounds. */
export interface Timing {
  median: number
  spread: number
  times: number
}

/**
 * Runs all subjects in turn, round after round, so that whatever else the machine does meets them alike; each round in another order, because whoever comes
 * after another that reads the same finds it in the processor's cache. The first round only warms up and is not counted.
 */
export async function interleave(subjects: readonly Subject[], times: number): Promise<Map<string, Timing>> {
  const taken = new Map<string, number[]>(subjects.map(({ name }) => [name, []]))
  const random = seededRandom('interleave')
  for (let round = 0; round <= times; round += 1) {
    for (const subject of shuffled(subjects, random)) {
      const started = performance.now()
      const own = await subject.run()
      if (round > 0) taken.get(subject.name)?.push(own ?? performance.now() - started)
    }
  }
  return new Map([...taken].map(([name, milliseconds]) => [name, timing(milliseconds)]))
}

function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  return items
    .map((item) => ({ item, place: random.next() }))
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item)
}

export function timing(milliseconds: readonly number[]): Timing {
  return { median: median(milliseconds), spread: interquartileRange(milliseconds), times: milliseconds.length }
}
