import { once } from 'node:events'
import { ftruncateSync, mkdtempSync, openSync, rmSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { sendRequest } from '../../src/commands/send-request.ts'

const folder = mkdtempSync(join(tmpdir(), 'kindred-send-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const megabyte = 1024 * 1024
/** With nothing in it: such a file takes no room on the disk. */
function emptyFile(bytes: number): string {
  const path = join(folder, `${bytes}`)
  ftruncateSync(openSync(path, 'w'), bytes)
  return path
}

async function listening(answer: RequestListener): Promise<string> {
  const server: Server = createServer(answer).listen(0, '127.0.0.1')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

test('a large file goes to a slow server without being held in memory', async () => {
  let taken = 0
  const url = await listening(async (request, reply) => {
    for await (const chunk of request) {
      taken += (chunk as Buffer).byteLength
      if (taken % (16 * megabyte) < 65_536) await wait(20)
    }
    reply.end(`{"taken":${taken}}`)
  })
  let most = 0
  const sampling = setInterval(() => {
    most = Math.max(most, process.memoryUsage().arrayBuffers)
  }, 5)
  const before = process.memoryUsage().arrayBuffers
  const answer = await sendRequest(url, { method: 'POST', authorization: 'Bearer x', body: { file: emptyFile(400 * megabyte) } })
  clearInterval(sampling)
  expect(answer).toEqual({ status: 200, text: `{"taken":${400 * megabyte}}` })
  expect((most - before) / megabyte).toBeLessThan(150)
})

test('a refusal before the end of the file is what counts', async () => {
  const url = await listening((_request, reply) => {
    reply.writeHead(413, { connection: 'close' }).end('{"error":{"message":"too large"}}')
  })
  const answer = await sendRequest(url, { method: 'POST', authorization: 'Bearer x', body: { file: emptyFile(50 * megabyte) } })
  expect(answer).toEqual({ status: 413, text: '{"error":{"message":"too large"}}' })
})

test('what cannot be sent says why', async () => {
  await expect(sendRequest('http://127.0.0.1:9/', { method: 'POST', authorization: '', body: { file: join(folder, 'nowhere.csv') } })).rejects.toThrow(/ENOENT/)
  await expect(sendRequest('http://127.0.0.1:9/', { method: 'GET', authorization: '' })).rejects.toThrow(/ECONNREFUSED/)
})
