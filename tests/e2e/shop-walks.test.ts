import type { Overlap, Segment, SegmentationReport, SegmentPreview, TemplateReply } from '@kindred/model'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PageApi } from './support/api.ts'
import { launchBrowser, type OpenPage, openPage, signIn } from './support/browser.ts'
import { fillDemo } from './support/demo.ts'
import { type RunningKindred, startKindred, temporaryFolder } from './support/kindred-process.ts'

/**
 * On one demo shop: the types of segmentation that primers list, each made by a marketer with clicks alone, from a template or by choosing conditions; then a
 * segmentation from its problem to a report that a stakeholder signs, and how segments lie to each other.
 */

const data = temporaryFolder()
let kindred: RunningKindred
let browser: Browser
let open: OpenPage
let api: PageApi
let project: number
let templates: TemplateReply[]
let segments: Segment[]

beforeAll(async () => {
  kindred = await startKindred(data.path)
  browser = await launchBrowser()
  open = await openPage(browser)
  await signIn(open.page, kindred.link)
  api = new PageApi(open.page, kindred.url)
  project = await fillDemo(api)
  templates = (await api.get<{ results: TemplateReply[] }>(`/api/v1/projects/${project}/templates?limit=500`)).results
  segments = (await api.get<{ results: Segment[] }>(`/api/v1/projects/${project}/segments`)).results
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
  await dialog.getByText(/^[\d,]+ by e-mail, [\d,]+ by SMS$/).waitFor()
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

/** The five of a primer, two of them without a template, and the two that a second guide adds. */
const types = [
  gallery('Demographic', 'age-range'),
  built('Geographic', 'Buyers in the Union', 'in the EU'),
  built('Behavioural', 'Buyers who look again', 'viewed a product'),
  gallery('Psychographic', 'eco-conscious'),
  gallery('Technographic', 'mobile'),
  gallery('Needs-based', 'must-have'),
  gallery('Value-based', 'ltv-high'),
]

for (const each of types) test(`made by clicks alone: ${each.type.toLowerCase()}`, () => walk(each))

test('the browser had nothing to complain of', () => {
  expect(open.complaints).toEqual([])
})

const number = (value: number) => new Intl.NumberFormat('en-GB').format(value)
const named = (name: string) => segments.find((each) => each.name === name)?.id ?? 0
const goTo = (path: string) => open.page.goto(`${kindred.url}${path}${path.includes('?') ? '&' : '?'}project=${project}`)

async function chooseIn(label: string, option: string): Promise<void> {
  await open.page.getByRole('combobox', { name: label, exact: true }).click()
  await open.page.getByRole('option', { name: option, exact: true }).click()
}

test('from the problem to a report that a stakeholder comments on and signs', async () => {
  const { page } = open
  await goTo('/segmentations')
  await page.getByRole('button', { name: 'New segmentation' }).first().click()
  await page.getByLabel('Name of the segmentation').fill('Who buys how')
  await page.getByRole('radio', { name: 'Sales' }).check()
  await page.getByLabel('What is the problem?').fill('Everyone gets the same newsletter.')

  await page.getByRole('tab', { name: /Objective/ }).click()
  await page.getByLabel('Objective', { exact: true }).fill('Three newsletters instead of one.')
  await page.getByLabel('Outcome it should explain').fill('Revenue in the next 90 days')
  await page.getByRole('button', { name: 'Add a stakeholder' }).click()
  await page.getByLabel('Name of stakeholder 1').fill('Maria')
  await page.getByLabel('Part of stakeholder 1').fill('Head of sales')

  await page.getByRole('tab', { name: /Segments/ }).click()
  for (const name of ['Frequent buyers', 'Skiers', 'Window shoppers']) await chooseIn('Add a segment', name)
  await page.getByRole('radio', { name: 'Target' }).first().check()
  await page.getByText('Saved', { exact: true }).waitFor()

  await page.getByRole('tab', { name: 'Report' }).click()
  const id = Number(/\/segmentations\/(\d+)/.exec(page.url())?.[1])
  const report = await api.get<SegmentationReport>(`/api/v1/projects/${project}/segmentations/${id}/report`)
  expect(report.groups.map(({ name }) => name)).toEqual(['Frequent buyers', 'Skiers', 'Window shoppers', 'Everyone else'])
  for (const { name, own } of report.groups) {
    expect(own).toBeGreaterThan(0)
    const row = page.getByRole('row', { name: new RegExp(`^${name}`) })
    await expect.poll(() => row.getByRole('cell').nth(2).textContent(), { timeout: 20_000 }).toBe(number(own))
  }
  // One after another, so each person is counted once.
  expect(report.groups.reduce((sum, { own }) => sum + own, 0)).toBe(report.inScope)

  await page.getByRole('tab', { name: 'Sign-off' }).click()
  await page.getByText('Has not signed').waitFor()
  await page.getByRole('button', { name: 'Link to comment and sign' }).click()
  const link = await page.getByRole('textbox', { name: 'Link, shown this once' }).inputValue()

  // Maria, who is not signed in.
  await using maria = await openPage(browser)
  await maria.page.goto(link)
  await maria.page.getByRole('heading', { name: 'Who buys how', level: 1 }).waitFor()
  await maria.page
    .getByRole('cell', { name: number(report.groups[0]?.own ?? 0), exact: true })
    .first()
    .waitFor()
  await maria.page.getByLabel('Your comment').fill('Skiers first, please.')
  await maria.page.getByRole('button', { name: 'Comment', exact: true }).click()
  await maria.page.getByText('Skiers first, please.').first().waitFor()
  await maria.page.getByRole('button', { name: 'Sign off as Maria' }).click()
  await maria.page.getByText(/^Signed on /).waitFor()
  await maria.page.emulateMedia({ media: 'print' })
  expect(await maria.page.getByRole('button', { name: 'Print or save as PDF' }).isVisible()).toBe(false)
  expect(maria.complaints).toEqual([])

  await page.reload()
  await page.getByText(/^Signed on /).waitFor()
  await page.getByText('Skiers first, please.').waitFor()
  expect(open.complaints).toEqual([])
})

test('overlap: the combinations add up to the segments, and each opens its people', async () => {
  const { page } = open
  const chosen = [named('Skiers'), named('Lapsed customers')]
  const overlap = await api.send<Overlap>('POST', `/api/v1/projects/${project}/segments/overlap`, { segments: chosen })
  const both = overlap.intersections.find((each) => each.segments.length === 2)?.count ?? 0
  await goTo('/segments/overlap')
  // It opens on the largest segments; which are looked at stands in the address.
  await page.getByRole('row', { name: / and / }).first().waitFor()
  await goTo(`/segments/overlap?segments=${encodeURIComponent(JSON.stringify(chosen))}`)
  expect(both).toBeGreaterThan(0)
  await page
    .getByRole('row', { name: /^(Skiers and Lapsed customers|Lapsed customers and Skiers)/ })
    .getByText(number(both), { exact: true })
    .waitFor()
  await page
    .getByRole('link', { name: number(both), exact: true })
    .first()
    .click()
  const fits = page.getByRole('complementary', { name: 'Who fits' })
  await expect.poll(() => fits.textContent(), { timeout: 20_000 }).toMatch(new RegExp(`^${number(both)}people,`))
  expect(open.complaints).toEqual([])
})

test('compare: what sets a segment apart from everyone else, and from another', async () => {
  const { page } = open
  await goTo('/segments/compare')
  await chooseIn('Segment', 'Skiers')
  const found = page.getByRole('region', { name: 'What sets them apart' })
  await found.getByRole('columnheader', { name: 'Skiers', exact: true }).waitFor()
  expect(await found.getByRole('row').count()).toBeGreaterThan(1)
  await chooseIn('Beside', 'Window shoppers')
  await found.getByRole('columnheader', { name: 'Window shoppers', exact: true }).waitFor()
  for (const name of ['Skiers', 'Window shoppers']) await found.getByText(new RegExp(`^${name} \\([\\d,]+\\)[\\d,]+ by e-mail, [\\d,]+ by SMS$`)).waitFor()
  expect(open.complaints).toEqual([])
})
