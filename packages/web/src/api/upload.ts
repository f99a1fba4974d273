import type { ErrorCode, ErrorDetails } from '@kindred/model'
import { ApiError, apiUrl, changeHeaders, type Query } from './client.ts'

interface UploadOptions {
  query?: Query
  signal: AbortSignal
  /** Called with the share of the file that has left, 0 to 1. */
  onProgress: (share: number) => void
}

/** Sends a file and says how far it is, which `fetch` does not. Throws `ApiError`, or the signal's reason when it is aborted. */
export async function uploadFile<Reply>(path: string, file: File, { query, signal, onProgress }: UploadOptions): Promise<Reply> {
  const headers = { accept: 'application/json', 'content-type': 'application/octet-stream', ...(await changeHeaders(path)) }
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', apiUrl(path, query))
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
    request.responseType = 'json'
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0))
    request.addEventListener('load', () => {
      if (request.status < 400) resolve(request.response as Reply)
      else reject(errorOf(request))
    })
    request.addEventListener('error', () =>
      reject(new ApiError({ code: 'network/unreachable', message: 'The file could not be sent. Check that Kindred is running, then try again.' }, 0)),
    )
    request.addEventListener('abort', () => reject(signal.reason))
    signal.addEventListener('abort', () => request.abort(), { once: true })
    if (signal.aborted) reject(signal.reason)
    else request.send(file)
  })
}

function errorOf({ response, status }: XMLHttpRequest): ApiError {
  const body = response as { error?: { code: ErrorCode; message: string; details?: ErrorDetails } } | null
  return new ApiError(body?.error ?? { code: 'server/unexpected', message: `The server answered ${status} without saying why. Try again.` }, status)
}
