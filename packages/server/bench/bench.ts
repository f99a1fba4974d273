export interface BenchOptions {
  /** Events of the data set, or in all; left out: as large as the benchmark's figures are usually given for. */
  events: number | undefined
  /** All sizes that were given, where growth is to be shown. */
  sizes: readonly number[]
  /** Of a load at an even rate: how long, and events a second. */
  seconds: number | undefined
  rate: number | undefined
  /** Counted rounds. */
  times: number
  /** Tells what is being done, where that takes long. */
  say: (line: string) => void
}

export interface BenchResult {
  /** Tables for people. */
  says: string
  /** The same numbers for programs. */
  figures: object
}

export type Bench = (options: BenchOptions) => Promise<BenchResult>
