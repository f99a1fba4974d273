import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createLoginToken, firstUser } from '../../src/auth/sessions.ts'
import { startTestServer, type TestServer } from '../test-server.ts'

let server: TestServer
let token: string

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())
beforeEach(async () => {
  token = await createLoginToken(server.parts, await firstUser(server.parts))
})

const login = (given: string) => server.app.inject({ method: 'POST', url: '/api/v1/login', payload: { token: given } })

async function signIn() {
  const reply = await login(token)
  const { csrf } = reply.json<{ csrf: string }>()
  return { csrf, cookies: Object.fromEntries(reply.cookies.map(({ name, value }) => [name, value])) }
}

test('a link works once', async () => {
  expect((await login(token)).statusCode).toBe(200)
  const again = await login(token)
  expect([again.statusCode, again.json().error.code]).toEqual([401, 'auth/link-spent'])
})

test('a link ends after 15 minutes', async () => {
  const now = Date.now()
  server.setNow(now + 15 * 60_000 + 5000)
  expect((await login(token)).statusCode).toBe(401)
  server.setNow(undefined)
})

test('the cookie is kept from scripts and from other sites', async () => {
  const [cookie] = (await login(token)).cookies
  expect(cookie).toMatchObject({ name: 'kindred_session', httpOnly: true, sameSite: 'Lax', path: '/' })
})

test('a change needs the header that other sites cannot read', async () => {
  const { csrf, cookies } = await signIn()
  const payload = { name: 'New' }
  const without = await server.app.inject({ method: 'POST', url: '/api/v1/projects', cookies, payload })
  expect([without.statusCode, without.json().error.code]).toEqual([403, 'request/csrf'])
  const withHeader = await server.app.inject({ method: 'POST', url: '/api/v1/projects', cookies, payload, headers: { 'x-kindred-csrf': csrf } })
  expect(withHeader.statusCode).toBe(200)
})

test('signing out ends the session', async () => {
  const { csrf, cookies } = await signIn()
  const me = () => server.app.inject({ url: '/api/v1/me', cookies })
  expect((await me()).statusCode).toBe(200)
  await server.app.inject({ method: 'POST', url: '/api/v1/logout', cookies, headers: { 'x-kindred-csrf': csrf } })
  expect((await me()).statusCode).toBe(401)
})

test('no secret is kept as it is', async () => {
  const { cookies } = await signIn()
  const secret = cookies.kindred_session ?? ''
  const { catalog } = server.parts
  const kept = JSON.stringify([await catalog.selectFrom('sessions').selectAll().execute(), await catalog.selectFrom('login_links').selectAll().execute()])
  expect(secret.length).toBeGreaterThan(30)
  expect(kept).not.toContain(secret)
  expect(kept).not.toContain(token)
})
