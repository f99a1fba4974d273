import { readFileSync } from 'node:fs'
import { errorTable, scopes, type TrendsInput } from '@kindred/model'
import type { RouteOptions } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { apiPage } from '../../../../scripts/api-page.ts'
import type { RouteWords } from '../../src/http/api.ts'
import type { OpenApiDocument, Operation } from '../../src/http/openapi/shapes.ts'
import { createServer } from '../../src/http/server.ts'
import { startTestServer, type TestProject, type TestServer } from '../test-server.ts'

interface Registered {
  method: string
  url: string
  words: RouteWords
}

let server: TestServer
let project: TestProject
let document: OpenApiDocument
const routes: Registered[] = []

beforeAll(async () => {
  server = await startTestServer()
  project = await server.createProject({ roles: { events: { order: ['order'] }, properties: {} } })
  await project.append([
    { event: 'order', distinctId: 'ada', properties: { total: 5, items: [{ sku: 'a' }] }, set: { email: 'ada@example.org' } },
    { event: 'visit', distinctId: 'bob' },
  ])
  document = (await server.app.inject({ url: '/api/v1/openapi.json' })).json<OpenApiDocument>()
  // A second server of the same parts tells what is registered, apart from the list that the document is made from.
  const again = createServer({ parts: server.parts, instanceSecret: 'none', webFolder: 'none' })
  again.addHook('onRoute', ({ method, url, config }: RouteOptions) => {
    for (const each of [method].flat()) if (url.startsWith('/api/v1') && each !== 'HEAD') routes.push({ method: each, url, words: config ?? {} })
  })
  await again.ready()
}, 60_000)
afterAll(() => server.close())

const pathOf = (url: string) => url.replace(/\/$/, '').replace(/:(\w+)/g, '{$1}')
const operationOf = ({ method, url }: Pick<Registered, 'method' | 'url'>): Operation | undefined => document.paths[pathOf(url)]?.[method.toLowerCase()]
const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, each]) => ({ path, method, ...each })))

test('every route names the scope it asks, what it does and what it answers', () => {
  expect(routes.length).toBeGreaterThan(45)
  const known: readonly (string | undefined)[] = [...scopes, 'user', 'public']
  const silent = routes.filter(({ words }) => !known.includes(words.scope) || !words.summary || words.reply === undefined)
  expect(silent.map(({ method, url }) => `${method} ${url}`)).toEqual([])
  expect(routes.filter(({ words }) => words.scope === 'public').map(({ url }) => url)).toEqual([
    '/api/v1/login',
    '/api/v1/openapi.json',
    '/api/v1/shared/report',
    '/api/v1/shared/comments',
    '/api/v1/shared/sign-off',
  ])
})

test('a key is refused by every route whose scope it lacks, and by those of users', async () => {
  const ask = async ({ method, url }: Registered, headers: Record<string, string>) => {
    const asked = url.replace(':p', String(project.project.id)).replace(/:\w+/g, '987654')
    const reply = await server.app.inject({ method: method as 'GET', url: asked, headers })
    return reply.statusCode === 403 ? reply.json<{ error: { code: string } }>().error.code : 'let in'
  }
  for (const scope of scopes) {
    const { secret } = await project.post<{ secret: string }>('/keys', { name: scope, scopes: [scope] })
    const headers = { authorization: `Bearer ${secret}` }
    // Those that it may call are called elsewhere; here nothing should be changed.
    for (const route of routes.filter(({ words }) => words.scope !== 'public' && words.scope !== scope)) {
      expect(await ask(route, headers), `${scope}: ${route.method} ${route.url}`).toBe(route.words.scope === 'user' ? 'auth/user-only' : 'auth/scope')
    }
    for (const route of routes.filter(({ method, words }) => words.scope === scope && method === 'GET')) {
      expect(await ask(route, headers), `${scope}: ${route.method} ${route.url}`).toBe('let in')
    }
  }
}, 30_000)

test('docs/api.md is what `npm run docs:api` writes', () => {
  const written = readFileSync(new URL('../../../../docs/api.md', import.meta.url), 'utf8')
  expect(written === apiPage(document), 'run npm run docs:api').toBe(true)
})

test('every registered route is in the document, with its errors by status', () => {
  for (const route of routes) {
    const operation = operationOf(route)
    expect(operation?.summary, `${route.method} ${route.url}`).toBe(route.words.summary)
    for (const code of route.words.errors ?? []) {
      expect(JSON.stringify(operation?.responses[String(errorTable[code].status)]), `${route.method} ${route.url}`).toContain(`"${code}"`)
    }
  }
  const described = operations().filter(({ tags }) => !tags.includes('capture'))
  expect(described).toHaveLength(routes.length)
})

test('the document is whole: references lead somewhere, names are unique, parameters are those of the path', () => {
  expect(document.openapi).toBe('3.1.0')
  const text = JSON.stringify(document)
  const referred = new Set([...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name))
  expect([...referred].filter((name) => name === undefined || !(name in document.components.schemas))).toEqual([])
  expect(text).not.toMatch(/"\$ref":"(?!#\/components\/)|"\$defs"|"nullable"/)
  // A name that only says that something holds itself is one that nobody gave it.
  expect(document.components.schemas.JsonValue).toMatchObject({ anyOf: expect.arrayContaining([{ type: 'null' }]) })
  const ids = operations().map(({ operationId }) => operationId)
  expect(new Set(ids).size).toBe(ids.length)
  const tags = new Set(document.tags.map(({ name }) => name))
  for (const { path, method, ...operation } of operations()) {
    const inPath = (operation.parameters ?? []).filter((each) => each.in === 'path').map(({ name }) => name)
    expect(inPath, path).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))
    expect(method === 'get' && operation.requestBody !== undefined, path).toBe(false)
    expect(operation.tags.every((tag) => tags.has(tag))).toBe(true)
    for (const scheme of operation.security.flatMap(Object.keys)) expect(Object.keys(document.components.securitySchemes)).toContain(scheme)
    for (const reply of Object.values(operation.responses)) expect(typeof reply.description).toBe('string')
  }
})

/** The document's own schema of a reply, read by another reader of JSON Schema. */
function documented(method: string, url: string): z.ZodType {
  const reply = operationOf({ method, url: `/api/v1/projects/:p${url}` })?.responses['200'] as
    | { content: { 'application/json': { schema: object } } }
    | undefined
  const schema = JSON.parse(JSON.stringify(reply?.content['application/json'].schema).replaceAll('#/components/schemas/', '#/$defs/')) as object
  const $defs = JSON.parse(JSON.stringify(document.components.schemas).replaceAll('#/components/schemas/', '#/$defs/')) as Record<
    string,
    z.core.JSONSchema.JSONSchema
  >
  return z.fromJSONSchema({ ...schema, $defs })
}

test('real replies are what the document says, and hold nothing that it does not tell', async () => {
  const query: TrendsInput = { series: [{ event: 'order', measure: 'people' }], breakdown: { of: 'person', property: 'email' }, interval: 'month' }
  const definition = { where: { all: [{ did: { role: 'order' } }, { property: 'email', exists: true }] } }
  const { results } = await project.get<{ results: { id: number }[] }>('/people')
  const segment = await project.post<{ id: number }>('/segments', { name: 'Buyers', definition })
  await project.post('/insights', { name: 'Orders', query })
  const asked: [string, string, string?, object?][] = [
    ['GET', ''],
    ['GET', '/status'],
    ['GET', '/keys'],
    ['GET', '/people'],
    ['GET', '/people/:id', `/people/${results[0]?.id}`],
    ['GET', '/people/:id/events', `/people/${results[0]?.id}/events`],
    ['GET', '/data/live'],
    ['GET', '/data/events'],
    ['GET', '/data/properties'],
    ['GET', '/data/survey-questions'],
    ['GET', '/data/values', '/data/values?of=person&property=email'],
    ['POST', '/insights/run', undefined, { query }],
    ['POST', '/insights/people', undefined, { query, point: { index: 0, breakdown: { kind: 'none' } } }],
    ['GET', '/insights'],
    ['POST', '/segments/preview', undefined, { definition }],
    ['POST', '/segments/read', undefined, { text: JSON.stringify(definition), form: 'json' }],
    ['POST', '/segments/convert', undefined, { cohort: { type: 'AND', values: [{ type: 'person', key: 'plan', operator: 'exact', value: ['pro'] }] } }],
    ['GET', '/segments'],
    ['GET', '/segments/:id', `/segments/${segment.id}`],
    ['POST', '/segments/reaches', undefined, { segments: [segment.id] }],
    ['GET', '/segments/:id/members', `/segments/${segment.id}/members`],
    ['GET', '/segments/:id/versions', `/segments/${segment.id}/versions`],
    ['POST', '/segments/:id/recompute', `/segments/${segment.id}/recompute`],
    ['GET', '/segments/growth', '/segments/growth?days=7'],
    ['GET', '/segments/:id/history', `/segments/${segment.id}/history`],
    ['GET', '/segments/:id/sizes', `/segments/${segment.id}/sizes?from=0&to=1000&points=2`],
    ['GET', '/segments/:id/choices', `/segments/${segment.id}/choices`],
    ['GET', '/segments/:id/people/:person/why', `/segments/${segment.id}/people/${results[0]?.id}/why`],
    ['POST', '/segments/:id/what-if', `/segments/${segment.id}/what-if`, { definition }],
    ['GET', '/segments/:id/tests', `/segments/${segment.id}/tests`],
    ['POST', '/segments/:id/tests/run', `/segments/${segment.id}/tests/run`, {}],
    ['GET', '/people/:id/segments', `/people/${results[0]?.id}/segments`],
    ['POST', '/segments/lists', undefined, { name: 'List' }],
    ['GET', '/imports'],
    ['POST', '/keys', undefined, { name: 'a' }],
    ['POST', '/events', undefined, { events: [{ event: 'x', distinctId: 'y' }, { event: '' }] }],
  ]
  for (const [method, url, path = url, body] of asked) {
    const reply = method === 'GET' ? await project.get(path) : await project.post(path, body)
    expect(documented(method, url).safeParse(reply).error?.issues, `${method} ${url}`).toBeUndefined()
    const route = routes.find((each) => each.method === method && each.url.replace(/\/$/, '') === `/api/v1/projects/:p${url}`)
    const closed = route?.words.reply as z.ZodType | undefined
    expect(closed?.safeParse(reply).success, `${method} ${url}, closed`).toBe(true)
  }
  expect(documented('GET', '/segments/:id').safeParse({ id: 'twelve' }).success).toBe(false)
})
