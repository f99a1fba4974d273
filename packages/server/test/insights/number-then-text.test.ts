import type { InsightAnswer, SegmentPreview } from '@kindred/model'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestProject, type TestServer } from '../test-server.ts'

const now = Date.parse('2026-03-18T10:00:00Z')
let server: TestServer
let shop: TestProject
beforeAll(async () => {
  server = await startTestServer({ now })
  shop = await server.createProject({})
})
afterAll(() => server.close())

test('a property that was a number so far counts as one in text from the first text on', async () => {
  const paid = (distinctId: string, amount: number | string, age: number | string) => [
    { event: 'paid', distinctId, timestamp: now - 3_600_000, properties: { amount }, set: { age } },
    { event: 'left', distinctId, timestamp: now - 1_800_000 },
  ]
  const answers = async () => {
    const { rows } = await shop.post<InsightAnswer>('/insights/run', {
      query: { series: [{ event: 'paid', measure: 'sum', property: 'amount' }], display: 'number' },
    })
    const size = async (where: object) => (await shop.post<SegmentPreview>('/segments/preview', { definition: { where } })).count
    return [
      rows[0]?.total,
      await size({ property: 'age', lessThan: 30 }),
      await size({ did: 'paid', where: [{ property: 'amount', atLeast: 5 }] }),
      await size({ did: 'paid', sum: { property: 'amount', atLeast: 5 } }),
      await size({ sequence: [{ did: 'paid', where: [{ property: 'amount', atLeast: 5 }] }, { did: 'left' }] }),
    ]
  }
  await shop.append([...paid('ann', 5, 25), ...paid('bob', 2.5, 40)])
  expect(await answers()).toEqual([7.5, 1, 1, 1, 1])
  await shop.append(paid('cy', '7', '20'))
  expect(await answers()).toEqual([14.5, 2, 2, 2, 2])
})
