/**
 * `npm run endure`: 20,000 changed requests of real senders and, at the same time, a minute of 5,000 events a second, each on a server of its own. It judges
 * what must hold on any machine: every answer is one of the protocol, nothing acknowledged is lost, nothing is refused. Ends with `N passed, N failed`.
 */
import { spawn } from 'node:child_process'
import { buildStale } from './build.mjs'
import { builtWorkers } from './built-workers.mjs'

const requests = 20_000
const seconds = 60

/** Runs a script with tsx; answers its exit code, and what it printed as text. */
function run(...args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['node_modules/tsx/dist/cli.mjs', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...builtWorkers },
    })
    const said = { out: '', all: '' }
    child.stdout.on('data', (chunk) => {
      said.out += chunk
      said.all += chunk
    })
    child.stderr.on('data', (chunk) => {
      said.all += chunk
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, ...said }))
  })
}

async function fuzz() {
  const { code, out, all } = await run('packages/server/fuzz/main.ts', '--requests', String(requests))
  return { name: `${requests} changed requests`, passed: code === 0, said: code === 0 ? out : all }
}

async function soak() {
  const { code, out, all } = await run('packages/server/bench/main.ts', 'soak', '--seconds', String(seconds), '--json')
  if (code !== 0) return { name: 'soak', passed: false, said: all }
  const { lost, refused, acknowledged, ack, lagSeconds, memory } = JSON.parse(out.trim().split('\n').at(-1))
  const said = JSON.stringify({ acknowledged, refused, lost, ack, lagSeconds, memory })
  return { name: `${seconds} s of 5,000 events/s`, passed: lost === 0 && refused === 0 && acknowledged === seconds * 5000, said }
}

await buildStale(['server'])
const results = await Promise.all([fuzz(), soak()])
for (const { name, passed, said } of results) console.log(`${passed ? 'passed' : 'FAILED'}  ${name}\n${said.trim()}`)
const failed = results.filter(({ passed }) => !passed).length
console.log(`${results.length - failed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
