import { Agent, request } from 'node:http'
import { seededRandom } from '@kindred/science'
import { type Shape, shapes } from './sample-events.ts'

/** What the load generator, a process of its own, is told to send. */
export interface LoadOrder {
  url: string
  token: string
  shape: Shape
  /** Requests, of so many events each. */
  requests: number
  eventsEach: number
  connections: number
  /** Requests started a second; left out: as fast as they are answered. */
  perSecond?: number
}

/** All in milliseconds. `processor` is the generator's own time. */
export interface LoadResult {
  took: number
  acknowledged: number[]
  /** Requests that were told to come back later, and were not sent again. */
  refused: number
  processor: number
  bytes: number
}

process.on('message', (order: LoadOrder) => {
  void send(order).then((result) => process.send?.(result))
})

async function send(order: LoadOrder): Promise<LoadResult> {
  const load = new Load(order)
  const result = order.perSecond === undefined ? await load.asFastAsAnswered() : await load.atRate(order.perSecond)
  load.close()
  return result
}

class Load {
  readonly #order: LoadOrder
  readonly #agent: Agent
  readonly #random
  readonly #acknowledged: number[] = []
  #refused = 0
  #bytes = 0

  constructor(order: LoadOrder) {
    this.#order = order
    this.#agent = new Agent({ keepAlive: true, maxSockets: order.connections })
    this.#random = seededRandom(order.shape)
  }

  /** Bodies are made before the clock starts. */
  async asFastAsAnswered(): Promise<LoadResult> {
    const bodies = Array.from({ length: this.#order.requests }, () => this.#body())
    return this.#measured(async () => {
      const worker = async () => {
        for (let body = bodies.pop(); body !== undefined; body = bodies.pop()) await this.#post(body)
      }
      await Promise.all(Array.from({ length: this.#order.connections }, worker))
      if (this.#refused > 0) throw new Error(`the server refused ${this.#refused} requests`)
    })
  }

  /** Each request starts at its own time, whether or not earlier ones were answered: a slow answer must not hide the next. */
  async atRate(perSecond: number): Promise<LoadResult> {
    return this.#measured(async () => {
      const started = performance.now()
      const open = new Set<Promise<void>>()
      for (let index = 0; index < this.#order.requests; index++) {
        const body = this.#body()
        await wait(started + (index * 1000) / perSecond - performance.now())
        const post = this.#post(body).finally(() => open.delete(post))
        open.add(post)
      }
      await Promise.all(open)
    })
  }

  close(): void {
    this.#agent.destroy()
  }

  async #measured(run: () => Promise<void>): Promise<LoadResult> {
    const processor = process.cpuUsage()
    const started = performance.now()
    await run()
    const { user, system } = process.cpuUsage(processor)
    return {
      took: performance.now() - started,
      acknowledged: this.#acknowledged,
      refused: this.#refused,
      processor: (user + system) / 1000,
      bytes: this.#bytes,
    }
  }

  #body(): Buffer {
    const batch = Array.from({ length: this.#order.eventsEach }, () => shapes[this.#order.shape](this.#random))
    const body = Buffer.from(JSON.stringify({ api_key: this.#order.token, batch }))
    this.#bytes += body.byteLength
    return body
  }

  async #post(body: Buffer): Promise<void> {
    const sent = performance.now()
    const { status, retryAfter } = await sendBody(this.#order.url, this.#agent, body)
    if (status === 200) this.#acknowledged.push(performance.now() - sent)
    else if (status === 503 && retryAfter !== undefined) this.#refused += 1
    else throw new Error(`the server answered ${status}`)
  }
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, milliseconds)))
}

function sendBody(url: string, agent: Agent, body: Buffer): Promise<{ status: number | undefined; retryAfter: string | undefined }> {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${url}/batch/`,
      { method: 'POST', agent, headers: { 'content-type': 'application/json', 'content-length': body.byteLength } },
      (reply) => {
        reply.resume()
        reply.on('end', () => resolve({ status: reply.statusCode, retryAfter: reply.headers['retry-after'] }))
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}
