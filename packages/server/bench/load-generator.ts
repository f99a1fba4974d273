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
  processor: number
  bytes: number
}

/** Bodies are made before the clock starts. */
process.on('message', (order: LoadOrder) => {
  void send(order).then((result) => process.send?.(result))
})

async function send(order: LoadOrder): Promise<LoadResult> {
  const random = seededRandom(order.shape)
  const bodies = Array.from({ length: order.requests }, () => {
    const batch = Array.from({ length: order.eventsEach }, () => shapes[order.shape](random))
    return Buffer.from(JSON.stringify({ api_key: order.token, batch }))
  })
  const agent = new Agent({ keepAlive: true, maxSockets: order.connections })
  const acknowledged: number[] = []
  const processor = process.cpuUsage()
  const started = performance.now()
  const post = async (body: Buffer | undefined): Promise<void> => {
    if (body === undefined) return
    const sent = performance.now()
    await sendBody(order.url, agent, body)
    acknowledged.push(performance.now() - sent)
  }
  if (order.perSecond === undefined) {
    let next = 0
    const worker = async () => {
      while (next < bodies.length) {
        next += 1
        await post(bodies[next - 1])
      }
    }
    await Promise.all(Array.from({ length: order.connections }, worker))
  } else {
    const gap = 1000 / order.perSecond
    // Each request starts at its own time, whether or not earlier ones were answered: a slow answer must not hide the next.
    await Promise.all(bodies.map((body, index) => wait(started + index * gap - performance.now()).then(() => post(body))))
  }
  const { user, system } = process.cpuUsage(processor)
  agent.destroy()
  const bytes = bodies.reduce((sum, body) => sum + body.byteLength, 0)
  return { took: performance.now() - started, acknowledged, processor: (user + system) / 1000, bytes }
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, milliseconds)))
}

function sendBody(url: string, agent: Agent, body: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${url}/batch/`,
      { method: 'POST', agent, headers: { 'content-type': 'application/json', 'content-length': body.byteLength } },
      (reply) => {
        reply.resume()
        reply.on('end', () => (reply.statusCode === 200 ? resolve() : reject(new Error(`the server answered ${reply.statusCode}`))))
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}
