/**
 * Text that no file of the repository may hold, each with the reason. `tsx scripts/words.ts` fails by file and line.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

interface Forbidden {
  pattern: RegExp
  files: RegExp
  because: string
}

export const forbidden: readonly Forbidden[] = [
  {
    pattern: /clickhouse[_]settings/,
    files: /^(packages|tests|scripts)\//,
    because: 'the embedded store keeps such settings on its shared session; write a SETTINGS clause into the statement',
  },
  { pattern: /(?<![\w.~@:/-])\/(?:work|home|root|Users)\/[\w.-]/, files: /./, because: 'the path exists on one machine only' },
  { pattern: /"resolved": "https?:/, files: /package-lock\.json$/, because: 'the lock file names a host; npm finds packages by the registry of who installs' },
  { pattern: /^\s*(?:@[\w-]+:)?registry\s*=/, files: /\.npmrc$/, because: 'the registry is a setting of the machine, not of the repository' },
]

/** Every line of a file that holds forbidden text, as `path:line: reason`. */
export function forbiddenWords(path: string, text: string): string[] {
  const rules = forbidden.filter(({ files }) => files.test(path))
  return text.split('\n').flatMap((line, index) => rules.filter(({ pattern }) => pattern.test(line)).map(({ because }) => `${path}:${index + 1}: ${because}`))
}

function report(): void {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
  const paths = listed.split('\n').filter((path) => path !== '' && existsSync(path) && !/\.(png|ico|woff2|gz|mmdb)$/.test(path))
  const found = paths.flatMap((path) => forbiddenWords(path, readFileSync(path, 'utf8')))
  for (const line of found) console.error(line)
  console.log(`${paths.length} files read`)
  if (found.length > 0) process.exitCode = 1
}

if (process.argv[1] === import.meta.filename) report()
