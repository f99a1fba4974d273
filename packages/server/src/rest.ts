import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Quiet for this long, in milliseconds, a thread is taken to rest. */
const quietFor = 3_000

/**
 * Gives back what work left behind. A thread that has nothing to do allocates nothing, so the engine of JavaScript never comes to clear what the last batches
 * left: hundreds of megabytes that would lie there until the next burst. `release` lets go of caches of the thread's own.
 */
export class Rest {
  readonly #release: () => void
  readonly #collect: () => void
  #timer: NodeJS.Timeout | undefined

  constructor(release: () => void = () => undefined) {
    this.#release = release
    setFlagsFromString('--expose-gc')
    this.#collect = runInNewContext('gc') as () => void
  }

  /** There was work; once there has been none for a while, memory is given back. */
  worked(): void {
    if (this.#timer !== undefined) {
      this.#timer.refresh()
      return
    }
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.#release()
      // What is left lies scattered over pages that are mostly empty; a collection by itself moves it together only here and there.
      setFlagsFromString('--compact-on-every-full-gc')
      this.#collect()
      setFlagsFromString('--no-compact-on-every-full-gc')
    }, quietFor).unref()
  }

  end(): void {
    clearTimeout(this.#timer)
  }
}
