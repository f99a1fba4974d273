#!/usr/bin/env node
/**
 * The `kindred` command. It starts the program in a process of its own, because two things must be settled before that process
 * exists: which Node runs it, and how many threads its pool has. In a checkout it builds first what is stale.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { availableParallelism, constants } from 'node:os'
import { fileURLToPath, pathToFileURL } from 'node:url'

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Kindred needs Node 20.19 or newer; this is ${process.version}. See https://nodejs.org/en/download.`)
  process.exit(1)
}

/**
 * Each thread has a heap of its own, and half of what they grew to under load was garbage not yet cleared. Collected when a heap has grown by
 * as much again and a fifth, rather than by several times, and with a smaller nursery, the server peaks at three quarters of the memory in the same time.
 */
const memoryFlags = ['--max-semi-space-size=8', '--heap-growing-percent=120']

/**
 * Of the C library, glibc's: by itself it keeps ten megabytes for each thread of the pool, and once it has seen a batch of some megabytes it keeps twice as
 * much for good. Blocks from a megabyte on go back to the system.
 */
const memorySettings = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: String(2 ** 20), MALLOC_TRIM_THRESHOLD_: String(2 ** 22) }

const args = process.argv.slice(2)
const program = fileURLToPath(new URL('../dist/cli.js', import.meta.url))
await build(args.find((each) => !each.startsWith('-')) ?? 'start')
run()

/** A checkout has the sources and the script that builds them; the interface is only needed by a server that stays. */
async function build(command) {
  const script = fileURLToPath(new URL('../../../scripts/build.mjs', import.meta.url))
  if (!existsSync(script)) return
  try {
    const { buildStale } = await import(pathToFileURL(script).href)
    await buildStale(command === 'start' ? ['server', 'web'] : ['server'])
  } catch (error) {
    console.error(`\nThe build failed; \`npm install\` brings what it needs.\n${error instanceof Error ? error.message : error}`)
    process.exit(1)
  }
}

function run() {
  const child = spawn(process.execPath, [...memoryFlags, '--enable-source-maps', program, ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...memorySettings, ...process.env, UV_THREADPOOL_SIZE: String(threads()) },
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => {
    console.error(`Kindred could not be started: ${error.message}`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]))
}

/**
 * Each session of the embedded store holds one thread of Node's pool while it works, and unpacking and look-ups share that pool:
 * one writer, one control, one for the background, four streams, a reader per core and one more, and eight threads for the rest.
 */
function threads() {
  const needed = availableParallelism() + 16
  return Math.max(needed, Number(process.env.UV_THREADPOOL_SIZE) || 0)
}
