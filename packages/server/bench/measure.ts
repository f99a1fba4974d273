import { interquartileRange, median } from '@kindred/science'

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
 * Runs all subjects in turn, round after round, so that whatever else the machine does meets them alike; each round begins with
 * another one. The first round only warms up and is not counted.
 */
export async function interleave(subjects: readonly Subject[], times: number): Promise<Map<string, Timing>> {
  const taken = new Map<string, number[]>(subjects.map(({ name }) => [name, []]))
  for (let round = 0; round <= times; round += 1) {
    for (let turn = 0; turn < subjects.length; turn += 1) {
      const subject = subjects[(round + turn) % subjects.length]
      if (subject === undefined) continue
      const started = performance.now()
      const own = await subject.run()
      if (round > 0) taken.get(subject.name)?.push(own ?? performance.now() - started)
    }
  }
  return new Map([...taken].map(([name, milliseconds]) => [name, timing(milliseconds)]))
}

export function timing(milliseconds: readonly number[]): Timing {
  return { median: median(milliseconds), spread: interquartileRange(milliseconds), times: milliseconds.length }
}
