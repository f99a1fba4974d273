import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const launcher = new URL('../../../packages/server/bin/kindred.mjs', import.meta.url).pathname

/** A folder that is deleted with `using`. */
export function temporaryFolder(): { path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'kindred-e2e-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }) }
}

/** The `kindred` command as a user runs it, and all that it has printed. */
export class KindredProcess implements AsyncDisposable {
  readonly child: ChildProcess
  readonly exit: Promise<number | null>
  printed = ''

  constructor(args: readonly string[]) {
    this.child = spawn(process.execPath, [launcher, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env: withoutSettings(process.env) })
    const listen = (chunk: Buffer) => {
      this.printed += chunk
    }
    this.child.stdout?.on('data', listen)
    this.child.stderr?.on('data', listen)
    this.exit = once(this.child, 'close').then(([code]) => code as number | null)
  }

  /** What `pattern` finds in the output, as soon as it does. Errors: the process ends first, or 60 s pass. */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    const deadline = Date.now() + 60_000
    for (;;) {
      const found = pattern.exec(this.printed)
      if (found !== null) return found
      if (this.child.exitCode !== null || Date.now() > deadline) throw new Error(`Kindred never said ${pattern}. It said:\n${this.printed}`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  /** Asks it to end, as Ctrl-C does, and answers the exit code. */
  async stop(signal: NodeJS.Signals = 'SIGINT'): Promise<number | null> {
    this.child.kill(signal)
    return this.exit
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) await this.stop('SIGTERM')
  }
}

/** The settings of whoever runs the tests are not those of the server under test. */
function withoutSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('KINDRED_')))
}

export interface RunningKindred extends AsyncDisposable {
  process: KindredProcess
  url: string
  /** The one-time link it printed. */
  link: string
}

/** Starts a server on `dataDir` at a free port and waits for the link. */
export async function startKindred(dataDir: string, ...more: string[]): Promise<RunningKindred> {
  const process = new KindredProcess(['start', '--data', dataDir, '--port', '0', ...more])
  const [link] = await process.says(/http:\/\/\S+\/login#token=\S+/)
  return { process, link, url: new URL(link).origin, [Symbol.asyncDispose]: () => process[Symbol.asyncDispose]() }
}
