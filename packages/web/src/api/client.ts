import type { ErrorCode, ErrorDetails, Me } from '@kindred/model'

/** What a caller sees of a failed request. `message` is written for the reader and says what to do. */
export class ApiError extends Error {
  readonly code: ErrorCode | 'network/unreachable'
  /** 0 when the server was not reached. */
  readonly status: number
  readonly details: ErrorDetails

  constructor(body: { code: ApiError['code']; message: string; details?: ErrorDetails }, status: number) {
    super(body.message)
    this.name = 'ApiError'
    this.code = body.code
    this.status = status
    this.details = body.details ?? {}
  }
}

export type Query = Record<string, string | number | boolean | null | undefined>
interface Options {
  query?: Query
  signal?: AbortSignal
  /** An id by which `Progress` is told how far the answer is. */
  question?: string
}

let csrf: string | null = null

/** The value that every changing request carries; told by `GET /api/v1/me` and forgotten on sign-out. */
export function keepCsrf(value: string | null): void {
  csrf = value
}

/** `path` below `/api`, with the given parameters; those that are null or undefined are left out. */
export function apiUrl(path: string, query: Query = {}): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== null) parameters.set(name, String(value))
  const text = parameters.toString()
  return `/api/v1/${path.replace(/^\//, '')}${text ? `?${text}` : ''}`
}

async function readError(response: Response): Promise<ApiError> {
  const body = (await response.json().catch(() => null)) as { error?: { code: ErrorCode; message: string; details?: ErrorDetails } } | null
  if (body?.error) return new ApiError(body.error, response.status)
  return new ApiError({ code: 'server/unexpected', message: `The server answered ${response.status} without saying why. Try again.` }, response.status)
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { credentials: 'same-origin', ...init })
  } catch (cause) {
    if (init.signal?.aborted) throw cause
    throw new ApiError({ code: 'network/unreachable', message: 'Kindred cannot be reached. Check that it is running, then try again.' }, 0)
  }
}

/** What a request that changes something carries. Throws `ApiError`. */
export async function changeHeaders(path: string): Promise<Record<string, string>> {
  // Whoever signs in, or was sent a link, has no session yet: their token is the proof.
  if (csrf === null && path !== 'login' && !path.startsWith('shared/')) keepCsrf((await api.get<Me>('me')).csrf)
  return csrf === null ? {} : { 'x-kindred-csrf': csrf }
}

/** Sends a request and answers the raw response, for files. Throws `ApiError`. */
export async function send(method: string, path: string, { body, query, signal, question }: Options & { body?: unknown } = {}): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json', ...(method !== 'GET' && (await changeHeaders(path))) }
  if (question !== undefined) headers['x-kindred-question'] = question
  const raw = body instanceof Blob
  if (body !== undefined) headers['content-type'] = raw ? 'application/octet-stream' : 'application/json'
  const response = await reach(apiUrl(path, query), { method, headers, signal, body: body === undefined ? undefined : raw ? body : JSON.stringify(body) })
  if (!response.ok) throw await readError(response)
  return response
}

async function sendJson<Reply>(method: string, path: string, options?: Options & { body?: unknown }): Promise<Reply> {
  return (await send(method, path, options)).json() as Promise<Reply>
}

/** The typed way to `/api`: the caller names the reply's type, as `docs/api.md` lists it. Every method throws `ApiError`. */
export const api = {
  get: <Reply>(path: string, options?: Options) => sendJson<Reply>('GET', path, options),
  post: <Reply>(path: string, body?: unknown, options?: Options) => sendJson<Reply>('POST', path, { ...options, body }),
  put: <Reply>(path: string, body: unknown) => sendJson<Reply>('PUT', path, { body }),
  patch: <Reply>(path: string, body: unknown) => sendJson<Reply>('PATCH', path, { body }),
  delete: <Reply>(path: string) => sendJson<Reply>('DELETE', path),
}
