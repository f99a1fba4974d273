#!/usr/bin/env node
/**
 * The `kindred` command. It starts the program in a process of its own, because two things must be settled before that process
 * exists: which Node runs it, and what `process-settings.mjs` says. In a checkout it builds first what is stale.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { namedCommand } from './named-command.mjs'
import { nodeFlags, settledEnvironment } from './process-settings.mjs'

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Kindred needs Node 20.19 or newer; this is ${process.version}. See https://nodejs.org/en/download.`)
  process.exit(1)
}

const args = process.argv.slice(2)
const program = fileURLToPath(new URL('../dist/cli.js', import.meta.url))
await build(namedCommand(args))
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
  const child = spawn(process.execPath, [...nodeFlags, program, ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: settledEnvironment(process.env),
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => {
    console.error(`Kindred could not be started: ${error.message}`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]))
}
