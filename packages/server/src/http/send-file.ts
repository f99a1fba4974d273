import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'

export interface FileName {
  name: string
  format: 'csv' | 'json'
}

/** Sends a file a piece at a time. What is wrong before the first piece is still told as an error. */
export async function sendFile(reply: FastifyReply, pieces: AsyncGenerator<string>, { name, format }: FileName): Promise<FastifyReply> {
  const first = await pieces.next()
  reply.header('content-type', format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8')
  reply.header('content-disposition', `attachment; filename="${name}.${format}"`)
  return reply.send(Readable.from(withFirst(first, pieces), { objectMode: false }))
}

async function* withFirst(first: IteratorResult<string>, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  if (first.done !== true) yield first.value
  yield* rest
}
