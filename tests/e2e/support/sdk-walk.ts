import type { Browser, Page } from 'playwright-core'
import { AnswerWalk } from './answer-walk.ts'
import { PageApi } from './api.ts'
import { launchBrowser, openPage, signIn } from './browser.ts'
import { type RunningKindred, startKindred, temporaryFolder } from './kindred-process.ts'
import { openShopSite, type ShopSite } from './shop-site.ts'

/** A Kindred of its own, a reader who is signed in to it, and a shop whose visitors report to its first project. */
export interface SdkWalk extends AsyncDisposable {
  kindred: RunningKindred
  page: Page
  api: PageApi
  walk: AnswerWalk
  shop: ShopSite
}

export async function openSdkWalk(): Promise<SdkWalk> {
  const data = temporaryFolder()
  const kindred = await startKindred(data.path)
  const browser: Browser = await launchBrowser()
  const { page } = await openPage(browser)
  const api = new PageApi(page, kindred.url)
  await signIn(page, kindred.link)
  const { token } = await api.get<{ token: string }>('/api/v1/projects/1')
  const shop = await openShopSite(browser, { url: kindred.url, token })
  return {
    kindred,
    page,
    api,
    walk: new AnswerWalk(page, kindred.url),
    shop,
    async [Symbol.asyncDispose]() {
      await shop[Symbol.asyncDispose]()
      await browser.close()
      await kindred[Symbol.asyncDispose]()
      data[Symbol.dispose]()
    },
  }
}
