import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { readConfig } from '../src/config.ts'
import { startKindred } from '../src/main.ts'
import type { Parts } from '../src/parts.ts'
import { createProject } from '../src/projects/projects.ts'
import { benchFolder } from './dataset.ts'

/** A server of its own on an empty data directory, with one project. */
export interface BenchServer extends Pick<Parts, 'store' | 'ingest'> {
  parts: Parts
  url: string
  projectId: number
  token: string
  close(): Promise<void>
}

/** `importRoot`: the folder that imports by path may read. */
export async function startBenchServer(name: string, importRoot: string | null = null): Promise<BenchServer> {
  const dataDir = join(benchFolder, `${name}-${process.pid}`)
  mkdirSync(dataDir, { recursive: true })
  const { parts, url, close } = await startKindred({ config: readConfig({}, { dataDir, importRoot, port: 0, logLevel: 'error' }), webFolder: dataDir })
  const { id, token } = await createProject(parts, { name: 'Benchmark', timezone: 'UTC' })
  return {
    parts,
    store: parts.store,
    ingest: parts.ingest,
    url,
    projectId: id,
    token,
    async close() {
      await close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
