import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parse } from 'yaml'
import { readUserAgent } from '../src/enrich/technology.ts'
import { browserNames, systemNames } from '../src/enrich/technology-names.ts'
import type { Bench } from './bench.ts'
import { table } from './report.ts'

interface AgentCase {
  user_agent_string: string
  family: string
}
interface Agreement {
  cases: number
  agreeing: number
  /** Cases whose expected name has no entry in the table of names, and agrees to the letter. */
  toTheLetter: number
  /** `expected ← found`, most frequent first. */
  disagreements: [says: string, cases: number, example: string][]
  microsecondsEach: number
}

const mostShown = 15

/** What user agents say, held against a list that others have named: how many agree, where they do not, and what reading one costs. */
export const technology: Bench = async () => {
  const { browsers, systems } = measureTechnology(join(process.env.KINDRED_SHARED ?? '../shared', 'data/uap-core'))
  const says = Object.entries({ browsers, systems }).map(([name, { cases, agreeing, toTheLetter, disagreements, microsecondsEach }]) =>
    [
      `${name}: ${agreeing} of ${cases} agree (${((100 * agreeing) / cases).toFixed(2)} %), ${toTheLetter} of them without the table of names; ${microsecondsEach.toFixed(0)} µs to read one`,
      table(
        ['cases', 'expected ← found', 'such as'],
        disagreements.slice(0, mostShown).map(([says, count, example]) => [String(count), says, example.slice(0, 100)]),
      ),
    ].join('\n\n'),
  )
  return { says: says.join('\n\n'), figures: { browsers, systems } }
}

/** `folder` holds `test_ua.yaml.gz` and `test_os.yaml.gz` of the community's list. Errors: they are missing. */
export function measureTechnology(folder: string): { browsers: Agreement; systems: Agreement } {
  return {
    browsers: agreement(join(folder, 'test_ua.yaml.gz'), { names: browserNames, property: '$browser' }),
    systems: agreement(join(folder, 'test_os.yaml.gz'), { names: systemNames, property: '$os' }),
  }
}

function agreement(file: string, { names, property }: { names: Readonly<Record<string, string>>; property: '$browser' | '$os' }): Agreement {
  const { test_cases: cases } = parse(gunzipSync(readFileSync(file)).toString('utf8')) as { test_cases: AgentCase[] }
  const wrong = new Map<string, string[]>()
  let toTheLetter = 0
  const begin = performance.now()
  for (const { family, user_agent_string: agent } of cases) {
    const expected = family === 'Other' ? 'nothing' : (names[family] ?? family)
    const found = String(readUserAgent(agent)[property] ?? 'nothing')
    if (found !== expected) wrong.set(`${expected} ← ${found}`, [...(wrong.get(`${expected} ← ${found}`) ?? []), agent])
    else if (names[family] === undefined) toTheLetter += 1
  }
  const microsecondsEach = ((performance.now() - begin) / cases.length) * 1000
  const disagreements = [...wrong].map(([says, agents]): [string, number, string] => [says, agents.length, agents[0] ?? '']).sort((a, b) => b[1] - a[1])
  const agreeing = cases.length - disagreements.reduce((sum, [, count]) => sum + count, 0)
  return { cases: cases.length, agreeing, toTheLetter, disagreements, microsecondsEach }
}
