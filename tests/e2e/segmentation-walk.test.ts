import type { Overlap, Segment, SegmentationReport } from '@kindred/model'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PageApi } from './support/api.ts'
import { launchBrowser, type OpenPage, openPage, signIn } from './support/browser.ts'
import { fillDemo } from './support/demo.ts'
import { type RunningKindred, startKindred, temporaryFolder } from './support/kindred-process.ts'

/** A segmentation from its problem to a report that a stakeholder signs, and how segments lie to each other. */

const data = temporaryFolder()
let kindred: RunningKindred
let browser: Browser
let open: OpenPage
let api: PageApi
let project: number
let segments: Segment[]

beforeAll(async () => {
  kindred = await startKindred(data.path)
  browser = await launchBrowser()
  open = await openPage(browser)
  await signIn(open.page, kindred.link)
  api = new PageApi(open.page, kindred.url)
  project = await fillDemo(api)
  segments = (await api.get<{ results: Segment[] }>(`/api/v1/projects/${project}/segments`)).results
}, 240_000)
afterAll(async () => {
  await browser?.close()
  await kindred?.[Symbol.asyncDispose]()
  data[Symbol.dispose]()
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
  await page.getByRole('button', { name: 'New segmentation' }).click()
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

  await page.getByRole('tab', { name: 'Comments and signatures' }).click()
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
  for (const name of ['Skiers', 'Lapsed customers']) await chooseIn('Segments', name)
  await page.keyboard.press('Escape')
  expect(both).toBeGreaterThan(0)
  await page
    .getByRole('row', { name: /^Skiers and Lapsed customers/ })
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
  await found.getByRole('columnheader', { name: /^Skiers \(\d+\)$/ }).waitFor()
  expect(await found.getByRole('row').count()).toBeGreaterThan(1)
  await chooseIn('Beside', 'Window shoppers')
  await found.getByRole('columnheader', { name: /^Window shoppers \(\d+\)$/ }).waitFor()
  expect(open.complaints).toEqual([])
})
