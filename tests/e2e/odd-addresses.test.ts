import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser, type OpenPage, openPage, signIn } from './support/browser.ts'
import { type RunningKindred, startKindred, temporaryFolder } from './support/kindred-process.ts'

/** Links are shortened, mistyped and grow old: the page says so, or shows what it opens on. */

const data = temporaryFolder()
let kindred: RunningKindred
let browser: Browser
let open: OpenPage

beforeAll(async () => {
  kindred = await startKindred(data.path)
  browser = await launchBrowser()
  open = await openPage(browser)
  await signIn(open.page, kindred.link)
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await kindred?.[Symbol.asyncDispose]()
  data[Symbol.dispose]()
})

test('parameters that cannot be read are as if they were not there', { timeout: 60_000 }, async () => {
  const { page } = open
  for (const [address, heading] of [
    ['/segments/overlap?segments=x', 'Overlap of segments'],
    ['/segments/compare?a=x&b=%7B%22a%22%3A1%7D', 'Compare segments'],
    ['/people?kind=odd&sort=odd', 'People'],
    ['/segments?kind=odd&sort=odd', 'Segments'],
  ] as const) {
    await page.goto(`${kindred.url}${address}`)
    await page.getByRole('heading', { level: 1, name: heading }).waitFor()
    await page.waitForLoadState('networkidle')
    expect(await page.getByText('This could not be shown').count(), address).toBe(0)
  }
})

test('a project that is not there is said by the page, and not taken for a server that cannot be reached', { timeout: 60_000 }, async () => {
  await open.page.goto(`${kindred.url}/?project=999`)
  await open.page.getByText('There is no project 999.').first().waitFor()
  expect(await open.page.getByText('Kindred cannot be reached').count()).toBe(0)
})

test('a link to a report that was cut says so', { timeout: 60_000 }, async () => {
  await open.page.goto(`${kindred.url}/shared`)
  await open.page.getByRole('heading', { name: 'This link is not complete' }).waitFor()
})

test('a file of an older page is not there, and neither is a person by an id that nobody has', { timeout: 60_000 }, async () => {
  const { page } = open
  const gone = await page.request.get(`${kindred.url}/assets/index-of-before.js`)
  expect([gone.status(), gone.headers()['content-type']]).toEqual([404, expect.stringContaining('application/json')])
  await page.goto(`${kindred.url}/people/123456`)
  await page.getByRole('alert').getByText('Not found', { exact: true }).waitFor()
  expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0)
  await page.goto(`${kindred.url}/segments/none`)
  await page.getByRole('heading', { name: 'Not found' }).waitFor()
})
