import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { backup, restore } from './commands/backup.ts'
import { demo } from './commands/demo.ts'
import { failureText } from './commands/failure-text.ts'
import { runningInstance, withInstance } from './commands/instance-client.ts'
import { requestLoginLink } from './commands/login.ts'
import { isSegmentsAction, segmentFiles } from './commands/segments.ts'
import { type Config, readConfig } from './config.ts'
import { importFile } from './imports/command.ts'
import { isPostalCodesAction, postalCodes } from './postal-codes/command.ts'
import { version } from './version.ts'

const usage = `Kindred ${version}: who your customers are, and what kinds there are.

  kindred start [--demo]                    start, and print a link to sign in
  kindred login                             print another link to sign in
  kindred import FILE [--map MAP.yaml]      import CSV, TSV, JSON lines or Parquet, also gzipped; without a mapping
                 [--saved NAME]             an export of PostHog or Segment, or a guess to be corrected
                 [--preview] [--project ID]
  kindred segments pull DIR                 write the segments into a folder, one YAML file each
  kindred segments diff DIR [--prune]       show what the files would change; exit code 1 where they would
  kindred segments apply DIR [--prune]      make the segments what the files say, all of it or nothing; --prune deletes
                 [--force] [--project ID]   those without a file, --force overwrites what was changed in Kindred
  kindred segments test DIR                 ask the rules in the files about their sample people
  kindred postal-codes install FILE         take postal codes with their coordinates, so that people can be found within a
                                            distance: GeoNames' files, or CSV (country, postal_code, latitude, longitude)
  kindred postal-codes list                 the countries whose postal codes are there
  kindred postal-codes remove COUNTRY       remove those of a country, by its two letters
  kindred backup PATH                       copy everything, while it runs, into a new folder or a .tar file
  kindred restore PATH --data NEW_DIR       make a data directory out of a backup
  kindred demo                              make a demo shop with two years of customers

  --data DIR    where everything is kept (default ./kindred-data)
  --port N      the port of the interface (default 8420)
  --host HOST   the address to listen on (default 127.0.0.1: this machine only)

Settings by environment variable: docs/operations.md.`

const options = {
  data: { type: 'string' },
  port: { type: 'string' },
  host: { type: 'string' },
  demo: { type: 'boolean' },
  map: { type: 'string' },
  saved: { type: 'string' },
  preview: { type: 'boolean' },
  project: { type: 'string' },
  prune: { type: 'boolean' },
  force: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const

/** Two levels up both from the sources and from the bundle. */
const webFolder = join(import.meta.dirname, '..', '..', 'web', 'dist')

async function run(): Promise<void> {
  const { values, positionals } = parseArgs({ options, allowPositionals: true })
  const [command = 'start', file, folder] = positionals
  if (values.help === true) return console.log(usage)
  if (values.version === true) return console.log(version)
  const config = configOf(values)
  if (command === 'start') {
    // Only where it is needed: the server is most of the program.
    const { start } = await import('./commands/start.ts')
    return start({ config, webFolder, demo: values.demo === true })
  }
  if (command === 'demo') return withInstance({ config, webFolder }, demo)
  if (command === 'login') return login(config)
  if (command === 'import' && file !== undefined) {
    const { map, saved, preview, project } = values
    return withInstance({ config, webFolder }, (client) => importFile(client, { file, map, saved, preview, project: projectNumber(project) }))
  }
  if (command === 'segments' && isSegmentsAction(file) && folder !== undefined) {
    const { prune = false, force = false, project } = values
    const asked = { action: file, folder, prune, force, project: projectNumber(project) }
    const isSame = await withInstance({ config, webFolder }, (client) => segmentFiles(client, asked))
    if (!isSame) process.exitCode = 1
    return
  }
  if (command === 'postal-codes' && isPostalCodesAction(file) && (folder !== undefined || file === 'list'))
    return withInstance({ config, webFolder }, (client) => postalCodes(client, file, folder))
  if (command === 'backup' && file !== undefined) return withInstance({ config, webFolder }, (client) => backup(client, file))
  if (command === 'restore' && file !== undefined) {
    // The usual directory is somebody's: where to restore to is said each time.
    if (values.data === undefined) throw new Error('Say where to with --data NEW_DIR: an empty directory, or one that does not exist yet.')
    return restore(file, config.dataDir)
  }
  throw new Error(`I do not know what to do with "${[command, file, folder].filter(Boolean).join(' ')}".\n\n${usage}`)
}

function projectNumber(given: string | undefined): number | undefined {
  if (given === undefined) return undefined
  if (/^\d+$/.test(given)) return Number(given)
  throw new Error(`"${given}" is no number of a project. Without --project the command takes the only one there is, or lists them.`)
}

function configOf(values: { data?: string; port?: string; host?: string }): Config {
  const overrides = { KINDRED_DATA: values.data, KINDRED_PORT: values.port, KINDRED_HOST: values.host }
  const given = Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined))
  return readConfig({ ...process.env, ...given })
}

async function login(config: Config): Promise<void> {
  const instance = runningInstance(config.dataDir)
  if (instance === undefined) throw new Error(`No Kindred runs on ${config.dataDir}. \`npm start\` starts one and prints a link.`)
  console.log(await requestLoginLink({ url: instance.url, authorization: `Bearer ${instance.secret}` }))
}

run().catch((error: unknown) => {
  console.error(failureText(error, process.env.KINDRED_LOG_LEVEL === 'debug'))
  process.exit(1)
})
