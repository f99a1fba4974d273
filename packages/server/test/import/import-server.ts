import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { ImportInspection, ImportMappingInput, ImportState, Project } from '@kindred/model'
import fastify from 'fastify'
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import { type Config, readConfig } from '../../src/config.ts'
import type { Api } from '../../src/http/api.ts'
import { replyWithError } from '../../src/http/error-reply.ts'
import { resumeImports } from '../../src/imports/jobs.ts'
import { importRoutes } from '../../src/imports/routes.ts'
import type { Parts } from '../../src/parts.ts'
import { startIngest } from '../../src/pipeline/start-ingest.ts'
import { createProject, findProject } from '../../src/projects/projects.ts'
import { openCatalog } from '../../src/store/catalog/catalog.ts'
import { openChdbStore } from '../../src/store/clickhouse/chdb.ts'

export interface ImportServer {
  parts: Parts
  app: Api
  project: Project
  dataDir: string
  inspect(name: string, content: string | Buffer): Promise<ImportInspection>
  /** Uploads and starts; throws the error's code. */
  start(content: string | Buffer, mapping: ImportMappingInput): Promise<ImportState>
  ask<Reply>(method: 'GET' | 'POST', path: string, body?: object): Promise<Reply>
  /** The import once it has ended. */
  ended(id: number): Promise<ImportState>
  query<Row>(text: string): Promise<Row[]>
  close(): Promise<void>
}

export function makeDataDir(): string {
  return mkdtempSync(join(tmpdir(), 'kindred-imports-'))
}

/** Import routes and jobs over the real log, pipeline and engine, on a folder that outlives the server: so it can be stopped and started again. */
export async function startImportServer(dataDir: string, overrides: Partial<Config> = {}): Promise<ImportServer> {
  mkdirSync(dataDir, { recursive: true })
  const config = readConfig({}, { dataDir, logLevel: 'error', ...overrides })
  const inData = (name: string) => join(dataDir, name)
  const catalog = await openCatalog(inData('catalog.sqlite'))
  const store = await openChdbStore({ path: inData('store'), memoryBytes: 2e9, queryMemoryBytes: 1e9, querySeconds: 60 })
  const ingest = await startIngest({ config, store, catalogPath: inData('catalog.sqlite'), logPath: inData('log.sqlite') })
  const parts: Parts = { config, clock: Date.now, catalog, store, ingest }
  const project = await findProject(parts, 1).catch(() => createProject(parts, { name: 'Shop', timezone: 'UTC' }))
  const app = routesOf(parts)
  await app.ready()
  await resumeImports(parts)

  const ask = async <Reply>(method: 'GET' | 'POST', path: string, body?: object): Promise<Reply> => {
    const reply = await app.inject({ method, url: `/api/v1/projects/${project.id}/imports${path}`, ...(body === undefined ? {} : { payload: body }) })
    if (reply.statusCode >= 400) throw new Error(reply.json<{ error: { code: string; message: string } }>().error.code)
    return reply.headers['content-type']?.toString().startsWith('text/csv') ? (reply.body as Reply) : reply.json<Reply>()
  }
  const inspect = async (name: string, content: string | Buffer): Promise<ImportInspection> => {
    const headers = { 'content-type': 'application/octet-stream' }
    const reply = await app.inject({
      method: 'POST',
      url: `/api/v1/projects/${project.id}/imports/inspect?name=${encodeURIComponent(name)}`,
      headers,
      payload: content,
    })
    if (reply.statusCode >= 400) throw new Error(reply.json<{ error: { message: string } }>().error.message)
    return reply.json<ImportInspection>()
  }
  return {
    parts,
    app,
    project,
    dataDir,
    inspect,
    ask,
    start: async (content, mapping) => ask('POST', '', { uploadId: (await inspect('file.csv', content)).uploadId, mapping }),
    async ended(id) {
      for (;;) {
        const state = await ask<ImportState>('GET', `/${id}`)
        if (state.state !== 'running' && state.state !== 'waiting') return state
        await wait(20)
      }
    },
    query: (text) => store.query({ text, params: {} }),
    async close() {
      await app.close()
      await ingest.close()
      await store.close()
      await catalog.destroy()
    },
  }
}

export function removeDataDir(dataDir: string): void {
  rmSync(dataDir, { recursive: true, force: true })
}

function routesOf(parts: Parts): Api {
  const app: Api = fastify({ bodyLimit: 2 * 1024 * 1024 }).withTypeProvider<ZodTypeProvider>()
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler(replyWithError)
  void app.register(
    async (inProject: Api) => {
      inProject.addHook('onRequest', async (request) => {
        request.project = await findProject(parts, Number((request.params as { p: string }).p))
      })
      importRoutes(inProject, parts)
    },
    { prefix: '/api/v1/projects/:p' },
  )
  return app
}
