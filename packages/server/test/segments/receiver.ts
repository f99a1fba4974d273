import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Listens for webhooks, answers with these statuses and then 200, and keeps what it took. */
export async function receiver(answers: number[]): Promise<{ url: string; bodies: string[]; signatures: string[]; server: Server }> {
  const [bodies, signatures]: [string[], string[]] = [[], []]
  const listening = createServer((request, reply) => {
    let body = ''
    request.on('data', (piece) => {
      body += piece
    })
    request.on('end', () => {
      const status = answers.shift() ?? 200
      if (status === 200) {
        bodies.push(body)
        signatures.push(String(request.headers['x-kindred-signature']))
      }
      reply.writeHead(status).end()
    })
  }).listen(0, '127.0.0.1')
  await once(listening, 'listening')
  return { url: `http://127.0.0.1:${(listening.address() as AddressInfo).port}/hook`, bodies, signatures, server: listening }
}
