import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** Requests recorded from real SDKs, one JSON object a line. */
export const recordedFile = join(process.env.KINDRED_SHARED ?? '../shared', 'reference/sdk-captures.jsonl')

export interface Recorded {
  label: string
  source: string
  at: string
  method: string
  url: string
  headers: Record<string, string>
  encoding: string
  body: Record<string, unknown> | unknown[] | null
}
/** All of them; none where the file is absent. */
export function readRecorded(): Recorded[] {
  if (!existsSync(recordedFile)) return []
  const lines = readFileSync(recordedFile, 'utf8').trim().split('\n')
  return lines.map((line) => JSON.parse(line) as Recorded)
}

/** The request's bytes as its encoding says they were. */
export function bytesOf({ body, encoding }: Recorded): Buffer {
  const text = JSON.stringify(body)
  if (encoding.startsWith('gzip')) return gzipSync(text)
  if (encoding.includes('form-base64')) return Buffer.from(`data=${encodeURIComponent(Buffer.from(text).toString('base64'))}`)
  return Buffer.from(text)
}
