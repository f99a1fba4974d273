import { send } from './client.ts'

/** Saves a file that the server makes for a POST, under the name it gives or `fallback`. Throws `ApiError`. */
export async function downloadPost(path: string, body: unknown, fallback: string): Promise<void> {
  const response = await send('POST', path, { body })
  const given = /filename="?([^";]+)"?/.exec(response.headers.get('content-disposition') ?? '')?.[1]
  saveBlob(await response.blob(), given ?? fallback)
}

/** Hands a file made in the page to the browser's downloads. */
export function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // A click starts the download in a later task; revoking at once would cancel it in some browsers.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
