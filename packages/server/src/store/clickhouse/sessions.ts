import type { Session } from 'chdb'

/** A question that waits for a session is told its place, first is 1. */
export type OnPlace = (place: number) => void

/**
 * Up to `size` chDB sessions on one data directory, opened as they are needed. A session runs one statement at a time, and sessions run beside each other: a
 * caller holds one for as long as its question runs, and the rest wait in line.
 */
export class SessionPool {
  readonly #open: () => Session
  readonly #size: number
  readonly #free: Session[] = []
  readonly #all: Session[] = []
  readonly #waiting: { take: (session: Session) => void; onPlace: OnPlace | undefined }[] = []

  constructor(open: () => Session, size: number) {
    this.#open = open
    this.#size = size
  }

  /** Runs `work` on a session of its own. */
  async use<Result>(work: (session: Session) => Promise<Result>, onPlace?: OnPlace): Promise<Result> {
    const session = await this.take(onPlace)
    try {
      return await work(session)
    } finally {
      this.release(session)
    }
  }

  /** A session to hold over several steps; every taken session is released once. */
  async take(onPlace?: OnPlace): Promise<Session> {
    return this.#free.pop() ?? this.#another() ?? (await this.#wait(onPlace))
  }

  release(session: Session): void {
    const next = this.#waiting.shift()
    if (next === undefined) {
      this.#free.push(session)
      return
    }
    next.take(session)
    this.#waiting.forEach((each, index) => {
      each.onPlace?.(index + 1)
    })
  }

  close(): void {
    for (const session of this.#all) session.close()
  }

  #another(): Session | undefined {
    if (this.#all.length === this.#size) return undefined
    const session = this.#open()
    this.#all.push(session)
    return session
  }

  #wait(onPlace: OnPlace | undefined): Promise<Session> {
    return new Promise((take) => {
      this.#waiting.push({ take, onPlace })
      onPlace?.(this.#waiting.length)
    })
  }
}
