import { type CompileContext, membersSql, planDefinition, render } from '@kindred/engine'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestStore, type TestStore } from '../test-store.ts'

const now = Date.parse('2026-03-31T12:00:00Z')
const context: CompileContext = {
  projectId: 1,
  now,
  timezone: 'UTC',
  weekStart: 'monday',
  currency: 'EUR',
  roles: { events: {}, properties: {} },
  hasOverrides: false,
  segments: new Map(),
}
const daysAgo = (days: number) => new Date(now - days * 86_400_000).toISOString().replace('T', ' ').replace('Z', '')

let harness: TestStore
beforeAll(async () => {
  harness = await openTestStore()
  const account = (id: number, created: number) => ({
    project_id: 1,
    account_id: id,
    version: 1,
    is_deleted: 0,
    type: 'company',
    key: `c${id}`,
    created_at: daysAgo(created),
  })
  await harness.insertRows('accounts', [account(1, 5), account(2, 50), account(3, 50), account(4, 5)])
  const seen = (id: number, person: number, first: number) => ({
    project_id: 1,
    account_id: id,
    person_id: person,
    first_seen: daysAgo(first),
    last_seen: daysAgo(first),
  })
  // Account 1 is known of older events than when it was created, 2 of younger ones, 3 and 4 of none; the other project's rows tell nothing.
  await harness.insertPersons([1, 2].map((personId) => ({ projectId: 1, personId, properties: {}, createdAt: now - 100 * 86_400_000 })))
  await harness.insertRows('account_people', [seen(1, 1, 40), seen(1, 2, 3), seen(2, 1, 10), { ...seen(4, 1, 90), project_id: 2 }])
})
afterAll(() => harness.close())

test('an account is first seen with the first event that carries it; one without any, when it was created', async () => {
  const planned = planDefinition({ unit: 'account', where: { observed: '30 days' } }, context)
  const rows = await harness.store.query<{ id: string }>(render(membersSql(planned, context)))
  expect(rows.map(({ id }) => Number(id)).sort()).toEqual([1, 3])
})

test('one of an account’s people is first seen with the first event that carries it, however long they were known before', async () => {
  const planned = planDefinition({ unit: 'account', where: { people: 'any', where: { observed: '30 days' } } }, context)
  const rows = await harness.store.query<{ id: string }>(render(membersSql(planned, context)))
  expect(rows.map(({ id }) => Number(id))).toEqual([1])
})
