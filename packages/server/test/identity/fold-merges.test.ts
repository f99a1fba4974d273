import { raw, render } from '@kindred/engine'
import type { InsightAnswer, TrendsInput } from '@kindred/model'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { foldedThrough, foldMerges } from '../../src/identity/fold-merges.ts'
import { activitySql } from '../../src/people/person-activity.ts'
import { questionContext } from '../../src/projects/question-context.ts'
import { startTestServer, type TestProject, type TestServer } from '../test-server.ts'

let server: TestServer
let shop: TestProject
beforeAll(async () => {
  server = await startTestServer()
  shop = await server.createProject()
})
afterAll(() => server.close())

const seen = (distinctId: string) => ({ event: 'seen', distinctId })
const merge = (distinctId: string, otherId: string) => ({ event: '$merge_dangerously', distinctId, otherId })

async function idsInEvents(): Promise<number> {
  const [row] = await server.parts.store.query<{ n: string }>(
    render(raw(`select uniqExact(person_id) as n from kindred.events where project_id = ${shop.project.id}`)),
  )
  return Number(row?.n)
}

/** Unique people who did it, by the product's own answer. */
async function people(): Promise<number> {
  const query: TrendsInput = { series: [{ event: 'seen', measure: 'people' }], display: 'number' }
  const { rows } = await shop.post<InsightAnswer>('/insights/run', { query })
  return rows[0]?.total ?? Number.NaN
}

/** As the list of people counts them. */
async function eventsByPerson(): Promise<number[]> {
  const context = await questionContext(server.parts, shop.project)
  const rows = await server.parts.store.query<{ events: string }>(render(activitySql(context)))
  return rows.map(({ events }) => Number(events)).sort((a, b) => b - a)
}

test('merges are written into the events; what is merged later is joined as before; nobody is counted twice', async () => {
  await shop.append(['a', 'b', 'c', 'd'].map(seen))
  await shop.append([merge('b', 'a')])
  expect([await idsInEvents(), await people()]).toEqual([4, 3])

  const first = await foldMerges(server.parts)
  expect(first).toBeGreaterThan(0)
  expect([await idsInEvents(), await people()]).toEqual([3, 3])
  // Nothing is left to do, so nothing is done.
  expect(await foldMerges(server.parts)).toBe(first)

  // b, whose events are those of a and of b now, becomes c: the older merge is followed in one step.
  await shop.append([merge('c', 'b'), seen('a')])
  expect(await people()).toBe(2)
  expect(await eventsByPerson()).toEqual([6, 1])

  expect(await foldMerges(server.parts)).toBeGreaterThan(first)
  expect(await foldedThrough(server.parts)).toBeGreaterThan(first)
  expect([await idsInEvents(), await people()]).toEqual([2, 2])
  expect(await eventsByPerson()).toEqual([6, 1])
})
