import { afterAll, beforeAll, expect, test } from 'vitest'
import { idsOf } from './support/answer-walk.ts'
import { openSdkWalk, type SdkWalk } from './support/sdk-walk.ts'

let open: SdkWalk
beforeAll(async () => {
  open = await openSdkWalk()
})
afterAll(() => open?.[Symbol.asyncDispose]())

test('demographic: identify as the tutorial prints it, a purchase, seen live within two seconds, by age group, as a segment, as a file', async () => {
  const { kindred, page, api, walk, shop } = open
  await page.goto(`${kindred.url}/data`)
  await page.getByText('No event yet').waitFor()
  const visitor = await shop.visit()
  // The very first event of a server also waits for what is made once.
  await page.locator('[title="$pageview"]').first().waitFor()
  await visitor.evaluate(() => {
    window.posthog.identify('Alice', { $set: { 'age-group': '20 - 30' } })
    window.posthog.capture('purchase', { revenue: 42 }, { send_instantly: true })
  })
  const sentAt = Date.now()
  await page.locator('[title="purchase"]').first().waitFor()
  expect(Date.now() - sentAt).toBeLessThan(2000)

  const byAge = { series: [{ event: 'purchase' }], by: { of: 'person', property: 'age-group' }, display: 'ranking' }
  const rows = await walk.segmentBehind(await walk.open(byAge, /^20 - 30 1$/), 'Buyers of 20 to 30')
  expect(idsOf(rows)).toEqual(['Alice'])

  const { problems } = await api.get<{ problems: { kind: string; reason: string; count: number }[] }>('/api/v1/projects/1/status')
  expect(problems).toContainEqual(expect.objectContaining({ kind: 'hint', reason: 'nested-set', count: 1 }))
})
