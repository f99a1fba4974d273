/**
 * `npm run screenshot`: docs/screenshot.png from the demo shop. A segment and the people it keeps, as a reader of the README would make it.
 */
import { buildStale } from '../scripts/build.mjs'
import { PageApi } from './e2e/support/api.ts'
import { launchBrowser, openPage, signIn } from './e2e/support/browser.ts'
import { fillDemo } from './e2e/support/demo.ts'
import { startKindred, temporaryFolder } from './e2e/support/kindred-process.ts'

const where = {
  all: [{ did: { role: 'order' }, count: { atLeast: 3 }, within: { last: '90 days' } }, { not: { did: { role: 'refund' }, within: { last: '90 days' } } }],
}

await buildStale()
using data = temporaryFolder()
await using kindred = await startKindred(data.path)
const browser = await launchBrowser()
const { page } = await openPage(browser, { deviceScaleFactor: 2, viewport: { width: 1280, height: 800 } })
await signIn(page, kindred.link)
const project = await fillDemo(new PageApi(page, kindred.url))
await page.goto(`${kindred.url}/segments/new?project=${project}&where=${encodeURIComponent(JSON.stringify(where))}`)
await page.getByRole('heading', { name: 'Each condition keeps' }).waitFor()
await page.waitForTimeout(1000)
await page.screenshot({ path: new URL('../docs/screenshot.png', import.meta.url).pathname })
await browser.close()
