import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { raw, render } from '@kindred/engine'
import Database from 'better-sqlite3'
import type { Config } from '../../src/config.ts'
import type { CaptureReply, Ingest, RawCapture } from '../../src/pipeline/ingest.ts'
import { startIngest } from '../../src/pipeline/start-ingest.ts'
import { openCatalog } from '../../src/store/catalog/catalog.ts'
import { openChdbStore } from '../../src/store/clickhouse/chdb.ts'
import type { Store } from '../../src/store/clickhouse/store.ts'

/** The real way in over a real store and catalog in a folder of their own. */
export interface WayIn {
  folder: string
  ingest: Ingest
  store: Store
  catalog: Database.Database
  /** A new project; its token is `token-<id>`. */
  project(): number
  /** Sends events as one `/batch/` request. */
  send(project: number, events: object[], request?: Partial<RawCapture>): Promise<CaptureReply>
  rows<Row>(sql: string): Promise<Row[]>
  close(): Promise<void>
}

/** `keep`: the folder outlives the closing. */
export async function openWayIn(config: Partial<Config> = {}, folder = mkdtempSync(join(tmpdir(), 'kindred-way-in-')), { keep = false } = {}): Promise<WayIn> {
  const catalogPath = join(folder, 'catalog.db')
  await (await openCatalog(catalogPath)).destroy()
  const catalog = new Database(catalogPath, { timeout: 10_000 })
  const store = await openChdbStore({ path: join(folder, 'store'), memoryBytes: 2e9, queryMemoryBytes: 5e8, querySeconds: 30 })
  const settings = { deduplicationDays: 30, logDays: 7, propertyNames: 10_000, geoip: null, ...config }
  const ingest = await startIngest({ config: settings, catalogPath, logPath: join(folder, 'log.db'), store })
  return {
    folder,
    ingest,
    store,
    catalog,
    project: () => addProject(catalog),
    send: (project, events, request) => ingest.capture(batchRequest(project, events, request)),
    rows: (sql) => store.query(render(raw(sql))),
    close: async () => {
      await ingest.close()
      await store.close()
      catalog.close()
      if (!keep) rmSync(folder, { recursive: true, force: true })
    },
  }
}

function addProject(catalog: Database.Database): number {
  const insert = catalog.prepare(
    `insert into projects (name, token, timezone, week_start, currency, roles, demo, created_at)
     select 'Test', 'token-' || (ifnull(max(id), 0) + 1), 'UTC', 'sunday', 'EUR', '', 0, 0 from projects`,
  )
  return Number(insert.run().lastInsertRowid)
}

export function batchRequest(project: number, events: object[], request: Partial<RawCapture> = {}): RawCapture {
  return rawRequest({ body: gzipSync(JSON.stringify({ api_key: `token-${project}`, batch: events })), ...request })
}

export function rawRequest(request: Partial<RawCapture>): RawCapture {
  return {
    path: '/batch',
    method: 'POST',
    query: {},
    contentType: 'application/json',
    contentEncoding: '',
    authorization: '',
    ip: '127.0.0.1',
    userAgent: '',
    receivedAt: Date.now(),
    body: new Uint8Array(),
    ...request,
  }
}
