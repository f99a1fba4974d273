import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startTestServer } from '../test/test-server.ts'
import { type Case, NotSupported } from './case.ts'
import { outcomeOfError } from './refused.ts'
import { type Failure, runCase } from './run-case.ts'

const usage = 'npm run conformance -- DIR [--area AREA]'

/** Runs the cases of a folder and prints what differs; the exit code is 1 where one fails, a refused one of what is built among them. */
async function main(): Promise<void> {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { area: { type: 'string' } } })
  const [folder] = positionals
  if (folder === undefined) throw new Error(`Say which folder holds the cases: ${usage}`)
  const cases = readCases(folder).filter(({ area }) => values.area === undefined || area === values.area)
  const server = await startTestServer()
  const counts = { passed: 0, failed: 0 }
  const left = new Map<string, string[]>()
  try {
    for (const each of cases) {
      const outcome = await runCase(server, each).catch((error: unknown) => outcomeOfError(error, each))
      if (outcome instanceof NotSupported) left.set(each.area, [...(left.get(each.area) ?? []), `${each.name}: ${outcome.message}`])
      else if (outcome === null) counts.passed += 1
      else counts.failed += 1
      if (outcome !== null && !(outcome instanceof NotSupported)) printFailure(each, outcome)
    }
  } finally {
    await server.close()
  }
  for (const [area, cases] of left)
    console.log(`left out: ${cases.length} of ${area} (${[...new Set(cases.map((each) => each.split(': ').at(-1)))].join('; ')})`)
  console.log(`${counts.passed} passed, ${counts.failed} failed`)
  process.exitCode = counts.failed > 0 ? 1 : 0
}

function readCases(folder: string): Case[] {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
  return files.map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Case)
}

function printFailure({ area, name, expect }: Case, { problem, expected, got }: Failure): void {
  console.log(`FAILED ${area}: ${name}: ${problem}`)
  console.log(`  expected ${JSON.stringify(expected ?? expect)}`)
  console.log(`  got      ${JSON.stringify(got)}`)
}

await main()
