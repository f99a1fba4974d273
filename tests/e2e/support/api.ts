import { readFile } from 'node:fs/promises'
import type { Download, Page } from 'playwright-core'

/** The API as the signed-in page may use it: its cookie, and the CSRF value that `/api/v1/me` answers. */
export class PageApi {
  readonly #page: Page
  readonly #url: string
  #csrf: string | undefined

  constructor(page: Page, url: string) {
    this.#page = page
    this.#url = url
  }

  async get<Reply>(path: string): Promise<Reply> {
    return (await this.#ask('GET', path)).json()
  }

  async text(path: string): Promise<string> {
    return (await this.#ask('GET', path)).text()
  }

  async send<Reply>(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, data?: unknown): Promise<Reply> {
    return (await this.#ask(method, path, data)).json()
  }

  async #ask(method: string, path: string, data?: unknown) {
    if (method !== 'GET') this.#csrf ??= (await this.get<{ csrf: string }>('/api/v1/me')).csrf
    const headers: Record<string, string> = this.#csrf === undefined ? {} : { 'x-kindred-csrf': this.#csrf }
    const answer = await this.#page.request.fetch(`${this.#url}${path}`, { method, headers, data, timeout: 60_000 })
    if (!answer.ok()) throw new Error(`${method} ${path} answered ${answer.status()}: ${await answer.text()}`)
    return answer
  }
}

/** The address of a question, as the interface keeps it: one parameter for each part. */
export function insightAddress(question: Record<string, unknown>): string {
  const parameters = Object.entries(question).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)])
  return `/insights/new?${new URLSearchParams(Object.fromEntries(parameters))}`
}

export async function textOfDownload(download: Download): Promise<string> {
  return readFile(await download.path(), 'utf8')
}
