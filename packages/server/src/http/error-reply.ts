import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { KindredError, meantIssue } from '@kindred/model'
import type { ConnectionError, FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import type { z } from 'zod'

/** In seconds: by then the store has usually finished the merge whose files were open. */
const retryAfter = 5

/** Every error of the API in one shape. What is not ours is written to the log under an id, and only the id leaves the house. */
export function replyWithError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const known = knownError(error)
  if (known?.code === 'server/open-files') {
    request.log.error({ error }, 'no more files can be opened')
    void reply.header('retry-after', retryAfter)
  }
  if (known !== undefined) {
    send(known, reply)
    return
  }
  const id = randomUUID()
  request.log.error({ id, error }, 'unexpected error')
  send(new KindredError('server/unexpected', { id }), reply)
}

function send(error: KindredError, reply: FastifyReply): void {
  // The route may have named the type of what it could not send.
  void reply.status(error.status).type('application/json; charset=utf-8').send(error.toJSON())
}

function knownError(error: unknown): KindredError | undefined {
  if (error instanceof KindredError) return error
  if (hasZodFastifySchemaValidationErrors(error)) return validationError(error.validation)
  const { code, message } = error as Partial<FastifyError>
  if (code === 'EMFILE' || code === 'ENFILE') return new KindredError('server/open-files')
  if (code === 'FST_ERR_BAD_URL') return new KindredError('request/invalid', { field: 'path', reason: 'it is not a valid URL' })
  if (code === 'FST_ERR_CTP_INVALID_CONTENT_LENGTH')
    return new KindredError('request/invalid', { field: 'content-length', reason: 'the body has another length' })
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new KindredError('request/too-large', { limit: '2 MB' })
  if (code === 'FST_ERR_CTP_INVALID_JSON_BODY' || code === 'FST_ERR_CTP_EMPTY_JSON_BODY' || error instanceof SyntaxError) {
    return new KindredError('request/invalid', { field: 'body', reason: message ?? 'it is not JSON' })
  }
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new KindredError('request/media-type', { expected: 'application/json' })
  return undefined
}

interface ValidationIssue {
  keyword: string
  instancePath: string
  message?: string | undefined
  /** What else the mistake says: of a value that fits no form, the mistakes of each form. */
  params: Record<string, unknown>
}

/** The first mistake by its path; one mistake at a time is what a person can mend. */
function validationError(issues: readonly ValidationIssue[]): KindredError {
  const [first] = issues
  if (first === undefined) return new KindredError('request/invalid', { field: 'body', reason: 'it does not have the right shape' })
  const { keyword: code, instancePath, message, params } = first
  const issue = meantIssue({ ...params, code, path: instancePath.split('/').filter(Boolean), message } as z.core.$ZodIssue)
  return new KindredError('request/invalid', { field: issue.path.join('.') || 'body', reason: issue.message })
}

/** Bytes that are not HTTP never become a request: answered on the socket, in the same shape. */
export function replyBrokenRequest(error: ConnectionError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return
  const large = error.code === 'HPE_HEADER_OVERFLOW'
  const known = large
    ? new KindredError('request/too-large', { limit: '16 KB of headers' })
    : new KindredError('request/invalid', { field: 'request', reason: 'it is not HTTP' })
  const body = JSON.stringify(known)
  const head = `HTTP/1.1 ${known.status} ${STATUS_CODES[known.status]}\r\ncontent-type: application/json; charset=utf-8`
  socket.end(`${head}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`)
}
