import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from './config.ts'
import type { Api } from './http/api.ts'
import { holdDirectory } from './http/instance.ts'
import { createServer } from './http/server.ts'
import { foldNowAndThen } from './identity/fold-merges.ts'
import { resumeImports } from './imports/jobs.ts'
import { releaseProgramPages } from './memory/program-pages.ts'
import type { Parts } from './parts.ts'
import { startIngest } from './pipeline/start-ingest.ts'
import { resumePrivacy } from './privacy/jobs.ts'
import { createProject, listProjects } from './projects/projects.ts'
import { resumeDeliveries } from './segments/deliveries/deliver.ts'
import { startMembership } from './segments/membership/jobs.ts'
import { endCutOffRuns } from './segments/membership/recompute.ts'
import { openCatalog } from './store/catalog/catalog.ts'
import { openChdbStore } from './store/clickhouse/chdb.ts'
import { keepNowAndThen } from './traits/kept/upkeep.ts'

export interface Kindred {
  parts: Parts
  app: Api
  /** Where it listens. */
  url: string
  close(): Promise<void>
}

export interface StartOptions {
  config: Config
  clock?: () => number
  webFolder: string
}

/** Config → parts → listening server. Errors: `server/data-in-use`. */
export async function startKindred({ config, clock = Date.now, webFolder }: StartOptions): Promise<Kindred> {
  mkdirSync(config.dataDir, { recursive: true })
  const directory = holdDirectory(config.dataDir)
  const inData = (name: string) => join(config.dataDir, name)
  const catalog = await openCatalog(inData('catalog.sqlite'))
  const store = await openChdbStore({
    path: inData('store'),
    memoryBytes: config.storeMemoryBytes,
    queryMemoryBytes: config.queryMemoryBytes,
    querySeconds: config.querySeconds,
  })
  const ingest = await startIngest({ config, store, clock, catalogPath: inData('catalog.sqlite'), logPath: inData('log.sqlite') })
  const parts: Parts = { config, clock, catalog, store, ingest }
  if ((await listProjects(parts)).length === 0) await createProject(parts, { name: 'My project' })

  const app = createServer({ parts, instanceSecret: directory.secret, webFolder })
  await app.listen({ host: config.host, port: config.port })
  const url = listeningUrl(app, config.host)
  directory.announce(url)
  await resumeImports(parts)
  resumePrivacy(parts)
  await resumeDeliveries(parts)
  await endCutOffRuns(parts)
  startMembership(parts)
  await releaseProgramPages()
  const stopFolding = foldNowAndThen(parts)
  const stopKeeping = keepNowAndThen(parts)
  return {
    parts,
    app,
    url,
    async close() {
      await app.close()
      await Promise.all([stopFolding(), stopKeeping()])
      await ingest.close()
      await store.close()
      await catalog.destroy()
      directory.release()
    },
  }
}

function listeningUrl(app: Api, host: string): string {
  const address = app.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host
  return `http://${shown.includes(':') ? `[${shown}]` : shown}:${port}`
}
