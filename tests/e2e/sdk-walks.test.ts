import { afterAll, beforeAll, expect, test } from 'vitest'
import { idsOf } from './support/answer-walk.ts'
import { openSdkWalk, type SdkWalk } from './support/sdk-walk.ts'

/** Addresses of universities and providers, each in one country for decades. */
const addresses = { Germany: '129.187.0.1', Japan: '133.11.0.1', Ireland: '134.226.0.1' } as const
const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0'

let open: SdkWalk
beforeAll(async () => {
  open = await openSdkWalk()
})
afterAll(() => open?.[Symbol.asyncDispose]())

test('geographic: purchases over views by country, where a country that looks and never buys shows 0 %', async () => {
  const { walk, shop } = open
  for (const [country, ip] of Object.entries(addresses)) {
    const visitor = await shop.visit({ register: { $ip: ip } })
    await visitor.evaluate((name) => {
      window.posthog.identify(`visitor from ${name}`)
      window.posthog.capture('product_viewed', { product_id: 'boots' })
      window.posthog.capture('product_viewed', { product_id: 'boots' })
      if (name !== 'Japan') window.posthog.capture('order_completed', { revenue: 10 })
    }, country)
  }
  const rate = {
    series: [{ event: 'product_viewed' }, { event: 'order_completed' }],
    formulas: ['B / A'],
    by: { of: 'event', property: '$geoip_country_name' },
    display: 'ranking',
  }
  await walk.open(rate, /^Ireland (50\s?%|0\.5)$/)
  await walk.open(rate, /^Germany (50\s?%|0\.5)$/)
  await walk.open(rate, /^Japan 0\s?%?$/)

  const views = { series: [{ event: 'product_viewed', measure: 'people' }], by: { of: 'event', property: '$geoip_country_name' }, display: 'ranking' }
  const rows = await walk.segmentBehind(await walk.open(views, /^Japan 1$/), 'Window shoppers from Japan')
  expect(idsOf(rows)).toEqual(['visitor from Japan'])
})

test('behavioural: more than twenty purchases in the last 30 days is a segment that keeps itself up to date', async () => {
  const { kindred, page, walk, shop } = open
  for (const { email, purchases } of [
    { email: 'often@example.com', purchases: 21 },
    { email: 'seldom@example.com', purchases: 20 },
  ]) {
    const visitor = await shop.visit()
    await visitor.evaluate(
      (person) => {
        window.posthog.identify(person.email, { email: person.email })
        for (let count = 0; count < person.purchases; count++) window.posthog.capture('paid', { revenue: count })
      },
      { email, purchases },
    )
  }
  await walk.open({ series: [{ event: 'paid' }], by: { of: 'person', property: 'email' }, display: 'ranking' }, /^seldom@example\.com 20$/)

  await page.goto(`${kindred.url}/segments/new`)
  await page.getByRole('tab', { name: 'YAML' }).click()
  await page.getByLabel('The definition as YAML').fill('where:\n  did: paid\n  count: { moreThan: 20 }\n  within: { last: 30 days }\n')
  const size = page.getByRole('complementary', { name: 'Who fits' })
  await expect.poll(() => size.textContent(), { timeout: 20_000 }).toMatch(/^1\s*person, /)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('More than 20 a month')
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await page.waitForURL(/\/segments\/\d+/)
  expect((await walk.exported()).map((row) => row.email)).toEqual(['often@example.com'])

  const visitor = await shop.visit()
  await visitor.evaluate(() => {
    window.posthog.identify('seldom@example.com')
    window.posthog.capture('paid', { revenue: 1 }, { send_instantly: true })
  })
  await expect
    .poll(
      async () => {
        await page.reload()
        return (await walk.exported()).map((row) => row.email).toSorted()
      },
      { timeout: 20_000 },
    )
    .toEqual(['often@example.com', 'seldom@example.com'])
})

test('technographic: page views by browser as a ranking, from the bar to the file', async () => {
  const { walk, shop } = open
  const visitor = await shop.visit({ userAgent: firefox })
  await visitor.evaluate(() => window.posthog.identify('fox'))
  const byBrowser = { series: [{ event: '$pageview' }], by: { of: 'event', property: '$browser' }, display: 'ranking' }
  await walk.open(byBrowser, /^Chrome [1-9]\d*$/)
  const rows = await walk.segmentBehind(await walk.open(byBrowser, /^Firefox 1$/), 'On Firefox')
  expect(rows.map((row) => row.distinct_id)).toEqual([expect.stringContaining('fox')])
})

test('a sender forgot the name of its events: all are named at once, sent again, and counted', async () => {
  const { kindred, page, api } = open
  const { token } = await api.get<{ token: string }>('/api/v1/projects/1')
  const batch = Array.from({ length: 30 }, (_, index) => ({ distinct_id: `till-${index}`, properties: { totel: index } }))
  await page.request.post(`${kindred.url}/batch/`, { data: { api_key: token, batch } })
  await expect
    .poll(async () => (await api.get<{ total: number }>('/api/v1/projects/1/quarantine?reason=missing-event-name')).total, { timeout: 20_000 })
    .toBe(30)

  await page.goto(`${kindred.url}/data/problems`)
  await page.getByRole('button', { name: 'Correct all…' }).click()
  await page.getByLabel('Event name').fill('sold at a till')
  await page.getByRole('button', { name: 'Another change' }).click()
  await page.getByLabel('Property', { exact: true }).fill('totel')
  await page.getByLabel('New name').fill('total')
  await page.getByLabel('Only events that contain').fill('"totel":1')
  await page.getByRole('button', { name: 'See what changes' }).click()
  await page.getByText('11 of 11 events would change; 11 can be sent again.').waitFor()
  await page.getByText('{"distinct_id":"till-1","properties":{"total":1},"event":"sold at a till"}').waitFor()
  await page.getByRole('button', { name: 'Correct and send again' }).click()
  await page.getByText('11 events went in.').waitFor()
  await page.getByRole('button', { name: 'Close' }).last().click()
  await page.getByText('19 of 30 are kept here, 11 went in later').waitFor()
})
