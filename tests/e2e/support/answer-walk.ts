import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { insightAddress, textOfDownload } from './api.ts'
import { readCsv } from './csv.ts'

/** What a reader does with an answer: from a number to its people, a segment of them, and the file. */
export class AnswerWalk {
  readonly #page: Page
  readonly #url: string

  constructor(page: Page, url: string) {
    this.#page = page
    this.#url = url
  }

  /** Opens a question until its answer shows `row`: what an SDK has queued arrives within some seconds. */
  async open(question: Record<string, unknown>, row: RegExp): Promise<Locator> {
    const answer = this.#page.getByRole('region', { name: 'Answer' })
    const shown = answer.getByRole('button', { name: row })
    await expect
      .poll(
        async () => {
          await this.#page.goto(this.#url + insightAddress(question))
          // Before the first event there is no row to wait for, and an answer stays as it was asked for.
          await shown.waitFor({ timeout: 4000 }).catch(() => undefined)
          return shown.count()
        },
        { timeout: 30_000 },
      )
      .toBe(1)
    return shown
  }

  /** From a number to the file: opens its people, keeps them as a rule, exports the segment; answers the file's rows. */
  async segmentBehind(number: Locator, name: string): Promise<Record<string, string>[]> {
    await number.click()
    await this.#page.getByRole('button', { name: 'Save as segment' }).click()
    const form = this.#page.getByRole('dialog', { name: 'Save as segment' })
    await form.getByLabel('Name').fill(name)
    await form.getByRole('button', { name: 'Save' }).click()
    await this.#page.waitForURL(/\/segments\/\d+/)
    return this.exported()
  }

  /** The rows of the open segment's file. */
  async exported(): Promise<Record<string, string>[]> {
    await this.#page.getByRole('button', { name: 'Export' }).click()
    const download = this.#page.waitForEvent('download')
    await this.#page.getByRole('link', { name: 'Download' }).click()
    return readCsv(await textOfDownload(await download))
  }
}

export const idsOf = (rows: Record<string, string>[]) => rows.map((row) => row.distinct_id).toSorted()
