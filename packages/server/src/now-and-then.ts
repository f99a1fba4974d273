interface Work {
  /** Milliseconds. */
  every: number
  /** What could not be done, where it fails. */
  trouble: string
  run(stop: AbortSignal): Promise<void>
}

/** Does a work in the background now and then, never twice at once. Answers how to end it. */
export function nowAndThen({ every, trouble, run }: Work): () => Promise<void> {
  const stop = new AbortController()
  let running: Promise<void> | undefined
  const timer = setInterval(() => {
    running ??= run(stop.signal)
      .catch((error: unknown) => {
        if (!stop.signal.aborted) console.error(`${trouble}; trying again later`, error)
      })
      .finally(() => {
        running = undefined
      })
  }, every)
  timer.unref()
  return async () => {
    clearInterval(timer)
    stop.abort()
    await running
  }
}
