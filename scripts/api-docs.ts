/** `npm run docs:api`: writes docs/api.md from the routes as the server registers them. Nothing is opened and nothing listens. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../packages/server/src/config.ts'
import type { OpenApiDocument } from '../packages/server/src/http/openapi/shapes.ts'
import { createServer } from '../packages/server/src/http/server.ts'
import type { Parts } from '../packages/server/src/parts.ts'
import { apiPage } from './api-page.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'kindred-docs-'))
// Routes are registered without asking the parts for anything; only handlers do.
const parts = { config: readConfig({}, { dataDir, logLevel: 'error' }), clock: Date.now } as unknown as Parts
const app = createServer({ parts, instanceSecret: '', webFolder: join(dataDir, 'no-web') })
const reply = await app.inject({ url: '/api/v1/openapi.json' })
writeFileSync(new URL('../docs/api.md', import.meta.url), apiPage(reply.json<OpenApiDocument>()))
await app.close()
rmSync(dataDir, { recursive: true, force: true })
