import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { insightAddress, PageApi } from './support/api.ts'
import { launchBrowser, type OpenPage, openPage, signIn } from './support/browser.ts'
import { fillDemo } from './support/demo.ts'
import { type RunningKindred, startKindred, temporaryFolder } from './support/kindred-process.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const orders = { event: 'order_completed', measure: 'people' }

/** Every page, filled by the demo shop. `project` is the demo's. */
const pages = (project: number, segment: number, person: number): string[] =>
  [
    '/',
    '/insights',
    insightAddress({ series: [orders], from: '-90d', interval: 'week' }),
    insightAddress({ series: [orders], by: { of: 'person', property: '$geoip_country_name' }, from: '-90d', display: 'map' }),
    insightAddress({ series: [orders], by: { of: 'event', property: '$browser' }, from: '-90d', display: 'table' }),
    '/segments',
    '/segments/new',
    `/segments/${segment}`,
    `/segments/${segment}/edit`,
    '/people',
    `/people/${person}`,
    '/data',
    '/data/definitions',
    '/data/roles',
    '/data/imports',
    '/data/imports/new',
    '/data/sources',
    '/data/problems',
    '/settings',
  ].map((path) => `${path}${path.includes('?') ? '&' : '?'}project=${project}`)

const data = temporaryFolder()
let kindred: RunningKindred
let browser: Browser
let open: OpenPage
let paths: string[]

beforeAll(async () => {
  kindred = await startKindred(data.path)
  browser = await launchBrowser()
  open = await openPage(browser)
  await signIn(open.page, kindred.link)
  const api = new PageApi(open.page, kindred.url)
  const project = await fillDemo(api)
  const definition = { where: { did: { role: 'order' }, count: { atLeast: 3 } } }
  const segment = await api.send<{ id: number }>('POST', `/api/v1/projects/${project}/segments`, { name: 'Regulars', definition })
  const { people } = await api.get<{ people: { id: number }[] }>(`/api/v1/projects/${project}/people?limit=1`)
  paths = pages(project, segment.id, people[0]?.id ?? 0)
}, 240_000)
afterAll(async () => {
  await browser?.close()
  await kindred?.[Symbol.asyncDispose]()
  data[Symbol.dispose]()
})

for (const width of [1440, 390]) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`every page at ${width} pixels, ${colorScheme}: nothing serious for axe, nothing beside the screen, no complaint`, { timeout: 300_000 }, async () => {
      await open.page.setViewportSize({ width, height: 900 })
      await open.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      open.complaints.length = 0
      const found: string[] = []
      for (const path of paths) found.push(...(await wrongWith(path)).map((fault) => `${path}: ${fault}`))
      expect([...found, ...open.complaints]).toEqual([])
    })
  }
}

async function wrongWith(path: string): Promise<string[]> {
  const { page } = open
  await page.goto(kindred.url + path)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.waitForFunction(() => document.querySelector('.mantine-Skeleton-root, [aria-busy="true"]') === null)
  const beside = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  await page.evaluate(axe)
  const { violations } = await page.evaluate(() => (window as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run())
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  const told = serious.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary?.replace(/\s+/g, ' ')}`),
  )
  return beside > 0 ? [...told, `${beside} pixels wider than the screen`] : told
}
