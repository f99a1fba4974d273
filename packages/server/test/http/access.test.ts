import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestProject, type TestServer } from '../test-server.ts'

let server: TestServer
let ours: TestProject
let theirs: TestProject

beforeAll(async () => {
  server = await startTestServer({ config: { host: 'kindred.example', allowedHosts: ['Segments.example'] } })
  ours = await server.createProject({ name: 'Ours' })
  theirs = await server.createProject({ name: 'Theirs' })
  await ours.append([{ event: 'order_completed', distinctId: 'ada', set: { email: 'ada@example.org' } }])
  await theirs.append([{ event: 'order_completed', distinctId: 'secret-person', set: { email: 'them@example.org' } }])
})
afterAll(() => server.close())

test('without a session or a key there is no answer', async () => {
  const reply = await server.app.inject({ url: `/api/v1/projects/${ours.project.id}` })
  expect([reply.statusCode, reply.json().error.code]).toEqual([401, 'auth/required'])
})

test('a key opens its own project and no other, and learns no more of one that does not exist', async () => {
  expect(await ours.get('')).toMatchObject({ name: 'Ours' })
  for (const id of [theirs.project.id, 999_999]) {
    const reply = await server.app.inject({ url: `/api/v1/projects/${id}`, headers: ours.headers })
    expect([reply.statusCode, reply.json().error.code]).toEqual([403, 'auth/forbidden'])
  }
})

test('a key cannot make projects or sign-in links', async () => {
  for (const url of ['/api/v1/projects', '/api/v1/login-links', '/api/v1/demo']) {
    const reply = await server.app.inject({ method: 'POST', url, headers: ours.headers, payload: { name: 'x' } })
    expect([reply.statusCode, reply.json().error.code]).toEqual([403, 'auth/user-only'])
  }
})

test('no answer of one project holds anything of another', async () => {
  const definition = { where: { did: { any: true } } }
  const query = { series: [{ event: { any: true }, measure: 'people' }], display: 'number' }
  const answers = [
    await ours.get('/people'),
    await ours.get('/data/live'),
    await ours.get('/data/events'),
    await ours.get('/data/properties'),
    await ours.get('/data/survey-questions'),
    await ours.get('/data/values?of=survey&property=nps'),
    await ours.get('/data/values?of=person&property=email'),
    await ours.post('/segments/preview', { definition }),
    await ours.post('/insights/run', { query }),
    await ours.post('/insights/people', { query, point: { index: 0 } }),
  ]
  expect(JSON.stringify(answers)).toContain('ada@example.org')
  expect(JSON.stringify(answers)).not.toMatch(/them@example\.org|secret-person/)
  expect(answers[7]).toMatchObject({ count: 1, everyone: 1 })
})

test('a segment of another project is not found, by number or inside a definition', async () => {
  const segment = await theirs.post<{ id: number }>('/segments', { name: 'Theirs', definition: { where: { did: { any: true } } } })
  await expect(ours.get(`/segments/${segment.id}`)).rejects.toMatchObject({ status: 404 })
  await expect(ours.post('/segments/preview', { definition: { where: { in: segment.id } } })).rejects.toMatchObject({ status: 404 })
})

test('a person of another project is not found', async () => {
  const { results: people } = await theirs.get<{ results: { id: number }[] }>('/people')
  expect(people).toHaveLength(1)
  await expect(ours.get(`/people/${people[0]?.id}`)).rejects.toMatchObject({ status: 404 })
})

test('a name that was made to point here is refused; an address, localhost and the names it was told are not', async () => {
  const ask = (host: string) => server.app.inject({ url: `/api/v1/projects/${ours.project.id}`, headers: { ...ours.headers, host } })
  expect((await ask('evil.example:8420')).json().error.code).toBe('request/forbidden-host')
  for (const host of ['localhost:8420', '127.0.0.1:8420', '[::1]:8420', 'kindred.example:8420', 'Kindred.Example', 'segments.example'])
    expect((await ask(host)).statusCode).toBe(200)
})

test('other origins may send events and nothing else', async () => {
  const headers = { origin: 'https://shop.example', 'content-type': 'application/json' }
  const captured = await server.app.inject({
    method: 'POST',
    url: '/batch/',
    headers,
    payload: { api_key: ours.project.token, batch: [{ event: 'x', distinct_id: 'a' }] },
  })
  expect(captured.statusCode).toBe(200)
  expect(captured.headers['access-control-allow-origin']).toBe('https://shop.example')
  const asked = await server.app.inject({ url: '/api/v1/me', headers })
  expect(asked.headers['access-control-allow-origin']).toBeUndefined()
})

test('a request with an unknown key, broken JSON or too many bytes is refused by name', async () => {
  const send = (payload: string) =>
    server.app.inject({
      method: 'PATCH',
      url: `/api/v1/projects/${ours.project.id}`,
      headers: { ...ours.headers, 'content-type': 'application/json' },
      payload,
    })
  expect((await send('{"colour":"red"}')).json().error).toMatchObject({ code: 'request/invalid', message: expect.stringContaining('colour') })
  expect((await send('{"name":')).json().error.code).toBe('request/invalid')
  expect((await send(JSON.stringify({ name: 'x'.repeat(3_000_000) }))).json().error.code).toBe('request/too-large')
})

test('an unknown path of the API is an error in the same shape', async () => {
  const reply = await server.app.inject({ url: '/api/v1/nothing' })
  expect([reply.statusCode, reply.json().error.code]).toEqual([404, 'request/not-found'])
})
