import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { type CapturedEvent, type Project, scopes } from '@kindred/model'
import { createApiKey } from '../src/auth/api-keys.ts'
import { type Config, readConfig } from '../src/config.ts'
import type { Api } from '../src/http/api.ts'
import { createServer } from '../src/http/server.ts'
import { entryOf, packEntries } from '../src/log/entry.ts'
import type { Parts } from '../src/parts.ts'
import { startIngest } from '../src/pipeline/start-ingest.ts'
import { createProject, type NewProject } from '../src/projects/projects.ts'
import { openCatalog } from '../src/store/catalog/catalog.ts'
import { freshFolder, openStore } from './fresh-folder.ts'

export interface TestServerOptions {
  /** Epoch milliseconds; left out: the real clock. Can be moved with `setNow`. */
  now?: number
  config?: Partial<Config>
}

export interface TestServer {
  parts: Parts
  app: Api
  dataDir: string
  setNow(now: number | undefined): void
  createProject(project?: Partial<NewProject>): Promise<TestProject>
  close(): Promise<void>
}

/** A project with a key of its own, asked through the public API. */
export interface TestProject {
  project: Project
  headers: { authorization: string }
  /** The reply's JSON; throws with status and body where it is an error. `path` is below the project: `/insights/run`. */
  get<Reply>(path: string): Promise<Reply>
  post<Reply>(path: string, body?: unknown): Promise<Reply>
  put<Reply>(path: string, body: unknown): Promise<Reply>
  patch<Reply>(path: string, body: unknown): Promise<Reply>
  delete<Reply>(path: string): Promise<Reply>
  /** Text of a reply such as an export. */
  text(path: string): Promise<string>
  /** Appends parsed events and waits until they are in the store. Only what a test is about needs to be given. */
  append(events: readonly TestEvent[]): Promise<void>
}
export type TestEvent = Partial<CapturedEvent> & Pick<CapturedEvent, 'event' | 'distinctId'>

/** The whole server in this process on a folder of its own, with the real log, pipeline and engine. One at a time in a process. */
export async function startTestServer({ now, config: overrides }: TestServerOptions = {}): Promise<TestServer> {
  const dataDir = await freshFolder()
  let frozen = now
  const clock = () => frozen ?? Date.now()
  const config = readConfig({}, { dataDir, keyFile: join(dataDir, 'test.key'), logLevel: 'error', ...overrides })
  const inData = (name: string) => join(dataDir, name)
  const catalog = await openCatalog(inData('catalog.sqlite'))
  const store = await openStore(dataDir)
  const ingest = await startIngest({ config, store, clock, catalogPath: inData('catalog.sqlite'), logPath: inData('log.sqlite') })
  const parts: Parts = { config, clock, catalog, store, ingest }
  const app = createServer({ parts, instanceSecret: 'the-instance-secret-of-tests', webFolder: join(dataDir, 'no-web') })
  await app.ready()
  return {
    parts,
    app,
    dataDir,
    setNow(value) {
      frozen = value
    },
    createProject: (project = {}) => testProject(app, parts, project),
    async close() {
      await app.close()
      // A test may have started the way in anew.
      await parts.ingest.close()
      await store.close()
      await catalog.destroy()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function testProject(app: Api, parts: Parts, options: Partial<NewProject>): Promise<TestProject> {
  const project = await createProject(parts, { name: 'Test', timezone: 'UTC', weekStart: 'sunday', ...options })
  const { secret } = await createApiKey(parts, project.id, { name: 'test', scopes: [...scopes], expiresAt: null })
  const headers = { authorization: `Bearer ${secret}` }
  type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  const ask = async (method: Method, path: string, body?: unknown): Promise<string> => {
    const reply = await app.inject({
      method,
      url: `/api/v1/projects/${project.id}${path}`,
      headers,
      ...(body === undefined ? {} : { payload: body as object }),
    })
    if (reply.statusCode >= 400)
      throw Object.assign(new Error(`${method} ${path}: ${reply.statusCode} ${reply.body}`), { status: reply.statusCode, body: reply.body })
    return reply.body
  }
  const json = async <Reply>(method: Method, path: string, body?: unknown) => JSON.parse(await ask(method, path, body)) as Reply
  return {
    project,
    headers,
    get: (path) => json('GET', path),
    post: (path, body) => json('POST', path, body),
    put: (path, body) => json('PUT', path, body),
    patch: (path, body) => json('PATCH', path, body),
    delete: (path) => json('DELETE', path),
    text: (path) => ask('GET', path),
    async append(events) {
      const whole = events.map((event, index) => ({ uuid: crypto.randomUUID(), timestamp: parts.clock() + index, properties: {}, ...event }))
      await parts.ingest.append({ projectId: project.id, source: 'api', events: packEntries(whole.map(entryOf)) })
      await parts.ingest.drained()
    },
  }
}
