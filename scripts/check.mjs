/**
 * `npm run check`: everything that a machine can say about the code, in one command. Each part prints its name, time and result;
 * what a failed part has to say follows. Ends with `N passed, N failed`, and exit 1 if any failed.
 */
import { spawn } from 'node:child_process'

const parts = [
  ['format and lint', 'biome', 'check', '.', '--diagnostic-level=warn', '--error-on-warnings'],
  // The native compiler takes half the time; the tools that ask a compiler as a library need the one before it.
  ['types', 'node', 'node_modules/typescript-7/bin/tsc', '--noEmit', '-p', '.', '--singleThreaded'],
  ['imports', 'depcruise', 'packages', 'tests', 'scripts', '--config', '.dependency-cruiser.cjs', '--output-type', 'err'],
  ['unused code and dependencies', 'knip', '--no-progress', '--treat-config-hints-as-errors'],
  ['sizes', 'tsx', 'scripts/limits.ts'],
  ['duplicates', 'jscpd', '--config', '.jscpd.json', 'packages'],
  ['forbidden words', 'tsx', 'scripts/words.ts'],
]
/** Most parts use one core each. */
const atOnce = 2

function run([name, command, ...args]) {
  const startedAt = performance.now()
  return new Promise((resolve) => {
    const child = spawn(command, args, { env: { ...process.env, FORCE_COLOR: '0', PATH: `node_modules/.bin:${process.env.PATH}` } })
    let said = ''
    const listen = (chunk) => {
      said += chunk
    }
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    child.on('error', (error) => listen(error.message))
    child.on('close', (code) => resolve({ name, said: said.trim(), passed: code === 0, seconds: (performance.now() - startedAt) / 1000 }))
  })
}

async function worker(queue, results) {
  for (let part = queue.shift(); part !== undefined; part = queue.shift()) {
    const result = await run(part)
    results.push(result)
    console.log(`${result.passed ? 'passed' : 'FAILED'}  ${result.name.padEnd(30)} ${result.seconds.toFixed(1).padStart(6)} s`)
    if (!result.passed) console.log(`\n${result.said}\n`)
    if (result.name === 'sizes' && result.passed) console.log(`        ${result.said}`)
  }
}

const results = []
const queue = [...parts]
await Promise.all(Array.from({ length: atOnce }, () => worker(queue, results)))
const failed = results.filter(({ passed }) => !passed).length
console.log(`${results.length - failed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
