import { Readable } from 'node:stream'
import fastify from 'fastify'
import { expect, test } from 'vitest'
import { replyWithError } from '../../src/http/error-reply.ts'

test.each(['EMFILE', 'ENFILE'])('a file that cannot be opened because too many are (%s) is told as a thing of the moment', async (code) => {
  const app = fastify({ logger: false }).setErrorHandler(replyWithError)
  app.get('/file', () => {
    throw Object.assign(new Error(`${code}: too many open files`), { code, syscall: 'open', path: '/somewhere/secret.js' })
  })
  const reply = await app.inject('/file')
  expect(reply.statusCode).toBe(503)
  expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0)
  expect(reply.json()).toMatchObject({ error: { code: 'server/open-files', message: expect.stringContaining('ulimit -n') } })
  expect(reply.body).not.toContain('secret.js')
  await app.close()
})

test('a file that is found and then cannot be opened is an error in the one shape too', async () => {
  const app = fastify({ logger: false }).setErrorHandler(replyWithError)
  const broken = () =>
    new Readable({
      read() {
        this.destroy(Object.assign(new Error('EMFILE: too many open files'), { code: 'EMFILE' }))
      },
    })
  app.get('/page', (_request, reply) => reply.type('text/html; charset=utf-8').send(broken()))
  const reply = await app.inject('/page')
  expect([reply.statusCode, reply.headers['content-type']]).toEqual([503, 'application/json; charset=utf-8'])
  expect(reply.json()).toMatchObject({ error: { code: 'server/open-files' } })
  await app.close()
})

test('any other error of the system stays unexpected, and only its id leaves the house', async () => {
  const app = fastify({ logger: false }).setErrorHandler(replyWithError)
  app.get('/file', () => {
    throw Object.assign(new Error('EIO: at /somewhere/secret.js'), { code: 'EIO' })
  })
  const reply = await app.inject('/file')
  expect(reply.json()).toMatchObject({ error: { code: 'server/unexpected' } })
  expect(reply.statusCode).toBe(500)
  expect(reply.body).not.toContain('secret.js')
  await app.close()
})
