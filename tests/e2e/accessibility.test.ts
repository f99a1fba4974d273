import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { insightAddress, PageApi } from './support/api.ts'
import { launchBrowser, type OpenPage, openPage, signIn } from './support/browser.ts'
import { fillDemo } from './support/demo.ts'
import { type RunningKindred, startKindred, temporaryFolder } from './support/kindred-process.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
/** What passed is not described, and style sheets are not fetched again: both take longer than the rules. */
const violationsOnly: RunOptions = { resultTypes: ['violations'], preload: false }
const orders = { event: 'order_completed', measure: 'people' }

type Things = Record<'segment' | 'segmentation' | 'person' | 'account' | 'insight', number>

/** Every page, filled by the demo shop. `project` is the demo's. */
const pages = (project: number, { segment, segmentation, person, account, insight }: Things): string[] =>
  [
    '/',
    '/insights',
    insightAddress({ series: [orders], from: '-90d', interval: 'week' }),
    insightAddress({ series: [orders], by: { of: 'person', property: '$geoip_country_name' }, from: '-90d', display: 'map' }),
    insightAddress({ series: [orders], by: { of: 'event', property: '$browser' }, from: '-90d', display: 'table' }),
    `/insights/${insight}`,
    '/segments',
    '/segments/templates',
    `/segments/overlap?segments=${encodeURIComponent(JSON.stringify([1, segment]))}`,
    `/segments/compare?a=${segment}`,
    '/segments/new',
    `/segments/${segment}`,
    ...['members', 'history', 'why', 'tests', 'used-by', 'deliveries', 'versions', 'definition', 'settings'].map((tab) => `/segments/${segment}?tab=${tab}`),
    `/segments/${segment}/edit`,
    '/segmentations',
    ...['objective', 'data', 'groups', 'report', 'agreement'].map((step) => `/segmentations/${segmentation}?step=${step}`),
    '/guides',
    '/guides/e-commerce',
    '/people',
    `/people/${person}`,
    '/accounts',
    `/accounts/${account}`,
    '/data',
    '/data/definitions',
    '/data/definitions?show=person',
    '/data/definitions?show=standard',
    '/data/roles',
    '/data/traits',
    '/data/imports',
    '/data/imports/new',
    '/data/sources',
    '/data/problems',
    '/data/privacy',
    '/settings',
  ].map((path) => `${path}${path.includes('?') ? '&' : '?'}project=${project}`)

const data = temporaryFolder()
let kindred: RunningKindred
let browser: Browser
let open: OpenPage
let paths: string[]
let things: Things & { project: number; report: string }

beforeAll(async () => {
  kindred = await startKindred(data.path)
  browser = await launchBrowser()
  open = await openPage(browser)
  await signIn(open.page, kindred.link)
  const api = new PageApi(open.page, kindred.url)
  const project = await fillDemo(api)
  const definition = { where: { did: { role: 'order' }, count: { atLeast: 3 } } }
  const segment = await api.send<{ id: number }>('POST', `/api/v1/projects/${project}/segments`, { name: 'Regulars', definition })
  const { results: people } = await api.get<{ results: { id: number }[] }>(`/api/v1/projects/${project}/people?limit=1`)
  const { results: accounts } = await api.get<{ results: { id: number }[] }>(`/api/v1/projects/${project}/accounts?limit=1`)
  const begun = {
    name: 'Who buys how',
    problem: { area: 'sales', text: 'Everyone gets the same newsletter.' },
    stakeholders: [{ id: '7b0b0c0e-3d5e-4c4f-9a55-2f6f5d0d6a11', name: 'Maria', role: 'Head of sales' }],
    variables: [{ name: 'Country', property: 'standard.country', chosen: true }],
    groups: { by: 'segments', segments: [{ segment: segment.id }, { segment: 1, mainSegment: segment.id }] },
  }
  const segmentation = await api.send<{ id: number }>('POST', `/api/v1/projects/${project}/segmentations`, begun)
  const insight = await api.send<{ id: number }>('POST', `/api/v1/projects/${project}/insights`, {
    name: 'Orders',
    query: { series: [{ ...orders, event: { role: 'order' } }], range: { from: '-90d' } },
  })
  const link = await api.send<{ token: string }>('POST', `/api/v1/projects/${project}/segmentations/${segmentation.id}/links`, {})
  things = {
    project,
    segment: segment.id,
    segmentation: segmentation.id,
    person: people[0]?.id ?? 0,
    account: accounts[0]?.id ?? 0,
    insight: insight.id,
    report: `/shared#token=${link.token}`,
  }
  paths = pages(project, things)
}, 240_000)
afterAll(async () => {
  await browser?.close()
  await kindred?.[Symbol.asyncDispose]()
  data[Symbol.dispose]()
})

/** Each page at both widths and in both colour schemes, but not all four together: that would take as long as all other tests. */
const looks = [
  { width: 1440, colorScheme: 'light' },
  { width: 390, colorScheme: 'dark' },
] as const

test('every page, wide and light, then narrow and dark: nothing serious for axe, nothing beside the screen, no complaint', { timeout: 600_000 }, async () => {
  const { complaints } = open
  complaints.length = 0
  const found: string[] = []
  await openFirst('/')
  for (const path of paths) {
    await look(looks[0])
    await openPath(path)
    for (const each of looks) {
      await look(each)
      found.push(...(await faults()).map((fault) => `${path} at ${each.width} pixels, ${each.colorScheme}: ${fault}`))
    }
  }
  expect([...found, ...complaints]).toEqual([])
})

/** What opens over a page: where, what is pressed, and what opens. */
const dialogs = ({ segment, person, insight }: Things): [path: string, buttons: (string | RegExp)[], dialog: string | RegExp][] => [
  [`/insights/${insight}`, [/ \d+$/], /./],
  [`/insights/${insight}`, [/ \d+$/, 'Save as segment'], 'Save as segment'],
  ['/insights/new?display=number', ['Save'], 'Save this insight'],
  ['/segments', ['New list'], 'A list of people'],
  ['/segments/templates', [/Frequent buyers/], 'Frequent buyers'],
  [`/segments/${segment}`, ['Export'], 'Export Regulars'],
  [`/segments/${segment}/edit`, ['Save'], /Save/],
  ['/data/traits', ['New trait'], /trait/i],
  ['/data/traits', [/^Total spent/i], /Total spent/i],
  [`/people/${person}`, ['Delete'], /^Delete .* everywhere/],
]

test('what opens over a page: nothing serious for axe, wide and narrow', { timeout: 300_000 }, async () => {
  const { page } = open
  const found: string[] = []
  await openFirst(`/?project=${things.project}`)
  for (const [path, buttons, name] of dialogs(things)) {
    await look(looks[0])
    await openPath(path)
    for (const button of buttons) await page.getByRole('button', { name: button }).first().click()
    const dialog = page.getByRole('dialog', { name })
    await dialog.waitFor()
    for (const each of looks) {
      await look(each)
      found.push(...(await faults()).map((fault) => `${path} > ${buttons.join(' > ')} at ${each.width} pixels: ${fault}`))
    }
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
  }
  expect(found).toEqual([])
})

test('what is seen without being signed in: nothing serious for axe', async () => {
  await using stranger = await openPage(browser)
  const { page } = open
  open.page = stranger.page
  try {
    const found: string[] = []
    for (const path of ['/login', things.report]) {
      await openFirst(path)
      for (const each of looks) {
        await look(each)
        found.push(...(await faults()).map((fault) => `${path} at ${each.width} pixels: ${fault}`))
      }
    }
    expect(found).toEqual([])
  } finally {
    open.page = page
  }
})

test('a page with a fault is told', async () => {
  await openFirst('/')
  await open.page.evaluate(() => document.body.insertAdjacentHTML('beforeend', '<img src="data:,"><p style="color:#999;background:#aaa">hard to read</p>'))
  expect((await seriousFaults()).map((fault) => fault.split(' ')[0])).toEqual(expect.arrayContaining(['image-alt', 'color-contrast']))
})

async function look({ width, colorScheme }: (typeof looks)[number]): Promise<void> {
  await open.page.setViewportSize({ width, height: 900 })
  await open.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
}

async function openFirst(path: string): Promise<void> {
  const { page } = open
  await page.goto(kindred.url + path)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.evaluate(axe)
  await page.evaluate(settleAtOnce)
}

/** As a link inside the product does: loading it, and axe, anew for each page takes longer than the rules. */
async function openPath(path: string): Promise<void> {
  type Routed = { __TSR_ROUTER__: { navigate: (to: { href: string }) => Promise<void> } }
  await open.page.evaluate((href) => (window as unknown as Routed).__TSR_ROUTER__.navigate({ href }), path)
  await open.page.getByRole('heading', { level: 1 }).waitFor()
}

/** Colours that are on their way from one scheme to the other are nobody's choice. */
function settleAtOnce(): void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync('* { transition: none !important; animation: none !important }')
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
}

/** What is wrong with the open page as it looks now, once nothing of it is on its way. */
async function faults(): Promise<string[]> {
  const { page } = open
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))
  await page.waitForFunction(() => document.querySelector('.mantine-Skeleton-root, [aria-busy="true"]') === null)
  const serious = await seriousFaults()
  const beside = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  return beside > 0 ? [...serious, `${beside} pixels wider than the screen`] : serious
}

/** What axe finds on the open page that is serious or worse. */
async function seriousFaults(): Promise<string[]> {
  const { violations } = await open.page.evaluate(
    (options) => (window as unknown as { axe: { run: (options: RunOptions) => Promise<AxeResults> } }).axe.run(options),
    violationsOnly,
  )
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  return serious.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary?.replace(/\s+/g, ' ')}`))
}
