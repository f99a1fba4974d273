import { readFileSync } from 'node:fs'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { insightAddress, PageApi, textOfDownload } from './support/api.ts'
import { launchBrowser, type OpenPage, openPage, signIn } from './support/browser.ts'
import { readCsv } from './support/csv.ts'
import { KindredProcess, type RunningKindred, startKindred, temporaryFolder } from './support/kindred-process.ts'
import { hasOnlineRetail, type Order, onlineRetailFile, ordersBy, readOrders } from './support/online-retail.ts'

const mappingFile = new URL('../../packages/server/mappings/online-retail.yaml', import.meta.url).pathname
const wholeRange = { from: '2010-12-01', to: '2011-08-31' }
const revenue = { event: 'order_completed', measure: 'sum', property: 'revenue' }
const customers = { event: 'order_completed', measure: 'people' }

const definition = `unit: person
where:
  all:
    - did: order_completed
      count: { atLeast: 5 }
      within: { last: 90 days, before: 2011-09-01 }
    - did: order_completed
      sum: { property: revenue, moreThan: 1000 }
      within: { last: 90 days, before: 2011-09-01 }
    - property: country
      isNot: United Kingdom
`

/** The same segment, from the file: orders after 2 June 24:00 (90 days before 1 September) by people whose last order came from elsewhere. */
function membersByHand(orders: readonly Order[]): string[] {
  const byCustomer = ordersBy(orders, ({ customer }) => customer)
  const members = [...byCustomer].filter(([, theirs]) => {
    const recent = theirs.filter(({ at }) => at > '2011-06-03 00:00:00' && at <= '2011-09-01 00:00:00')
    const pence = recent.reduce((sum, order) => sum + order.pence, 0)
    return recent.length >= 5 && pence > 100_000 && theirs.at(-1)?.country !== 'United Kingdom'
  })
  return members.map(([customer]) => customer).toSorted()
}

/** How large a picture is, and how much of it is something else than its background. */
function inkOf(page: Page, picture: Buffer): Promise<{ width: number; height: number; ink: number }> {
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
    const context = canvas.getContext('2d')
    context?.drawImage(bitmap, 0, 0)
    const pixels = new Uint32Array(context?.getImageData(0, 0, bitmap.width, bitmap.height).data.buffer ?? new ArrayBuffer(0))
    return { width: bitmap.width, height: bitmap.height, ink: pixels.filter((pixel) => pixel !== pixels[0]).length / pixels.length }
  }, picture.toString('base64'))
}

const sumOf = (orders: readonly Order[]) => orders.reduce((sum, order) => sum + order.pence, 0) / 100
const inPounds = (amount: number) => amount.toLocaleString('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 })

describe.skipIf(!hasOnlineRetail)('the history of a real shop, from an empty start to an exported segment', () => {
  const data = temporaryFolder()
  let orders: Order[]
  let kindred: RunningKindred
  let browser: Browser
  let open: OpenPage
  let page: Page
  let api: PageApi

  beforeAll(async () => {
    orders = readOrders()
    kindred = await startKindred(data.path)
    browser = await launchBrowser()
    open = await openPage(browser)
    page = open.page
    api = new PageApi(page, kindred.url)
  })
  afterAll(async () => {
    await browser?.close()
    await kindred?.[Symbol.asyncDispose]()
    data[Symbol.dispose]()
  })

  afterEach(() => {
    expect(open.complaints.splice(0)).toEqual([])
  })

  const answer = (): Locator => page.getByRole('region', { name: 'Answer' })

  test('the printed link signs in, once, and the empty state leads to import', async () => {
    await signIn(page, kindred.link)
    await api.send('PATCH', '/api/v1/projects/1', { timezone: 'Europe/London' })
    await page.reload()
    await page.getByRole('heading', { name: 'Welcome to Kindred' }).waitFor()
    await page.getByRole('link', { name: 'Choose a file' }).click()
    await page.waitForURL('**/data/imports/new*')

    await using stranger = await openPage(browser)
    await stranger.page.goto(kindred.link)
    await stranger.page.getByText('This link was used already or is older than 15 minutes.').waitFor()
  })

  test('the file comes in by the shipped mapping, and the people and the money are those of the file', async () => {
    await page.locator('input[type=file]').setInputFiles(onlineRetailFile)
    await page.getByRole('tab', { name: 'YAML' }).click()
    await page.getByLabel('Mapping').last().fill(readFileSync(mappingFile, 'utf8'))
    await page.getByRole('button', { name: 'Start the import' }).click()
    await page.getByRole('link', { name: 'See what is known now' }).waitFor({ timeout: 90_000 })

    const people = new Set(orders.map(({ customer }) => customer)).size
    expect([people, inPounds(sumOf(orders))]).toEqual([3317, '5,239,240.56'])
    await page.goto(kindred.url + insightAddress({ series: [customers, revenue], ...wholeRange, display: 'number' }))
    await answer()
      .getByRole('button', { name: / 3,317$/ })
      .waitFor()
    await answer()
      .getByRole('button', { name: / £5,239,240\.56$/ })
      .waitFor()
  })

  test('revenue by month is a line whose every point is that of the file', async () => {
    await page.goto(kindred.url + insightAddress({ series: [revenue], ...wholeRange, interval: 'month' }))
    await answer()
      .getByRole('img', { name: /^Chart over time/ })
      .waitFor()
    await page.getByRole('button', { name: 'Show as table' }).click()
    const cells = answer().getByRole('row').nth(1).getByRole('cell')
    await cells.first().waitFor()
    const byMonth = ordersBy(orders, ({ at }) => at.slice(0, 7))
    const expected = [orders, ...[...byMonth].toSorted().map(([, theirs]) => theirs)].map((theirs) => inPounds(sumOf(theirs)))
    expect((await cells.allTextContents()).map((text) => /£(.*)/.exec(text)?.[1])).toEqual(expected)

    const saved = async (choice: string) => {
      await page.getByRole('button', { name: 'More to do with this insight' }).click()
      const download = page.waitForEvent('download')
      await page.getByRole('menuitem', { name: choice }).click()
      return download
    }
    const [header = '', numbers = ''] = (await textOfDownload(await saved('Numbers as CSV'))).split('\r\n')
    expect(header.split(',').slice(1)).toEqual([...[...byMonth.keys()].toSorted().map((month) => expect.stringContaining(month)), 'total'])
    expect(
      numbers
        .split(',')
        .slice(-byMonth.size - 1)
        .map((text) => inPounds(Number(text))),
    ).toEqual([...expected.slice(1), expected[0]])
    const picture = await (await saved('Chart as PNG')).path()
    const { width, height, ink } = await inkOf(page, readFileSync(picture))
    expect([width, height]).toEqual([2560, 1440])
    expect(ink).toBeGreaterThan(0.003)
  })

  test('customers by country stand on the map, and a click on a country lists its people', async () => {
    const germans = new Set(orders.filter(({ country }) => country === 'Germany').map(({ customer }) => customer))
    await page.goto(kindred.url + insightAddress({ series: [customers], by: { of: 'person', property: 'country', limit: 250 }, ...wholeRange, display: 'map' }))
    await answer()
      .getByRole('img', { name: /^World map/ })
      .waitFor()
    await answer()
      .getByRole('button', { name: `Germany ${germans.size}` })
      .click()
    const drawer = page.getByRole('dialog')
    await drawer.getByText(`${germans.size} people`, { exact: true }).waitFor()
    const download = page.waitForEvent('download')
    await drawer.getByRole('button', { name: 'Export CSV' }).click()
    const listed = readCsv(await textOfDownload(await download)).map((row) => row.distinct_id)
    expect(listed.toSorted()).toEqual([...germans].toSorted())
  })

  test('the average order value is a formula', async () => {
    const orderCount = { event: 'order_completed' }
    await page.goto(kindred.url + insightAddress({ series: [revenue, orderCount], formulas: ['A / B'], ...wholeRange, display: 'number' }))
    await answer()
      .getByRole('button', { name: new RegExp(` £?${inPounds(sumOf(orders) / orders.length).replace('.', '\\.')}$`) })
      .waitFor()
  })

  test('a segment: the preview, the saved members and the exported file are those of the file', async () => {
    const expected = membersByHand(orders)
    expect(expected).toHaveLength(7)
    await page.goto(`${kindred.url}/segments/new`)
    await page.getByRole('tab', { name: 'YAML' }).click()
    await page.getByLabel('The definition as YAML').fill(definition)
    const size = page.getByRole('complementary', { name: 'Who fits' })
    await expect.poll(() => size.textContent(), { timeout: 20_000 }).toMatch(/^7\s*people, /)

    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('dialog').getByLabel('Name').fill('Regulars abroad')
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await page.waitForURL(/\/segments\/\d+/)
    await page.getByRole('tab', { name: 'Members' }).click()
    const members = page.getByRole('table', { name: 'Members of Regulars abroad' }).getByRole('link', { name: /^(?!Why )/ })
    await members.first().waitFor()
    expect((await members.allTextContents()).toSorted()).toEqual(expected)

    await page.getByRole('button', { name: 'Export' }).click()
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Download' }).click()
    const rows = readCsv(await textOfDownload(await download))
    expect(rows.map((row) => row.distinct_id).toSorted()).toEqual(expected)
  })

  test('importing the same file again from the command line adds nothing', async () => {
    const before = await api.get<{ events: number; people: { all: number } }>('/api/v1/projects/1/status')
    await using again = new KindredProcess(['import', onlineRetailFile, '--map', mappingFile, '--data', data.path])
    expect(await again.exit, again.printed).toBe(0)
    const after = await api.get<{ events: number; people: { all: number } }>('/api/v1/projects/1/status')
    expect([after.events, after.people]).toEqual([before.events, before.people])
  })

  test('a restart answers the same', async () => {
    await page.goto('about:blank')
    expect(await kindred.process.stop()).toBe(0)
    kindred = await startKindred(data.path)
    await signIn(page, kindred.link)
    await page.goto(kindred.url + insightAddress({ series: [customers, revenue], ...wholeRange, display: 'number' }))
    await answer()
      .getByRole('button', { name: / 3,317$/ })
      .waitFor()
    await answer()
      .getByRole('button', { name: / £5,239,240\.56$/ })
      .waitFor()
  })
})
