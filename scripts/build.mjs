/**
 * `npm run build`: builds what is stale. A build is stale when the content of what it is made from is not what it was made from
 * last time; the stamp of that lies in the build itself, so that deleting the folder is enough to start over.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'

const root = join(import.meta.dirname, '..')
const lock = 'package-lock.json'

const builds = [
  {
    name: 'server',
    output: 'packages/server/dist',
    sources: ['model', 'science', 'engine', 'server']
      .flatMap((name) => [`packages/${name}/src`, `packages/${name}/package.json`])
      .concat('packages/server/bin'),
    config: ['packages/server/tsdown.config.ts', lock],
    async build() {
      const { build } = await import('tsdown')
      await build({ cwd: join(root, 'packages/server'), config: 'tsdown.config.ts', logLevel: 'warn' })
    },
  },
  {
    name: 'web',
    output: 'packages/web/dist',
    sources: ['packages/model/src', 'packages/web/src', 'packages/web/public', 'packages/web/index.html', 'packages/web/package.json'],
    config: ['packages/web/vite.config.ts', lock],
    async build() {
      const { build } = await import('vite')
      // A test's environment must not decide what readers get: of React it would be the build for development.
      const { NODE_ENV } = process.env
      process.env.NODE_ENV = 'production'
      try {
        await build({ configFile: join(root, 'packages/web/vite.config.ts'), logLevel: 'warn' })
      } finally {
        if (NODE_ENV === undefined) delete process.env.NODE_ENV
        else process.env.NODE_ENV = NODE_ENV
      }
    },
  },
]

/** Builds what is stale among `names`; answers the names of what was built. Throws where a build fails. */
export async function buildStale(names = builds.map(({ name }) => name)) {
  const built = []
  for (const each of builds.filter(({ name }) => names.includes(name))) {
    const stamp = join(root, each.output, '.stamp')
    const wanted = hashOf([...each.sources, ...each.config])
    if (readText(stamp) === wanted) continue
    const startedAt = performance.now()
    process.stdout.write(`Building ${each.name} … `)
    await each.build()
    writeFileSync(stamp, wanted)
    console.log(`${((performance.now() - startedAt) / 1000).toFixed(1)} s`)
    built.push(each.name)
  }
  return built
}

/** Names and content of files and of whole folders, as one hash. */
function hashOf(paths) {
  const hash = createHash('sha256').update(process.versions.node.split('.')[0])
  for (const file of paths.flatMap((path) => filesIn(join(root, path)))) hash.update(`\0${relative(root, file)}\0`).update(readFileSync(file))
  return hash.digest('hex')
}

function filesIn(path) {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) return []
  if (found.isFile()) return [path]
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesIn(join(path, name)))
}

function readText(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

if (process.argv[1] === import.meta.filename) {
  const built = await buildStale()
  if (built.length === 0) console.log('Nothing to build: all is as it was.')
}
