import type { AccountsPage, Page as ListPage, PeoplePage, Segment, Segmentation, SegmentationReport, SegmentMembers, Trait } from '@kindred/model'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PageApi, textOfDownload } from './support/api.ts'
import { launchBrowser, openPage, signIn } from './support/browser.ts'
import { readCsv } from './support/csv.ts'
import { type RunningKindred, startKindred, temporaryFolder } from './support/kindred-process.ts'

const data = temporaryFolder()
let kindred: RunningKindred
let browser: Browser
let page: Page
let api: PageApi

beforeAll(async () => {
  kindred = await startKindred(data.path)
  browser = await launchBrowser()
  page = (await openPage(browser)).page
  api = new PageApi(page, kindred.url)
  await signIn(page, kindred.link)
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await kindred?.[Symbol.asyncDispose]()
  data[Symbol.dispose]()
})

async function chooseIn(label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label, exact: true }).click()
  await page.getByRole('option', { name: option, exact: true }).click()
}

/** Who was in the open segment at an earlier day, as recorded and by its rule. */
async function lookBack(): Promise<void> {
  const day = page.getByLabel('As of the end of')
  await day.fill(new Date().toLocaleDateString('sv'))
  await page.getByText(/^Members as they were recorded at /).waitFor()
  await page.getByText('By the rule of today').click()
  await page.getByText(/^Whom the rule of today would have kept at /).waitFor()
  await day.fill('2026-01-02')
  await page.getByText('Nobody was in it then.').waitFor()
  await page.getByText('As recorded then').click()
  await page.getByText(/members are recorded since/).waitFor()
  await day.fill('')
}

test('the page of a segment: its portrait and persona, its history, why somebody is in, a choice by hand, sample people, how it is kept', async () => {
  const project = '/api/v1/projects/1'
  const event = (distinctId: string, name: string) => ({ event: name, distinctId, properties: {} })
  await api.send('POST', `${project}/events`, { events: [{ ...event('ann', 'order'), set: { email: 'ann@example.com', name: 'ann' } }, event('bob', 'view')] })
  await expect.poll(async () => (await api.get<PeoplePage>(`${project}/people`)).results.length, { timeout: 30_000 }).toBe(2)
  const segment = await api.send<Segment>('POST', `${project}/segments`, {
    name: 'Buyers',
    definition: { where: { did: 'order', within: { last: '30 days' } } },
  })
  await expect.poll(async () => (await api.get<Segment>(`${project}/segments/${segment.id}`)).recorded?.size ?? null, { timeout: 30_000 }).toBe(1)

  await api.send('POST', `${project}/people/${(await api.get<PeoplePage>(`${project}/people?search=ann`)).results[0]?.id}/consents`, {
    consents: [{ channel: 'email', purpose: 'marketing', state: 'granted' }],
  })
  await page.goto(`${kindred.url}/segments/${segment.id}`)
  await page.getByText('1 by e-mail, 0 by SMS').waitFor()
  await page.getByText('50% of everyone').waitFor()
  await page.getByRole('button', { name: /^Customers/ }).click()
  await page.getByRole('dialog').getByText('1 person').waitFor()
  await page.getByRole('dialog').getByText('1 by e-mail, 0 by SMS').waitFor()
  await page.getByRole('dialog').getByRole('link', { name: 'ann' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Write a persona' }).click()
  await page.getByRole('button', { name: 'Draft from the numbers' }).click()
  await expect.poll(() => page.getByLabel('How to talk to them').inputValue(), { timeout: 20_000 }).toContain('E-mail reaches 100% of them')
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Quick Quinn')
  await page.getByRole('button', { name: 'Save persona' }).click()
  await page.getByRole('heading', { name: 'Persona: Quick Quinn' }).waitFor()
  await page.getByText(/^Written by Owner, /).waitFor()

  await page.getByRole('link', { name: 'Change' }).click()
  await page.getByRole('complementary', { name: 'Who fits' }).getByText('1 by e-mail, 0 by SMS').waitFor()
  await page.getByRole('button', { name: 'Count the past' }).click()
  await page.getByRole('img', { name: /^Size from .* at most 1$/ }).waitFor()
  await page.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached', timeout: 60_000 })
  await page.goBack()

  await page.getByRole('tab', { name: 'Members' }).click()
  await lookBack()
  await page.getByRole('link', { name: 'Why ann' }).click()
  await page.getByText('In', { exact: true }).waitFor()
  await page.getByRole('tab', { name: 'History' }).click()
  await page.getByText('The size is drawn as soon as two days of it are recorded.').waitFor()
  await page.getByRole('table', { name: 'Who entered and left, newest first' }).getByText('in it when recording began').waitFor()

  await page.getByRole('tab', { name: 'Why' }).click()
  await page.getByRole('combobox', { name: 'Person' }).fill('bob')
  await page.getByRole('option', { name: 'bob' }).click()
  await page.getByText('Not in', { exact: true }).waitFor()
  await page.getByText(/^Seen: 0 times/).waitFor()
  await page.getByLabel('Reason').fill('ordered by phone')
  await page.getByRole('button', { name: 'Always in' }).click()
  await page.getByText('A choice by hand does not change by itself.').waitFor()

  await page.getByRole('tab', { name: 'Tests' }).click()
  await page.getByLabel('Name of the sample').fill('Ann buys')
  await page.getByLabel('Distinct id').fill('ann')
  await page.getByRole('button', { name: 'Add the sample' }).click()
  await page.getByRole('table', { name: 'Sample people' }).getByText('Ann buys').waitFor()
  await page.getByRole('button', { name: 'Run the tests' }).click()
  await page.getByText('in, as it must be').waitFor()

  await page.getByRole('tab', { name: 'Settings' }).click()
  await page.getByText('bob, always in', { exact: false }).waitFor()
  await page.getByRole('combobox', { name: 'Folder' }).fill('Shop')
  // Whoever made it owns it.
  await expect.poll(() => page.getByRole('combobox', { name: 'Owner' }).inputValue()).toBe('Owner')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect.poll(async () => (await api.get<Segment>(`${project}/segments/${segment.id}`)).folder).toBe('Shop')

  await page.getByRole('tab', { name: 'Deliveries' }).click()
  await page.getByText('They were sent nowhere yet.').waitFor()
  await page.getByLabel('Address').fill('http://127.0.0.1:9/hook')
  await page.getByRole('button', { name: 'Send all members' }).click()
  await page.getByRole('alert').getByText('an address inside the network').waitFor()

  await page.getByRole('tab', { name: 'Members' }).click()
  await page.getByRole('link', { name: 'bob', exact: true }).click()
  await page.getByRole('region', { name: 'Segments' }).getByText('By hand').waitFor()
  await page.getByRole('region', { name: 'Segments' }).getByText('Persona: Quick Quinn').waitFor()
}, 120_000)

test('an earlier version is looked at in the builder, with who would enter and leave, and saved again; another save in between is not lost', async () => {
  const segments = '/api/v1/projects/1/segments'
  const save = (event: string) => ({ name: 'Doers', definition: { where: { did: event } } })
  const { id } = await api.send<Segment>('POST', segments, save('order'))
  await api.send('PUT', `${segments}/${id}`, save('view'))
  await page.goto(`${kindred.url}/segments/${id}`)
  await page.getByRole('tab', { name: 'Versions' }).click()
  await page.getByText('Version 2', { exact: true }).waitFor()
  await page.getByRole('link', { name: 'Restore version 1' }).click()
  const saveButton = page.getByRole('button', { name: 'Save', exact: true })
  await saveButton.click()
  const dialog = page.getByRole('dialog', { name: 'Save a new version' })
  await dialog.getByRole('group', { name: 'What saving does' }).getByText('1 before, 1 after.').waitFor()
  await dialog.getByText('Can be reached before: 0 by e-mail, 0 by SMS; after: 1 by e-mail, 0 by SMS.').waitFor()
  await dialog.getByText('1 would enter: ann').waitFor()

  await api.send('PUT', `${segments}/${id}`, save('gone'))
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.getByRole('alert').getByText('Someone else saved segment', { exact: false }).waitFor()
  expect((await api.get<Segment>(`${segments}/${id}`)).definition?.where).toEqual({ did: 'gone' })

  await page.reload()
  await saveButton.click()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('tab', { name: 'Versions' }).click()
  await page.getByText('Version 4', { exact: true }).waitFor()
  expect((await api.get<Segment>(`${segments}/${id}`)).definition?.where).toEqual({ did: 'order' })
}, 120_000)

test('a segmentation asks of people alone before a project has accounts', async () => {
  const { id } = await api.send<Segmentation>('POST', '/api/v1/projects/1/segmentations', { name: 'Early' })
  await page.goto(`${kindred.url}/segmentations/${id}?step=scope`)
  await page.getByRole('combobox', { name: 'Which people?' }).waitFor()
  expect(await page.getByLabel('Whom is it about?').count()).toBe(0)
}, 60_000)

test('the page of a segment of accounts tells what is unusual about them, and a share opens the accounts in the builder', async () => {
  const project = '/api/v1/projects/1'
  const firms = Array.from({ length: 24 }, (_, index) => `firm-${index}`)
  const about = (key: string, index: number) => ({
    event: '$groupidentify',
    distinctId: 'setup',
    properties: { $group_type: 'company', $group_key: key, $group_set: { size: index < 12 ? 'big' : 'small' } },
  })
  const exported = firms.slice(0, 12).map((company) => ({ event: 'exported', distinctId: `of-${company}`, properties: {}, groups: { company } }))
  await api.send('POST', `${project}/events`, { events: [...firms.map(about), ...exported] })
  await expect.poll(async () => (await api.get<{ results: unknown[] }>(`${project}/accounts?limit=100`)).results.length, { timeout: 30_000 }).toBe(24)
  const { id } = await api.send<Segment>('POST', `${project}/segments`, {
    name: 'Big firms',
    definition: { unit: 'account', accountType: 'company', where: { property: 'size', is: ['big'] } },
  })
  await page.goto(`${kindred.url}/segments/${id}`)
  const unusual = page.getByRole('region', { name: 'What is unusual about these accounts' })
  await unusual.getByText('Beside all other accounts', { exact: false }).waitFor()
  await unusual.getByRole('row', { name: /^Active people, on average 1 0 / }).waitFor()
  await page.getByRole('tab', { name: 'Members' }).click()
  await page.getByRole('link', { name: 'Why firm-3', exact: true }).click()
  await page.getByText('In', { exact: true }).waitFor()
  await page.getByText('Seen: big. Asked for: is big').waitFor()
  await page.getByRole('combobox', { name: 'Account' }).fill('firm-20')
  await page.getByRole('option', { name: 'firm-20' }).click()
  await page.getByText('Seen: small. Asked for: is big').waitFor()
  await page.getByRole('tab', { name: 'Tests' }).click()
  await page.getByLabel('Name of the sample').fill('Firm 3 is big')
  await page.getByRole('textbox', { name: 'Key' }).fill('firm-3')
  await page.getByRole('button', { name: 'Add the sample' }).click()
  await page.getByLabel('Name of the sample').fill('Written small')
  await page.getByText('Written down').click()
  await page.getByLabel('Properties and people, as JSON').fill('{ "properties": { "size": "small" } }')
  await page.getByText('Must be out').click()
  await page.getByRole('button', { name: 'Add the sample' }).click()
  await page.getByRole('table', { name: 'Sample accounts' }).getByText('Written small').waitFor()
  await page.getByRole('button', { name: 'Run the tests' }).click()
  await page.getByText('in, as it must be').waitFor()
  await page.getByText('out, as it must be').waitFor()
  await page.getByRole('tab', { name: 'Deliveries' }).click()
  await page.getByText('They were sent nowhere yet.').waitFor()
  await page.getByRole('tab', { name: 'Portrait' }).click()
  await unusual.getByRole('link', { name: '100% of the members: Did “Exported” in the last 90 days' }).click()
  await page.getByRole('complementary', { name: 'Who fits' }).getByText('12', { exact: true }).first().waitFor()
}, 120_000)

test('a segmentation that somebody else changed meanwhile is not written over, and says so', async () => {
  const path = '/api/v1/projects/1/segmentations'
  const { id } = await api.send<Segmentation>('POST', path, { name: 'Kinds' })
  await page.goto(`${kindred.url}/segmentations/${id}`)
  const name = page.getByLabel('Name of the segmentation')
  // Two changes one right after the other are one's own.
  await name.fill('Kinds of')
  await page.getByText('Saved', { exact: true }).waitFor()
  await name.fill('Kinds of customers')
  await expect.poll(async () => (await api.get<Segmentation>(`${path}/${id}`)).segmentation.name).toBe('Kinds of customers')
  await api.send('PUT', `${path}/${id}`, { name: 'Theirs' })
  await name.fill('Mine')
  await page.getByText(/Not saved: Someone else saved segmentation/).waitFor()
  expect((await api.get<Segmentation>(`${path}/${id}`)).segmentation.name).toBe('Theirs')
}, 60_000)

test('a label by segments and a formula over traits are made in fields, with what is missing said at the row', async () => {
  await page.goto(`${kindred.url}/data/traits`)
  await page.getByRole('button', { name: 'New trait' }).click()
  const dialog = page.getByRole('dialog', { name: 'New trait' })
  await dialog.getByLabel('Name').fill('Sort of customer')
  await dialog.getByText('As a label').click()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.getByText('Write the label.').first().waitFor()
  await dialog.getByRole('textbox', { name: 'Label 1' }).fill('buyer')
  await dialog.getByRole('combobox', { name: 'Who has label 1' }).click()
  await page.getByRole('option', { name: 'Buyers' }).click()
  await dialog.getByLabel('Everyone else').fill('visitor')
  await dialog.getByText('“buyer” of those in “Buyers”; else “visitor”').waitFor()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'hidden' })

  await page.getByRole('button', { name: 'New trait' }).click()
  await dialog.getByLabel('Name').fill('Half the orders')
  await dialog.getByText('By a formula').click()
  await dialog.getByRole('textbox', { name: 'Formula' }).fill('A / C')
  await dialog.getByRole('button', { name: 'Remove B' }).click()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.getByText('Nothing stands for').first().waitFor()
  await dialog.getByRole('textbox', { name: 'Formula' }).fill('A / 2')
  await dialog.getByRole('group', { name: 'A stands for' }).getByText('Choose a trait').first().click()
  await page.getByRole('option', { name: /^Total orders/ }).click()
  await dialog.getByText('Total orders ÷ 2').waitFor()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'hidden' })
  const { results } = await api.get<{ results: Trait[] }>('/api/v1/projects/1/traits?limit=100')
  expect(results.filter(({ builtIn }) => !builtIn).map(({ name, definition }) => [name, definition])).toEqual([
    ['half_the_orders', { unit: 'person', formula: { text: 'A / 2', of: [{ trait: 'total_orders' }] } }],
    ['sort_of_customer', { unit: 'person', labels: { first: [{ label: 'buyer', where: { in: expect.any(Number) } }], otherwise: 'visitor' } }],
  ])
}, 120_000)

test('a list is filled from a file that tells of a row which names nobody, and found again by its kind, folder and tag', async () => {
  await page.goto(`${kindred.url}/segments`)
  await page.getByRole('button', { name: 'New list' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('From the fair')
  await page.getByRole('button', { name: 'Make the list' }).click()
  const buffer = Buffer.from('email,stand\nann@example.com,4\nnobody@example.com,7\n')
  await page.locator('input[type=file]').setInputFiles({ name: 'fair.csv', mimeType: 'text/csv', buffer })
  await page.getByRole('button', { name: 'Fill the list', exact: true }).click()
  await page.getByText('1 added, 0 were in it, 1 not taken.').waitFor()
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Every row' }).click()
  const rows = readCsv(await textOfDownload(await download))
  expect(rows.map(({ value, outcome }) => [value, outcome])).toEqual([
    ['ann@example.com', 'added'],
    ['nobody@example.com', 'unknown'],
  ])

  await page.getByRole('tab', { name: 'Settings' }).click()
  await page.getByRole('combobox', { name: 'Folder' }).fill('Fairs')
  await page.getByRole('combobox', { name: 'Tags' }).fill('spring')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Saved.', { exact: true }).waitFor()
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Segments' }).click()
  const listed = async () => {
    const names = await page.getByRole('region', { name: 'Segments' }).locator('td:first-child').getByRole('link').allTextContents()
    return names.toSorted()
  }
  await expect.poll(listed).toEqual(['Big firms', 'Buyers', 'Doers', 'From the fair'])
  const row = page.getByRole('row', { name: /^From the fair/ })
  for (const words of ['new', 'Frozen list', 'Owner', 'In Fairs', 'spring']) await row.getByText(words, { exact: true }).waitFor()
  for (const words of [/^1 person/, /^Up to date, /]) await row.getByText(words).waitFor()
  await chooseIn('Kind', 'Frozen list')
  await expect.poll(listed).toEqual(['From the fair'])
  await chooseIn('Folder', 'Shop')
  await page.getByRole('heading', { name: 'No segment fits' }).waitFor()
  // Chosen once more, it is chosen no longer.
  await chooseIn('Kind', 'Frozen list')
  await expect.poll(listed).toEqual(['Buyers'])
  await chooseIn('Folder', 'Fairs')
  await chooseIn('Tag', 'spring')
  await page.reload()
  await expect.poll(listed).toEqual(['From the fair'])
}, 120_000)

test('a segment is frozen as a list, which stays as it is while the segment goes on', async () => {
  await page.goto(`${kindred.url}/segments?search=Doers`)
  await page.getByRole('link', { name: 'Doers' }).click()
  await page.getByRole('button', { name: 'More to do with this segment' }).click()
  await page.getByRole('menuitem', { name: 'Freeze as a list' }).click()
  await page.getByLabel('Name of the list').fill('Doers of the first day')
  await page.getByRole('button', { name: 'Freeze', exact: true }).click()
  await page.getByRole('heading', { name: 'Doers of the first day' }).waitFor()
  await page.getByText('Frozen list', { exact: true }).waitFor()
  await api.send('POST', '/api/v1/projects/1/events', { events: [{ event: 'order', distinctId: 'cid', properties: {} }] })
  const { results } = await api.get<ListPage<Segment>>('/api/v1/projects/1/segments')
  const membersOf = async (name: string) =>
    (await api.get<SegmentMembers>(`/api/v1/projects/1/segments/${results.find((each) => each.name === name)?.id}/members`)).total
  await expect.poll(() => membersOf('Doers'), { timeout: 20_000 }).toBe(2)
  expect(await membersOf('Doers of the first day')).toBe(1)
}, 120_000)

test('a segment in use is archived once the reader knows what uses it, and is brought back from the archive', async () => {
  await page.goto(`${kindred.url}/segments?search=Buyers`)
  await page.getByRole('row').getByRole('link', { name: 'Buyers' }).click()
  await page.getByRole('tab', { name: 'Settings' }).click()
  await page.getByRole('button', { name: 'Put into the archive' }).click()
  const dialog = page.getByRole('dialog', { name: '“Buyers” is in use' })
  await dialog.getByRole('listitem').filter({ hasText: 'Sort of customer, a trait' }).waitFor()
  await dialog.getByRole('button', { name: 'Keep' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: 'Put into the archive' }).click()
  await dialog.getByRole('button', { name: 'Archive all the same' }).click()
  await page.getByText('In the archive', { exact: true }).waitFor()

  await page.goto(`${kindred.url}/segments`)
  await page.getByText('In the archive (1)').click()
  await page.getByRole('listitem').getByRole('link', { name: 'Buyers', exact: true }).click()
  await page.getByRole('tab', { name: 'Settings' }).click()
  await page.getByRole('button', { name: 'Take out of the archive' }).click()
  await page.getByRole('button', { name: 'Put into the archive' }).waitFor()
  await page.goto(`${kindred.url}/segments?search=Buyers`)
  await page.getByRole('row').getByRole('link', { name: 'Buyers' }).waitFor()
}, 120_000)

test('the builder counts people or accounts, and what opens from the overlap of accounts counts those of their type', async () => {
  const where = JSON.stringify({ all: [{ property: 'size', is: ['small'] }] })
  const fits = page.getByRole('complementary', { name: 'Who fits' })
  await page.goto(`${kindred.url}/segments/new?where=${encodeURIComponent(where)}`)
  await expect.poll(() => fits.textContent(), { timeout: 20_000 }).toMatch(/^0people,/)
  await page.getByLabel('A segment of people or of accounts').selectOption('account:company')
  await expect.poll(() => fits.textContent(), { timeout: 20_000 }).toMatch(/^12accounts,/)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('Small firms')
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await page.getByRole('heading', { name: 'Small firms' }).waitFor()

  // An account of another type, which is in none of them either.
  const team = { event: '$groupidentify', distinctId: 'setup', properties: { $group_type: 'team', $group_key: 'red', $group_set: { size: 'odd' } } }
  const medium = { event: '$groupidentify', distinctId: 'setup', properties: { $group_type: 'company', $group_key: 'mid', $group_set: { size: 'medium' } } }
  await api.send('POST', '/api/v1/projects/1/events', { events: [team, medium] })
  await expect.poll(async () => (await api.get<AccountsPage>('/api/v1/projects/1/accounts')).total, { timeout: 20_000 }).toBe(26)
  const { results } = await api.get<ListPage<Segment>>('/api/v1/projects/1/segments')
  const ids = ['Big firms', 'Small firms'].map((name) => results.find((each) => each.name === name)?.id)
  await page.goto(`${kindred.url}/segments/overlap?segments=${encodeURIComponent(JSON.stringify(ids))}`)
  await page.getByRole('link', { name: '1 are in none of them' }).click()
  await expect.poll(() => fits.textContent(), { timeout: 20_000 }).toMatch(/^1account,/)
  await page.goBack()
  await page.getByRole('link', { name: '0 in both' }).click()
  await expect.poll(() => fits.textContent(), { timeout: 20_000 }).toMatch(/^0accounts,/)
}, 120_000)

test('a segmentation of accounts is made with clicks alone: whom it is about, what is known of them, and their segments', async () => {
  const path = '/api/v1/projects/1/segmentations'
  const labels = { first: [{ label: 'big', where: { property: 'size', is: ['big'] } }], otherwise: 'other' }
  await api.send('POST', '/api/v1/projects/1/traits', { name: 'size_word', label: 'Size in a word', definition: { unit: 'account', labels } })
  const { id } = await api.send<Segmentation>('POST', path, { name: 'Kinds of firms' })
  await page.goto(`${kindred.url}/segmentations/${id}?step=scope`)
  await page.getByLabel('Whom is it about?').selectOption('account:company')
  await page.getByRole('combobox', { name: 'Which accounts?' }).waitFor()

  await page.getByRole('tab', { name: /Data plan/ }).click()
  for (const [index, option] of ['Size', 'Size in a word'].entries()) {
    await page.getByRole('button', { name: 'Add a variable' }).click()
    await page.getByRole('button', { name: `Property of variable ${index + 1}` }).click()
    await page.getByRole('option', { name: new RegExp(`^${option}text`) }).click()
  }
  await page.getByText('Known of 100% of all accounts').nth(1).waitFor()

  await page.getByRole('tab', { name: /Segments/ }).click()
  expect(await page.getByText('The values of a property').count()).toBe(0)
  const choice = page.getByRole('combobox', { name: 'Add a segment' })
  await choice.click()
  expect(await page.getByRole('option').allTextContents()).toEqual(expect.arrayContaining(['Big firms', 'Small firms']))
  expect(await page.getByRole('option', { name: 'Buyers', exact: true }).count()).toBe(0)
  await page.getByRole('option', { name: 'Big firms', exact: true }).click()
  await chooseIn('Add a segment', 'Small firms')
  await page.getByText('12 accounts').nth(1).waitFor()

  await page.getByRole('tab', { name: 'Report' }).click()
  await page.getByRole('region', { name: 'Scope' }).getByText('All accounts of the type company').waitFor()
  // 12 big and 12 small companies, one that is neither, and a team that is not asked about.
  const report = await api.get<SegmentationReport>(`${path}/${id}/report`)
  expect(report).toMatchObject({ unit: 'account', inScope: 25, covered: 24 })
}, 120_000)

test('beside each size of an overlap stands how many can be reached, and a report prints its scope and how its segments overlap', async () => {
  const project = '/api/v1/projects/1'
  const { results } = await api.get<ListPage<Segment>>(`${project}/segments`)
  const [buyers, doers] = ['Buyers', 'Doers'].map((name) => results.find((each) => each.name === name)?.id)
  await page.goto(`${kindred.url}/segments/overlap?segments=${encodeURIComponent(JSON.stringify([buyers, doers]))}`)
  await page.getByRole('columnheader', { name: /^Doers 2, 1 by e-mail, 0 by SMS$/ }).waitFor()
  await page.getByRole('link', { name: '2 in both' }).click()
  await expect.poll(() => page.getByRole('complementary', { name: 'Who fits' }).textContent(), { timeout: 20_000 }).toMatch(/^2people,/)

  await page.goto(kindred.url)
  await page
    .getByRole('region', { name: 'Segments' })
    .getByRole('link', { name: /^From the fair 1 by e-mail, 0 by SMS/ })
    .waitFor()

  const { id } = await api.send<{ id: number }>('POST', `${project}/segmentations`, {
    name: 'Who does what',
    scope: { segment: buyers, cover: 80, until: '2027-02-01', text: 'Without the fair.' },
    groups: { by: 'segments', segments: [{ segment: doers }, { segment: buyers }] },
  })
  await page.goto(`${kindred.url}/segmentations/${id}?step=report`)
  const scope = page.getByRole('region', { name: 'Scope' })
  await scope.getByText('The people of “Buyers”').waitFor()
  expect(await scope.getByRole('listitem').allTextContents()).toEqual([
    'The people of “Buyers”',
    '80% of them should be in a named segment; 100% are',
    'To be done by 1 Feb 2027',
  ])
  await scope.getByText('Without the fair.').waitFor()
  await page.getByRole('region', { name: 'How they overlap' }).getByRole('row', { name: 'Doers and Buyers 2 67%' }).waitFor()
}, 120_000)
