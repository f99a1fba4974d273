import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { AccountProfile, AccountsPage, EventRow, Page, PeoplePage } from '@kindred/model'
import type { AnalyticsBrowser } from '@segment/analytics-next'
import type { Browser } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PageApi } from './support/api.ts'
import { launchBrowser, openPage, signIn } from './support/browser.ts'
import { type RunningKindred, startKindred, temporaryFolder } from './support/kindred-process.ts'

const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0'
const data = temporaryFolder()
let kindred: RunningKindred
let browser: Browser

beforeAll(async () => {
  kindred = await startKindred(data.path)
  browser = await launchBrowser()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await kindred?.[Symbol.asyncDispose]()
  data[Symbol.dispose]()
})

/** A page with Segment's browser SDK as npm delivers it; it is told where to ask for its settings, and nothing else. */
async function openSite(token: string): Promise<{ origin: string; close: () => void }> {
  const code = `import { AnalyticsBrowser } from '@segment/analytics-next'
window.analytics = AnalyticsBrowser.load({ writeKey: ${JSON.stringify(token)}, cdnURL: ${JSON.stringify(kindred.url)} })`
  const entry = 'virtual:site'
  const built = await build({
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [{ name: 'site', resolveId: (id) => (id.endsWith(entry) ? entry : undefined), load: (id) => (id === entry ? code : undefined) }],
    build: { write: false, minify: false, lib: { entry, formats: ['iife'], name: 'site' } },
  })
  const [output] = Array.isArray(built) ? built : [built]
  if (output === undefined || !('output' in output)) throw new Error('the site was not built')
  const script = output.output[0].code
  const server = createServer((request, reply) => {
    const isScript = request.url === '/site.js'
    reply
      .writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html' })
      .end(isScript ? script : '<!doctype html><title>Shop</title><h1>Shop</h1><script src="/site.js"></script>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

test('the browser SDK of Segment: it asks here where to send, and one person with an account comes of it', async () => {
  const { page } = await openPage(browser)
  const api = new PageApi(page, kindred.url)
  await signIn(page, kindred.link)
  const { token } = await api.get<{ token: string }>('/api/v1/projects/1')
  const site = await openSite(token)
  const visitor = await openPage(browser, { userAgent: firefox })
  const strangers: string[] = []
  visitor.page.on('request', (request) => {
    if (![site.origin, kindred.url].includes(new URL(request.url()).origin)) strangers.push(request.url())
  })
  await visitor.page.goto(`${site.origin}/boots?utm_source=news&gclid=g1`)
  await visitor.page.evaluate(async () => {
    const { analytics } = window as unknown as { analytics: AnalyticsBrowser }
    await analytics.page()
    await analytics.track('Product Viewed', { product_id: 'boots' })
    await analytics.identify('ann', { email: 'ann@example.com' })
    await analytics.group('acme', { name: 'Acme', employees: 12 })
    await analytics.track('Order Completed', { revenue: 12.5 })
  })

  const accounts = await expect
    .poll(async () => (await api.get<AccountsPage>('/api/v1/projects/1/accounts')).results, { timeout: 30_000 })
    .toMatchObject([{ type: 'company', key: 'acme', label: 'Acme', people: 1 }])
    .then(() => api.get<AccountsPage>('/api/v1/projects/1/accounts'))
  await expect
    .poll(async () => (await api.get<PeoplePage>('/api/v1/projects/1/people')).results.map(({ email, events }) => [email, events]), { timeout: 30_000 })
    .toEqual([['ann@example.com', 5]])
  const [person] = (await api.get<PeoplePage>('/api/v1/projects/1/people')).results
  const { results } = await api.get<Page<EventRow>>(`/api/v1/projects/1/people/${person?.id}/events`)
  expect(results.map(({ event }) => event).toSorted()).toEqual(['$groupidentify', '$identify', '$pageview', 'Order Completed', 'Product Viewed'])
  expect(results.find(({ event }) => event === '$pageview')?.properties).toMatchObject({
    $current_url: `${site.origin}/boots?utm_source=news&gclid=g1`,
    $pathname: '/boots',
    $title: 'Shop',
    utm_source: 'news',
    gclid: 'g1',
    $browser: 'Firefox',
    $lib: 'analytics.js',
  })
  const account = await api.get<AccountProfile>(`/api/v1/projects/1/accounts/${accounts.results[0]?.id}`)
  expect(account.facts.map(({ key, value, source }) => [key, value, source])).toEqual([
    ['employees', 12, 'segment'],
    ['name', 'Acme', 'segment'],
  ])
  expect([strangers, visitor.complaints]).toEqual([[], []])
  site.close()
}, 120_000)
