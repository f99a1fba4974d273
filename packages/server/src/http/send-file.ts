import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'

export interface FileName {
  name: string
  format: 'csv' | 'json' | 'parquet'
}

/** Sends a file a piece at a time. What is wrong before the first piece is still told as an error. */
export async function sendFile(reply: FastifyReply, pieces: AsyncGenerator<string | Uint8Array>, { name, format }: FileName): Promise<FastifyReply> {
  const first = await pieces.next()
  reply.header('content-type', mediaTypes[format])
  reply.header('content-disposition', `attachment; filename="${name}.${format}"`)
  return reply.send(Readable.from(withFirst(first, pieces), { objectMode: false }))
}

const mediaTypes: Record<FileName['format'], string> = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
}

async function* withFirst<Piece>(first: IteratorResult<Piece>, rest: AsyncGenerator<Piece>): AsyncGenerator<Piece> {
  if (first.done !== true) yield first.value
  yield* rest
}
