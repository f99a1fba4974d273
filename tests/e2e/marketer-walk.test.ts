import type { SegmentPreview, TemplateReply } from '@kindred/model'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PageApi } from './support/api.ts'
import { launchBrowser, type OpenPage, openPage, signIn } from './support/browser.ts'
import { fillDemo } from './support/demo.ts'
import { type RunningKindred, startKindred, temporaryFolder } from './support/kindred-process.ts'

/** The types of segmentation that a primer lists, each made by a marketer with clicks alone: from a template, or by choosing conditions. */

const data = temporaryFolder()
let kindred: RunningKindred
let browser: Browser
let open: OpenPage
let api: PageApi
let project: number
let templates: TemplateReply[]

beforeAll(async () => {
  kindred = await startKindred(data.path)
  browser = await launchBrowser()
  open = await openPage(browser)
  await signIn(open.page, kindred.link)
  api = new PageApi(open.page, kindred.url)
  project = await fillDemo(api)
  templates = (await api.get<{ results: TemplateReply[] }>(`/api/v1/projects/${project}/templates?limit=500`)).results
}, 240_000)
afterAll(async () => {
  await browser?.close()
  await kindred?.[Symbol.asyncDispose]()
  data[Symbol.dispose]()
})

const patiently = { timeout: 30_000 }
const fits = () => open.page.getByRole('complementary', { name: 'Who fits' })

/** From the list of segments to the builder, by the gallery. */
async function useTemplate(kind: string, id: string): Promise<void> {
  const { page } = open
  const name = templates.find((each) => each.id === id)?.name ?? id
  await page.getByRole('link', { name: 'Templates', exact: true }).click()
  await page.locator('label').filter({ hasText: kind }).click()
  await page.getByRole('button').filter({ hasText: name }).click()
  const dialog = page.getByRole('dialog', { name })
  await dialog.getByText(/ of [\d,]+$/).waitFor()
  await dialog.getByRole('link', { name: 'Use it' }).click()
}

/** From the list of segments to the builder, empty, with conditions looked for by their words. */
async function choose(...searches: string[]): Promise<void> {
  const { page } = open
  await page.getByRole('link', { name: 'New segment' }).click()
  for (const search of searches) {
    await page.getByRole('button', { name: 'Condition', exact: true }).last().click()
    await page.getByLabel('Search conditions').fill(search)
    await page.keyboard.press('Enter')
  }
}

/** Saves what stands in the builder under the name it offers, or another; answers the name and the size on the segment's page. */
async function save(name?: string): Promise<{ id: number; name: string }> {
  const { page } = open
  await expect.poll(() => fits().textContent(), patiently).toMatch(/^[\d,]+(people|person),/)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  const dialog = page.getByRole('dialog')
  const field = dialog.getByLabel('Name')
  if (name !== undefined) await field.fill(name)
  const saved = await field.inputValue()
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await page.waitForURL(/\/segments\/\d+\?/)
  return { id: Number(/\/segments\/(\d+)/.exec(page.url())?.[1]), name: saved }
}

interface Made {
  type: string
  make: () => Promise<void>
  /** Left out: that of the template stands there already. */
  name?: string
  template?: string
}

const gallery = (type: string, template: string): Made => ({ type, template, make: () => useTemplate(type, template) })
const built = (type: string, name: string, ...searches: string[]): Made => ({ type, name, make: () => choose(...searches) })

/** Makes each and tells how long it took; what stands on the page is what the API counts, and it is somebody. */
async function walk(each: Made): Promise<void> {
  const { page } = open
  await page.goto(`${kindred.url}/segments?project=${project}`)
  const began = performance.now()
  await each.make()
  const { id, name } = await save(each.name)
  const seconds = (performance.now() - began) / 1000
  if (each.template !== undefined) {
    const offered = templates.find((one) => one.id === each.template)?.name ?? ''
    // What the template was filled in with stands for its dots.
    expect(name).toContain(offered.replace(/ ?….*/, ''))
    expect(name).not.toContain('…')
  }
  const segment = await api.get<{ definition: unknown; count: number; sentence: string }>(`/api/v1/projects/${project}/segments/${id}`)
  const { count } = await api.send<SegmentPreview>('POST', `/api/v1/projects/${project}/segments/preview`, { definition: segment.definition })
  console.log(`${each.type}: “${name}”, ${count} people, in ${seconds.toFixed(1)} s. ${segment.sentence}`)
  expect(count).toBeGreaterThan(0)
  expect(segment.count).toBe(count)
  await page.getByRole('heading', { name, level: 1 }).waitFor()
  await page.getByText(new Intl.NumberFormat('en-GB').format(count), { exact: true }).first().waitFor()
  expect(seconds).toBeLessThan(120)
}

const primer = [
  gallery('Demographic', 'age-range'),
  gallery('Geographic', 'country'),
  gallery('Behavioural', 'frequent-buyers'),
  gallery('Psychographic', 'interests'),
  gallery('Technographic', 'iphone'),
]
/** The same five otherwise, two of them without a template, and what people need and are worth. */
const second = [
  gallery('Demographic', 'gender'),
  built('Geographic', 'Buyers in the Union', 'in the EU'),
  built('Behavioural', 'Buyers who look again', 'viewed a product'),
  gallery('Psychographic', 'eco-conscious'),
  gallery('Technographic', 'mobile'),
  gallery('Needs-based', 'must-have'),
  gallery('Value-based', 'ltv-high'),
]

for (const each of primer) test(`a primer of e-commerce: ${each.type.toLowerCase()}`, () => walk(each))
for (const each of second) test(`a second guide: ${each.type.toLowerCase()}`, () => walk(each))

test('the browser had nothing to complain of', () => {
  expect(open.complaints).toEqual([])
})
