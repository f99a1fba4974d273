import { gunzipSync } from 'node:zlib'
import { KindredError } from '@kindred/model'
import type { RawCapture } from '../pipeline/ingest.ts'

/** The most a body may be once unpacked. */
export const bodyLimit = 20 * 1024 * 1024
export const bodyLimitText = '20 MB'

const base64Form = /^[A-Za-z0-9+/_-]{4,}={0,2}$/

/**
 * The JSON text of a request, however it was packed: gzip is known by its first bytes, since senders announce it or not; base64 and the `data` field of
 * a form or of the query are opened. Errors: `capture/unreadable`, `request/too-large`.
 */
export function bodyText(request: Pick<RawCapture, 'body' | 'query' | 'contentType'>): string {
  const inQuery = request.query.data
  if (inQuery !== undefined && inQuery !== '') return unpackText(inQuery)
  const text = unpackBytes(request.body)
  const isForm = request.contentType.includes('x-www-form-urlencoded') || text.startsWith('data=')
  const field = isForm && !startsJson(text) ? new URLSearchParams(text).get('data') : null
  return unpackText(field ?? text)
}

function unpackBytes(bytes: Uint8Array): string {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return gunzip(bytes)
  if (bytes.byteLength > bodyLimit) throw new KindredError('request/too-large', { limit: bodyLimitText })
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
}

/** A form turns the `+` of base64 into a space, so spaces go back. */
function unpackText(text: string): string {
  const trimmed = text.replace(/^\ufeff/, '').trim()
  if (trimmed === '') throw new KindredError('capture/unreadable', { reason: 'it is empty' })
  if (startsJson(trimmed)) return trimmed
  const packed = trimmed.replaceAll(' ', '+').replace(/\r?\n/g, '')
  return base64Form.test(packed) ? unpackBytes(Buffer.from(packed, 'base64')) : trimmed
}

function gunzip(bytes: Uint8Array): string {
  try {
    return gunzipSync(bytes, { maxOutputLength: bodyLimit }).toString('utf8')
  } catch (error) {
    if (error instanceof RangeError) throw new KindredError('request/too-large', { limit: bodyLimitText }, { cause: error })
    throw new KindredError('capture/unreadable', { reason: 'its gzip is broken' }, { cause: error })
  }
}

function startsJson(text: string): boolean {
  return /^\s*[{[]/.test(text)
}
