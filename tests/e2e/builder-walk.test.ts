import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Browser, Locator } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PageApi } from './support/api.ts'
import { launchBrowser, type OpenPage, openPage, signIn } from './support/browser.ts'
import { type RunningKindred, startKindred, temporaryFolder } from './support/kindred-process.ts'

/** A marketer builds segments of many kinds by choosing and typing numbers, without a word of JSON. */

const data = temporaryFolder()
let kindred: RunningKindred
let browser: Browser
let open: OpenPage

beforeAll(async () => {
  kindred = await startKindred(data.path)
  browser = await launchBrowser()
  open = await openPage(browser)
  await signIn(open.page, kindred.link)
  await fillShop(new PageApi(open.page, kindred.url))
}, 240_000)
afterAll(async () => {
  await browser?.close()
  await kindred?.[Symbol.asyncDispose]()
  data[Symbol.dispose]()
})

/** Four people: two ordered, one only looked, one filled a cart. */
async function fillShop(api: PageApi): Promise<void> {
  const { token } = await api.get<{ token: string }>('/api/v1/projects/1')
  const event = (distinct_id: string, name: string, properties: object = {}) => ({ event: name, distinct_id, properties, timestamp: new Date().toISOString() })
  const set = (distinct_id: string, country: string) => event(distinct_id, '$set', { $set: { country } })
  const batch = [
    ...['ann', 'ben'].flatMap((id) => [event(id, 'product_viewed'), event(id, 'order_completed', { revenue: 60, category: 'shoes' })]),
    event('ann', 'order_completed', { revenue: 80, category: 'bags' }),
    event('cas', 'product_viewed', { category: 'bags' }),
    event('dee', 'cart_added', { category: 'shoes' }),
    event('ann', '$set', { $set: { country: 'Ireland', postal_code: 'D04 V5K8' } }),
    set('ben', 'France'),
  ]
  await open.page.request.post(`${kindred.url}/batch/`, { data: { api_key: token, batch } })
  const people = async () => (await api.get<{ results: object[] }>('/api/v1/projects/1/people')).results.length
  for (let tries = 0; tries < 300 && (await people()) < 4; tries++) await new Promise((resolve) => setTimeout(resolve, 100))
}

const size = () => open.page.getByRole('complementary', { name: 'Who fits' })
const definition = async () => {
  await open.page.getByRole('tab', { name: 'JSON' }).click()
  const text = await open.page.getByLabel('The definition as JSON').inputValue()
  await open.page.getByRole('tab', { name: 'Builder' }).click()
  return (JSON.parse(text) as { where: unknown }).where
}

async function start(where: unknown = { all: [{ property: 'country', exists: true }] }): Promise<void> {
  await open.page.goto(`${kindred.url}/segments/new?where=${encodeURIComponent(JSON.stringify(where))}`)
  await open.page.getByRole('group', { name: 'Group of conditions' }).first().waitFor()
}

/** Adds a condition by searching for it, with the keyboard alone. */
async function add(search: string, group: Locator = open.page.getByRole('group', { name: 'Group of conditions' }).first()): Promise<void> {
  await group.getByRole('button', { name: 'Condition', exact: true }).last().press('Enter')
  await open.page.getByLabel('Search conditions').fill(search)
  await open.page.keyboard.press('Enter')
}

test('orders counted and added up, in days of the calendar, at least two of three', { timeout: 120_000 }, async () => {
  const { page } = open
  await start()
  await expect.poll(() => size().textContent(), { timeout: 20_000 }).toMatch(/^2people,/)
  await add('spent in all')
  await expect.poll(() => size().textContent(), { timeout: 20_000 }).toMatch(/^1person,/)
  await page.getByLabel('Sum', { exact: true }).fill('50')
  await page.getByLabel('When', { exact: true }).last().selectOption('in the calendar’s')
  await page.getByLabel('Stretch of the calendar').selectOption('this year')
  await expect.poll(() => size().textContent(), { timeout: 20_000 }).toMatch(/^2people,/)
  await add('viewed a product')
  await page.getByLabel('How many of the conditions must hold').first().selectOption('at least')
  await expect.poll(() => size().textContent(), { timeout: 20_000 }).toMatch(/^2people,/)
  await page.getByLabel('So many of the conditions').fill('1')
  await expect.poll(() => size().textContent(), { timeout: 20_000 }).toMatch(/^3people,/)
  expect(await definition()).toEqual({
    atLeast: 1,
    of: [
      { property: 'country', exists: true },
      { did: { role: 'order' }, sum: { property: 'revenue', atLeast: 50 }, within: { period: 'this year' } },
      { did: { role: 'product_viewed' }, within: { last: '30 days' } },
    ],
  })
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => page.getByLabel('So many of the conditions').inputValue()).not.toBe('1')
})

test('a sequence, a habit, a return, a comparison, a place and a visit are built by choosing', { timeout: 120_000 }, async () => {
  const { page } = open
  await start()
  await add('one number against')
  await page.getByLabel('How the two numbers compare').selectOption('at least')
  for (const name of ['First number', 'Second number']) {
    await page.getByRole('button', { name: `${name}: choose what they did` }).click()
    await page.getByLabel(`Search: ${name}: choose what they did`).fill('order')
    await page.keyboard.press('Enter')
  }
  await page.getByLabel('a multiple of').check()
  await add('order regularly')
  await page.getByLabel('How periods are counted').selectOption('counted back from now')
  await add('came back and ordered')
  await page.getByLabel('Back within', { exact: true }).fill('14')
  await add('in the EU')
  await page.getByText('DACH', { exact: true }).click()
  await add('came for the first')
  expect(await definition()).toEqual({
    all: [
      { property: 'country', exists: true },
      { compare: { did: { role: 'order' } }, is: 'atLeast', than: { did: { role: 'order' } }, times: 2 },
      { regularly: { role: 'order' }, periods: { atLeast: 3, of: 4, each: '1 week' } },
      { restarted: { role: 'order' }, quiet: '90 days', back: '14 days' },
      { place: 'profile', area: ['EU', 'DACH'] },
      { session: [{ property: 'number', equals: 1 }], within: { last: '30 days' } },
    ],
  })
})

test('a picker stays while its button is out of sight', { timeout: 120_000 }, async () => {
  const { page } = open
  const countries = ['Ireland', 'France', 'Spain', 'Italy', 'Malta', 'Chile', 'Peru', 'Cuba', 'Fiji', 'Oman', 'Mali', 'Chad']
  await start({ all: countries.map((country) => ({ property: 'country', is: country })) })
  const button = page.getByRole('group', { name: 'Group of conditions' }).first().getByRole('button', { name: 'Condition', exact: true }).last()
  await button.press('Enter')
  await page.getByLabel('Search conditions').waitFor()
  await page.setViewportSize({ width: 1440, height: 400 })
  await page.evaluate(() => window.scrollTo(0, 0))
  await expect.poll(async () => (await button.boundingBox())?.y ?? 0).toBeGreaterThan(400)
  await page.getByLabel('Search conditions').fill('came for the first', { timeout: 10_000 })
  await page.keyboard.press('Enter')
  expect(await definition()).toMatchObject({ all: [...countries.map((is) => ({ is })), { session: [{ property: 'number', equals: 1 }] }] })
  await page.setViewportSize({ width: 1440, height: 900 })
})

test('what was done before is left out by a tick beside "did not", and a handle moves rows by keyboard', { timeout: 120_000 }, async () => {
  const { page } = open
  await start()
  await add('did not order lately')
  const tick = page.getByRole('checkbox', { name: /first seen under 90 days ago/ })
  expect(await tick.isChecked()).toBe(true)
  const lapsed = { not: { did: { role: 'order' }, within: { last: '90 days' } } }
  expect(await definition()).toEqual({ all: [{ property: 'country', exists: true }, lapsed, { observed: '90 days' }] })
  await tick.uncheck()
  expect(await definition()).toEqual({ all: [{ property: 'country', exists: true }, lapsed] })
  await expect.poll(() => size().textContent(), { timeout: 20_000 }).toContain('Nobody')
  await page
    .getByRole('button', { name: /^Move:/ })
    .last()
    .press('ArrowUp')
  expect(await definition()).toEqual({ all: [lapsed, { property: 'country', exists: true }] })
  expect(open.complaints.filter((each) => !/40[04]/.test(each))).toEqual([])
})

test('rows are dragged: before another, into a group and out of it; Escape leaves all as it was', { timeout: 120_000 }, async () => {
  const { page } = open
  const [country, viewed, ordered, carted] = [
    { property: 'country', exists: true },
    ...['product_viewed', 'order', 'added_to_cart'].map((role) => ({ did: { role }, within: { last: '30 days' } })),
  ]
  await start({ all: [country, viewed, { any: [ordered, carted] }] })
  const handles = page.getByRole('button', { name: /^Move:/ })
  // The handles in the order of the page: country, viewed, the group, ordered, carted.
  const drag = async (from: number, to: number, { end = 'up', half }: { end?: 'up' | 'Escape'; half: 'upper' | 'lower' }) => {
    const [grip, target] = await whereAtRest(handles.nth(from), handles.nth(to).locator('xpath=..'))
    await page.mouse.move(grip.x + grip.width / 2, grip.y + grip.height / 2)
    await page.mouse.down()
    await page.mouse.move(target.x + 200, target.y + target.height * (half === 'upper' ? 0.2 : 0.8), { steps: 12 })
    if (end === 'Escape') await page.keyboard.press('Escape')
    await page.mouse.up()
  }
  await drag(1, 0, { half: 'upper' })
  expect(await definition()).toEqual({ all: [viewed, country, { any: [ordered, carted] }] })
  await drag(0, 4, { half: 'lower' })
  expect(await definition()).toEqual({ all: [country, { any: [ordered, carted, viewed] }] })
  await drag(2, 0, { half: 'upper' })
  expect(await definition()).toEqual({ all: [ordered, country, { any: [carted, viewed] }] })
  await drag(0, 4, { half: 'lower', end: 'Escape' })
  expect(await definition()).toEqual({ all: [ordered, country, { any: [carted, viewed] }] })
  await page.getByRole('button', { name: 'Undo' }).click()
  expect(await definition()).toEqual({ all: [country, { any: [ordered, carted, viewed] }] })
})

/** Where two things lie once neither moves: counts that arrive make rows taller, and on a busy machine they take their time. */
async function whereAtRest(one: Locator, other: Locator) {
  await open.page.waitForLoadState('networkidle')
  await open.page.waitForFunction(() => document.querySelector('.mantine-Skeleton-root, [aria-busy="true"]') === null)
  const look = async () => Promise.all([one.boundingBox(), other.boundingBox()])
  for (let before = await look(); ; ) {
    await open.page.waitForTimeout(250)
    const [grip, target] = await look()
    if (grip === null || target === null) throw new Error('a row is out of view')
    if (JSON.stringify(before) === JSON.stringify([grip, target])) return [grip, target] as const
    before = [grip, target]
  }
}

const order = { role: 'order' }
/** One row of every kind that has fields. */
const everyKind = {
  all: [
    {
      did: order,
      share: { atLeast: 50 },
      where: [{ property: 'category', is: ['shoes'] }],
      during: { months: [12], hours: { from: 9, to: 17 }, dates: { from: '11-20', to: '12-31' } },
    },
    { first: order, within: { period: 'last month', zone: 'person' } },
    { regularly: order, periods: { atLeast: 3, of: 4, each: '1 month', calendar: true } },
    { started: order, within: { last: '30 days' } },
    { stopped: order, active: '90 days', quiet: '30 days' },
    { observed: '90 days' },
    { sequence: [{ did: order }, { absent: order, within: '1 hour', where: [{ property: 'category', sameAs: { step: 1 } }] }] },
    { compare: { did: order }, is: 'lessThan', than: { did: order, sum: { property: 'revenue' } }, times: 2 },
    { session: [{ property: 'pages', atLeast: 3 }] },
    { place: 'profile', near: { latitude: 53.3, longitude: -6.2, km: 25 } },
    {
      place: 'lastEvent',
      inside: [
        [-6.3, 53.4],
        [-6.2, 53.3],
        [-6.2, 53.4],
      ],
    },
    { time: { weekdays: ['monday'] } },
    { account: 'any', where: { property: 'industry', is: ['Retail'] } },
    { property: 'tags', someItemWhere: [{ property: 'size', is: ['XL'] }] },
    { trait: 'total_spent', rank: { topPercent: 10 } },
    { message: 'opened', campaign: ['Spring'] },
    { consent: 'email', purpose: 'marketing', is: 'given' },
    { survey: { question: 'nps' }, atLeast: 9 },
    { bucket: { from: 0, to: 10 } },
    { atLeast: 1, of: [{ in: 1, joinedWithin: '7 days' }, { not: { property: 'country', is: ['Ireland'] } }] },
  ],
}

test('an area is drawn on the map, by the pointer and by keys, bent, taken back and pasted', { timeout: 120_000 }, async () => {
  const { page } = open
  const api = new PageApi(page, kindred.url)
  const lives = (distinctId: string, latitude: number, longitude: number) => ({ event: 'moved', distinctId, set: { latitude, longitude } })
  await api.send('POST', '/api/v1/projects/1/events', { events: [lives('cas', 51.9, -8.47), lives('dee', 48.86, 2.35)] })
  await start({ place: 'profile', country: ['Ireland'] })
  await page.getByLabel('Which kind of place').selectOption('in an area on the map')
  const map = page.getByRole('application', { name: /^Map of the area/ })
  await map.scrollIntoViewIfNeeded()
  const { width = 0, height = 0 } = (await map.boundingBox()) ?? {}
  const click = (x: number, y: number) => map.click({ position: { x: width * x, y: height * y } })
  // The whole world is 360 degrees wide: Ireland and Britain lie a little above and left of the middle.
  await click(0.45, 0.3)
  await click(0.495, 0.3)
  await click(0.495, 0.41)
  await click(0.45, 0.41)
  await page.getByText('4 corners.').waitFor()
  await expect.poll(() => size().textContent(), { timeout: 20_000 }).toMatch(/^1person,/)
  const drawn = (await definition()) as { inside: [number, number][] }
  expect(drawn.inside.map(([longitude]) => Math.round(longitude))).toEqual([-18, -2, -2, -18])

  // The middle of the eastern edge is pulled over Paris, and back by undoing.
  await page.getByRole('button', { name: 'Show the whole area' }).click()
  const corner = (number: number) => page.getByRole('button', { name: new RegExp(`^Corner ${number}:`) })
  const middle = async (of: Locator) => {
    const { x, y, width: wide, height: tall } = (await of.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
    return { x: x + wide / 2, y: y + tall / 2 }
  }
  const [one, two, three] = [await middle(corner(1)), await middle(corner(2)), await middle(corner(3))]
  const between = (two.y + three.y) / 2
  await page.mouse.move(two.x, between)
  await page.mouse.down()
  await page.mouse.move(two.x + (two.x - one.x) / 2, between + 5, { steps: 4 })
  await page.mouse.up()
  await page.getByText('5 corners.').waitFor()
  await expect.poll(() => size().textContent(), { timeout: 20_000 }).toMatch(/^2people,/)
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await page.getByText('4 corners.').waitFor()
  expect(await definition()).toEqual({ place: 'profile', ...drawn })

  // By keys: a corner moves and goes, and one is set in the middle.
  await corner(1).press('ArrowLeft')
  await expect.poll(async () => ((await definition()) as typeof drawn).inside[0]?.[0]).toBeLessThan(drawn.inside[0]?.[0] ?? 0)
  await corner(1).press('Delete')
  await page.getByText('3 corners.').waitFor()
  await map.press('Enter')
  await page.getByText('4 corners.').waitFor()
  await page.getByRole('button', { name: 'Take out all corners' }).click()
  await page.getByText('Click on the map to set the corners').waitFor()

  const paris = {
    type: 'Polygon',
    coordinates: [
      [
        [2, 48],
        [3, 48],
        [3, 49],
        [2, 49],
        [2, 48],
      ],
    ],
  }
  await page.getByLabel(/^Corners in order/).fill(JSON.stringify(paris))
  await page.getByText('4 corners.').waitFor()
  await expect.poll(() => size().textContent(), { timeout: 20_000 }).toMatch(/^1person,/)
})

test('what was typed as text is read before its tab closes; what cannot be read stays with its reason and is not saved', { timeout: 60_000 }, async () => {
  const { page } = open
  await start()
  const [text, tab, save] = [page.getByLabel('The definition as YAML'), page.getByRole('tab', { name: 'Builder' }), page.getByRole('button', { name: 'Save' })]
  await page.getByRole('tab', { name: 'YAML' }).click()
  await text.fill('where: { did: { role: order }, within: { last: 30 dayz } }')
  expect(await save.isDisabled()).toBe(true)
  await tab.click()
  await page.getByText('This cannot be read yet').waitFor()
  expect([await text.inputValue(), await save.isDisabled()]).toEqual(['where: { did: { role: order }, within: { last: 30 dayz } }', true])
  await text.fill('where: { did: { role: order }, within: { last: 30 days } }')
  await tab.click()
  await page.getByRole('group', { name: 'Group of conditions' }).first().waitFor()
  await save.click()
  await expect.poll(() => page.getByLabel('Name').inputValue()).toBe('Placed an order in the last 30 days')
  await page.getByRole('button', { name: 'Close' }).click()
  expect(await definition()).toEqual({ did: { role: 'order' }, within: { last: '30 days' } })
})

test('questions, their answers and seasons are chosen among those of the project, and others can be typed', { timeout: 120_000 }, async () => {
  const { page } = open
  const api = new PageApi(page, kindred.url)
  const answered = (distinctId: string, answer: string) => ({ event: 'survey_answered', distinctId, properties: { 'What matters most?': answer } })
  await api.send('POST', '/api/v1/projects/1/events', { events: [answered('ann', 'Quality'), answered('ben', 'Price')] })
  const questions = async () => (await api.get<{ results: object[] }>('/api/v1/projects/1/data/survey-questions')).results.length
  await expect.poll(questions, { timeout: 20_000 }).toBe(1)
  await start({ all: [{ survey: { question: 'nps' }, is: ['x'] }] })
  await page.getByRole('button', { name: 'Question: nps' }).click()
  await page.getByRole('option', { name: /^What matters most\? ?2$/ }).click()
  await page.getByRole('button', { name: 'Remove x' }).click()
  await page
    .getByRole('combobox', { name: 'Answer is' })
    .or(page.getByLabel('Answer is', { exact: true }))
    .first()
    .click()
  await page.getByRole('option', { name: /^Quality ?1$/ }).click()
  await expect.poll(() => size().textContent(), { timeout: 20_000 }).toMatch(/^1person,/)
  expect(await definition()).toEqual({ all: [{ survey: { question: 'What matters most?' }, is: ['Quality'] }] })
  await page.getByRole('button', { name: 'Question: What matters most?' }).click()
  await page.getByLabel('Search: Question').fill('Why us?')
  await page.getByRole('option', { name: 'Use “Why us?”' }).click()
  expect(await definition()).toEqual({ all: [{ survey: { question: 'Why us?' }, is: ['Quality'] }] })

  await api.send('PATCH', '/api/v1/projects/1', { seasons: [{ name: 'Sales', from: '01-02', to: '01-31' }] })
  await start()
  await add('only in a season')
  const season = page.getByLabel('Season')
  expect(await season.inputValue()).toBe('Sales')
  expect(await page.locator('datalist option').evaluateAll((options) => options.map((option) => option.getAttribute('value')))).toEqual(['Sales'])
})

test('a report of a guide says which data it lacks, and opens as a question', { timeout: 60_000 }, async () => {
  const { page } = open
  await page.goto(`${kindred.url}/guides/e-commerce`)
  const report = page.getByRole('link', { name: 'Revenue per visitor' })
  await report.getByText('page views, not here yet').waitFor()
  await report.click()
  await page.waitForURL(/\/insights\/new\?/)
  expect(new URL(page.url()).searchParams.get('formulas')).toBe('["B / A"]')
})

test('a row of every kind fits a telephone and is usable without eyes, light and dark', { timeout: 120_000 }, async () => {
  const { page } = open
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  for (const [width, colorScheme] of [
    [1440, 'light'],
    [390, 'dark'],
  ] as const) {
    await page.setViewportSize({ width, height: 900 })
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await start(everyKind)
    // Counted, or refused with its reason: both are read out.
    await page.getByText('Exact at').or(page.getByRole('alert')).first().waitFor()
    await page.evaluate(axe)
    const { violations } = await page.evaluate(() => (window as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run())
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    expect(serious.map(({ id, nodes }) => `${id} at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
    expect(await page.getByLabel('The condition, as JSON').count()).toBe(0)
  }
})

test('a table of postal codes, installed in Settings, finds who lives near one; their profile shows where', { timeout: 120_000 }, async () => {
  const { page } = open
  await page.goto(`${kindred.url}/settings`)
  const codes = 'country,postal_code,latitude,longitude,place\nIE,D04,53.33,-6.23,Dublin 4\nIE,,53,-6,\n'
  await page.locator('input[type=file][aria-label="File of postal codes"]').setInputFiles({ name: 'ie.csv', mimeType: 'text/csv', buffer: Buffer.from(codes) })
  await page.getByText('line 3: the postal code is empty').waitFor()
  await page.getByRole('button', { name: 'Remove the postal codes of Ireland' }).waitFor()

  await start({ place: 'profile', country: ['Ireland'] })
  await page.getByLabel('Which kind of place').selectOption('within')
  await page.getByLabel('Distance from what').selectOption('a postal code')
  await page.getByLabel('Postal code', { exact: true }).fill('D04 V5K8')
  await page.getByLabel('Country of the postal code').fill('Ireland')
  await page.getByText('(Dublin 4)').waitFor()
  await expect.poll(() => size().textContent(), { timeout: 20_000 }).toMatch(/^1person,/)

  await page.getByRole('link', { name: 'ann' }).first().click()
  await page.getByRole('img', { name: /^World map of D04 V5K8, Ireland/ }).waitFor()
  expect(await page.getByRole('table', { name: 'Places with what they are known from' }).textContent()).toContain('declared, on the map by postal code')
})

test('conditions in the address that cannot be read are told, and stay there until others are made', { timeout: 60_000 }, async () => {
  const { page } = open
  await start({ bad: 1 })
  await page.getByRole('alert').getByText('The conditions in the address could not be read').waitFor()
  await expect.poll(() => page.getByRole('alert').textContent()).toMatch(/where: give one of all, any/)
  await page.waitForTimeout(1000)
  expect(new URL(page.url()).searchParams.get('where')).toBe('{"bad":1}')
  await add('spent in all')
  await expect.poll(() => new URL(page.url()).searchParams.get('where')).not.toBe('{"bad":1}')
})
