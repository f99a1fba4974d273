import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const launcher = fileURLToPath(new URL('../bin/kindred.mjs', import.meta.url))
const startsWithin = 120_000

/** A real server in a process of its own, on a folder of its own. */
export class ServerUnderTest {
  readonly #child: ChildProcess
  readonly #folder = mkdtempSync(join(tmpdir(), 'kindred-fuzz-'))
  url = ''
  #pid = 0
  #authorization = ''
  /** What it wrote to its log, the last of it. */
  said = ''

  constructor() {
    this.#child = spawn(process.execPath, [launcher, 'start', '--data', this.#folder, '--port', '0'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...withoutSettings(process.env), KINDRED_LOG_LEVEL: 'error' },
    })
    for (const output of [this.#child.stdout, this.#child.stderr]) {
      output?.on('data', (chunk: Buffer) => {
        this.said = `${this.said}${chunk}`.slice(-20_000)
      })
    }
  }

  async ready(): Promise<void> {
    for (const deadline = Date.now() + startsWithin; ; await wait(50)) {
      if (this.hasEnded() || Date.now() > deadline) throw new Error(`the server did not start:\n${this.said}`)
      if (!/login#token/.test(this.said)) continue
      const { pid, url, secret } = JSON.parse(readFileSync(join(this.#folder, 'instance.json'), 'utf8')) as { pid: number; url: string; secret: string }
      this.#pid = pid
      this.url = url
      this.#authorization = `Bearer ${secret}`
      return
    }
  }

  hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null
  }

  async ask<Reply>(path: string, body?: object): Promise<Reply> {
    const headers = { authorization: this.#authorization, ...(body && { 'content-type': 'application/json' }) }
    const reply = await fetch(this.url + path, { headers, ...(body && { method: 'POST', body: JSON.stringify(body) }) })
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}\n${this.said.slice(-3000)}`)
    return (await reply.json()) as Reply
  }

  /** Resident memory in MB; 0 where the system does not say. */
  memory(): number {
    try {
      return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.#pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
    } catch {
      return 0
    }
  }

  async stop(): Promise<void> {
    if (!this.hasEnded()) {
      const ended = new Promise((resolve) => this.#child.once('exit', resolve))
      this.#child.kill('SIGTERM')
      await ended
    }
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** The settings of whoever runs the fuzz are not those of the server under test. */
function withoutSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('KINDRED_')))
}
