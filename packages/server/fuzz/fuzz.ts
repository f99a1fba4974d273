import { Agent, request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { type FuzzRequest, makeRequest, type Tokens } from './make-request.ts'
import { readSeeds, type Seed } from './seeds.ts'
import type { ServerUnderTest } from './server-under-test.ts'

export interface FuzzOrder {
  server: ServerUnderTest
  seed: string
  requests: number
  /** The first request: with `requests` 1 just the one that failed. */
  from?: number
  say: (line: string) => void
}

export interface FuzzReport {
  requests: number
  seconds: number
  statuses: Record<string, number>
  /** Of the requests that can be counted: events of those that were answered 200, and where they are. */
  sent: number
  stored: number
  dropped: number
  setAside: number
  /** Resident memory of the server in MB, at the start, at the end and at its most, and its growth over the second half per 100,000 requests. */
  memory: { first: number; last: number; most: number; slope: number }
}

interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: string
}

/** What the capture protocol answers. Node itself answers 400, 408, 413, 414 and 431 to what is no HTTP. */
const documented = new Set([200, 204, 400, 401, 404, 405, 413, 414, 415, 431, 503])
const connections = 16
const retries = 200

/** Sends `requests` changed requests and checks each answer, then that every event is accounted for. Errors: the first request that is answered wrongly, by its number. */
export async function fuzz({ server, seed, requests, from = 0, say }: FuzzOrder): Promise<FuzzReport> {
  const [counted, damaged] = [await newProject(server, 'Counted'), await newProject(server, 'Damaged')]
  const run = new Run({ server, seed, seeds: readSeeds(), tokens: { counted: counted.token, damaged: damaged.token } })
  const started = performance.now()
  let next = from
  const work = async () => {
    while (next < from + requests) {
      const index = next++
      await run.one(index)
      if (index % 1000 === 0) run.sample()
      if (index % 20_000 === 0 && index > from) say(`${index - from} requests, ${Math.round(server.memory())} MB`)
    }
  }
  await Promise.all(Array.from({ length: connections }, work))
  run.sample()
  const seconds = (performance.now() - started) / 1000
  const accounts = await accountsOf(server, counted.id)
  await accountsOf(server, damaged.id)
  run.close()
  const { stored, dropped, setAside } = accounts
  if (stored + dropped + setAside !== run.sent)
    throw new Error(`${run.sent} events were acknowledged, but ${JSON.stringify(accounts)} are there (seed ${seed})`)
  return { requests, seconds, statuses: run.statuses, sent: run.sent, ...accounts, memory: run.memory() }
}

class Run {
  readonly statuses: Record<string, number> = {}
  sent = 0
  readonly #order: { server: ServerUnderTest; seed: string; seeds: Seed[]; tokens: Tokens }
  readonly #agent = new Agent({ keepAlive: true, maxSockets: connections })
  readonly #samples: number[] = []

  constructor(order: { server: ServerUnderTest; seed: string; seeds: Seed[]; tokens: Tokens }) {
    this.#order = order
  }

  async one(index: number): Promise<void> {
    const { seeds, seed, tokens, server } = this.#order
    const request = makeRequest(seeds, { seed, index, tokens })
    const answer = await this.#send(request).catch((error: unknown) => {
      throw this.#failure(index, request, `${error}${server.hasEnded() ? '; the server has ended' : ''}`)
    })
    this.statuses[answer.status] = (this.statuses[answer.status] ?? 0) + 1
    const wrong = wrongIn(request, answer)
    if (wrong !== null) throw this.#failure(index, request, wrong)
    if (answer.status === 200) this.sent += request.events ?? 0
  }

  sample(): void {
    this.#samples.push(this.#order.server.memory())
  }

  memory(): FuzzReport['memory'] {
    const half = this.#samples.slice(Math.floor(this.#samples.length / 2))
    return { first: this.#samples[0] ?? 0, last: this.#samples.at(-1) ?? 0, most: Math.max(...this.#samples), slope: slopeOf(half) * 100 }
  }

  close(): void {
    this.#agent.destroy()
  }

  /** A busy server is asked again, as senders do. */
  async #send(request: FuzzRequest): Promise<Answer> {
    for (let attempt = 0; ; attempt++) {
      const answer = await sendOnce(this.#order.server.url, this.#agent, request)
      if (answer.status !== 503 || answer.headers['retry-after'] === undefined || attempt === retries) return answer
      this.statuses[503] = (this.statuses[503] ?? 0) + 1
      await wait(100)
    }
  }

  #failure(index: number, { method, url, headers, body }: FuzzRequest, wrong: string): Error {
    const shown = body.byteLength > 4000 ? `${body.subarray(0, 4000).toString('latin1')}… (${body.byteLength} bytes)` : body.toString('latin1')
    return new Error(
      `${wrong}\nagain: npm run fuzz -- --seed ${this.#order.seed} --from ${index} --requests 1\n${method} ${url}\n${JSON.stringify(headers)}\n${shown}\n${this.#order.server.said.slice(-3000)}`,
    )
  }
}

function wrongIn({ method, url }: FuzzRequest, { status, headers, body }: Answer): string | null {
  if (!documented.has(status)) return `it answered ${status}: ${body.slice(0, 500)}`
  if (status === 503 && headers['retry-after'] === undefined) return 'it answered 503 without Retry-After'
  const promisesJson = method === 'POST' || (method === 'GET' && /^\/(flags|decide|batch|e|capture)\/*(\?|$)/.test(url))
  if (!promisesJson || body === '' || status === 404) return null
  try {
    JSON.parse(body)
    return null
  } catch {
    return `it answered ${status} with what is not JSON: ${body.slice(0, 500)}`
  }
}

function sendOnce(base: string, agent: Agent, { method, url, headers, body }: FuzzRequest): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(base, { agent, method, path: url, headers: { ...headers, 'content-length': body.byteLength } }, (reply) => {
      const chunks: Buffer[] = []
      reply.on('data', (chunk: Buffer) => chunks.push(chunk))
      reply.on('end', () => resolve({ status: reply.statusCode ?? 0, headers: reply.headers, body: Buffer.concat(chunks).toString('utf8') }))
      reply.on('error', reject)
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

/** Growth per sample, by least squares. */
function slopeOf(values: readonly number[]): number {
  const mean = (values.length - 1) / 2
  const spread = values.reduce((sum, _, index) => sum + (index - mean) ** 2, 0)
  const average = values.reduce((sum, value) => sum + value, 0) / values.length
  return spread === 0 ? 0 : values.reduce((sum, value, index) => sum + (index - mean) * (value - average), 0) / spread
}

function newProject(server: ServerUnderTest, name: string): Promise<{ id: number; token: string }> {
  return server.ask('/api/v1/projects', { name })
}

interface Accounts {
  stored: number
  dropped: number
  setAside: number
}

/** Where a project's events are, once all are through. */
async function accountsOf(server: ServerUnderTest, projectId: number): Promise<Accounts> {
  type Status = { lag: number; events: number; problems: { kind: string; count: number }[] }
  for (let before = '', waited = 0; waited < 600; waited++) {
    const status = await server.ask<Status>(`/api/v1/projects/${projectId}/status`)
    const { reasons } = await server.ask<{ reasons: { count: number }[] }>(`/api/v1/projects/${projectId}/quarantine/totals`)
    const dropped = status.problems.filter(({ kind }) => kind === 'dropped').reduce((sum, { count }) => sum + count, 0)
    const accounts = { stored: status.events, dropped, setAside: reasons.reduce((sum, { count }) => sum + count, 0) }
    // Counts of what was left out are taken over a moment after the last batch.
    if (status.lag === 0 && JSON.stringify(accounts) === before) return accounts
    before = JSON.stringify(accounts)
    await wait(1000)
  }
  throw new Error('the store does not catch up')
}
