/**
 * `npm test`: builds what is stale, runs every test and the conformance cases, and ends with `N passed, N failed`.
 * `npm test -- ARGS` hands ARGS to vitest (a file, `--project unit`) and runs only that.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildStale } from './build.mjs'
import { builtWorkers } from './built-workers.mjs'
import { requireChromium } from './chromium.mjs'

const args = process.argv.slice(2)
const shared = process.env.KINDRED_SHARED ?? '../shared'

/** Runs a program of node_modules; answers its exit code and, where asked, what it printed. */
function run(command, args, { env = {}, listen = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join('node_modules', command), ...args], {
      stdio: ['ignore', listen ? 'pipe' : 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    })
    let said = ''
    child.stdout?.on('data', (chunk) => {
      said += chunk
      process.stdout.write(chunk)
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, said }))
  })
}

async function vitest(env) {
  const folder = mkdtempSync(join(tmpdir(), 'kindred-test-'))
  const report = join(folder, 'report.json')
  const { code } = await run('vitest/vitest.mjs', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...args], { env })
  const answer = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, testResults: [] }
  rmSync(folder, { recursive: true, force: true })
  // A file that cannot be loaded fails without a test of its own.
  const unloaded = answer.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((each) => each.status === 'failed'),
  ).length
  const failed = answer.numFailedTests + unloaded
  return { passed: answer.numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed, skipped: answer.numPendingTests }
}

async function conformance() {
  const cases = join(shared, 'cases')
  if (!existsSync(cases)) {
    console.log(`Conformance skipped: there are no cases at ${cases} (KINDRED_SHARED points elsewhere).`)
    return { passed: 0, failed: 0, skipped: 1 }
  }
  console.log('\nConformance')
  const { code, said } = await run('tsx/dist/cli.mjs', ['packages/server/conformance/main.ts', cases], { env: builtWorkers, listen: true })
  const [, passed = '0', failed = '0'] = said.match(/(\d+) passed, (\d+) failed/) ?? []
  return { passed: Number(passed), failed: Number(failed) === 0 && code !== 0 ? 1 : Number(failed), skipped: 0 }
}

async function everything() {
  try {
    await buildStale()
    const env = { ...builtWorkers, CHROMIUM_PATH: requireChromium() }
    return args.length > 0 ? [await vitest(env)] : [await vitest(env), await conformance()]
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return [{ passed: 0, failed: 1, skipped: 0 }]
  }
}

const results = await everything()
const sum = (of) => results.reduce((total, result) => total + result[of], 0)
if (sum('skipped') > 0) console.log(`${sum('skipped')} skipped; each says why above.`)
console.log(`${sum('passed')} passed, ${sum('failed')} failed`)
process.exitCode = sum('failed') === 0 ? 0 : 1
