import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'

export type RequestBody = { json: unknown } | { file: string }

/**
 * Sends a request; a file is read no faster than it is taken, where Node's `fetch` would hold all of it in memory. Answers what was answered, which may be a
 * refusal before the end of the file. Errors: of the file system and of the connection.
 */
export async function sendRequest(
  url: string,
  { method, authorization, body }: { method: string; authorization: string; body?: RequestBody | undefined },
): Promise<{ status: number; text: string }> {
  const { type, length, content } = await contentOf(body)
  const sending = request(url, { method, headers: { authorization, ...(type !== undefined && { 'content-type': type, 'content-length': length }) } })
  const answered = once(sending, 'response') as Promise<[IncomingMessage]>
  const sent = pipeline(content, sending)
  // A server that refuses stops reading: what it says counts, not that the rest could not be sent.
  sent.catch(() => undefined)
  const [answer] = await answered
  const said = await text(answer)
  sending.destroy()
  return { status: answer.statusCode ?? 0, text: said }
}

async function contentOf(body: RequestBody | undefined): Promise<{ type?: string; length: number; content: AsyncIterable<Uint8Array> | Buffer[] }> {
  if (body === undefined) return { length: 0, content: [] }
  if ('file' in body) return { type: 'application/octet-stream', length: (await stat(body.file)).size, content: createReadStream(body.file) }
  const json = Buffer.from(JSON.stringify(body.json))
  return { type: 'application/json', length: json.byteLength, content: [json] }
}
