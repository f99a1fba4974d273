import { setTimeout as wait } from 'node:timers/promises'
import { type RenderedSql, raw, render } from '@kindred/engine'
import type { Segment } from '@kindred/model'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import type { QueryLimits } from '../../src/store/clickhouse/store.ts'
import { startTestServer, type TestProject, type TestServer } from '../test-server.ts'

let server: TestServer
let project: TestProject
let address: string
let segment: number
beforeAll(async () => {
  server = await startTestServer()
  project = await server.createProject()
  await project.append([{ event: 'view', distinctId: 'ann' }])
  const made = await project.post<Segment>('/segments', { name: 'Viewers', definition: { where: { did: { any: true } } } })
  segment = made.id
  address = await server.app.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(() => server.close())

const endless = render(raw('select count() as endless from system.numbers where number % 7 = 8'))
/** For the engine to begin. */
const begun = () => wait(300)

const trends = { series: [{ event: 'view', measure: 'people' }] }
test('a question ends in the engine when nobody waits for the reply', async () => {
  const { store } = server.parts
  const query = store.query.bind(store)
  const ends: Promise<unknown>[] = []
  // What nobody can end, such as the upkeep of memberships, is asked as it is.
  const slow = vi.spyOn(store, 'query').mockImplementation(<Row>(statement: RenderedSql, limits?: QueryLimits) => {
    if (limits?.signal === undefined) return query<Row>(statement, limits)
    const answer = query<Row>(endless, limits)
    ends.push(answer.catch((error: unknown) => error))
    return answer
  })
  onTestFinished(() => slow.mockRestore())
  const gone = new AbortController()
  const reply = fetch(`${address}/api/v1/projects/${project.project.id}/insights/run`, {
    method: 'POST',
    headers: { ...project.headers, 'content-type': 'application/json' },
    body: JSON.stringify({ query: trends }),
    signal: gone.signal,
  })
  const left = reply.catch((error: unknown) => error)
  await vi.waitFor(() => expect(ends.length).toBeGreaterThan(0), 10_000)
  await begun()
  gone.abort()
  expect(await left).toMatchObject({ name: 'AbortError' })
  for (const end of ends) expect(await end).toMatchObject({ code: 'query/cancelled' })
}, 40_000)

test.each<[string, () => [path: string, body?: unknown]]>([
  ['the people behind a number', () => ['/insights/people', { query: trends, point: { index: 0 } }]],
  ['a comparison', () => ['/segments/compare', { a: segment }]],
  ['a portrait', () => [`/segments/${segment}/portrait`]],
  ['members', () => [`/segments/${segment}/members`]],
  ['a preview', () => ['/segments/preview', { definition: { where: { did: { any: true } } } }]],
])('%s can be ended in the same way', async (_, asked) => {
  const query = vi.spyOn(server.parts.store, 'query')
  onTestFinished(() => query.mockRestore())
  const [path, body] = asked()
  await (body === undefined ? project.get(path) : project.post(path, body))
  expect(query.mock.calls.some(([, limits]) => limits?.signal !== undefined)).toBe(true)
})

test('rows that are streamed end once they are wanted no more', async () => {
  const gone = new AbortController()
  const rows = server.parts.store.stream(render(raw('select number from numbers(100000000)')), { signal: gone.signal })[Symbol.asyncIterator]()
  expect((await rows.next()).done).toBe(false)
  gone.abort()
  await expect(rows.next()).rejects.toMatchObject({ code: 'query/cancelled' })
})
