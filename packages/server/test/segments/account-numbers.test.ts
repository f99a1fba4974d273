import { type CompileContext, clausesOf, membersSql, type PreviewRow, planDefinition, previewSql, render } from '@kindred/engine'
import { segmentDefinitionSchema } from '@kindred/model'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestStore, type TestStore } from '../test-store.ts'

const now = Date.UTC(2026, 2, 31, 12)
const context: CompileContext = {
  projectId: 1,
  now,
  timezone: 'Europe/Berlin',
  weekStart: 'monday',
  currency: 'EUR',
  roles: { events: {}, properties: {} },
  hasOverrides: true,
  segments: new Map(),
}

let harness: TestStore
beforeAll(async () => {
  harness = await openTestStore()
  await harness.insertPersons([
    { personId: 1, properties: { $timezone: 'America/New_York' } },
    { personId: 2, properties: { $geoip_latitude: -33, $geoip_longitude: 151 } },
  ])
  await harness.insertRows(
    'accounts',
    ['acme', 'bolt', 'core'].map((key, index) => ({ project_id: 1, account_id: index + 1, version: 1, is_deleted: 0, type: 'company', key, properties: {} })),
  )
  // 03:59 and 04:00 UTC: before and after midnight in New York, both of today in Berlin.
  await insertEvents([
    { person: 1, event: 'view', at: '2026-03-31 03:59:59.999', company: 'acme' },
    { person: 1, event: 'view', at: '2026-03-31 04:00:00.000', company: 'bolt' },
    { person: 2, event: 'view', at: '2026-03-30 22:00:00.000', company: 'acme' },
    { person: 2, event: 'buy', at: '2026-01-15 12:00:00.000', company: 'acme' },
    { person: 1, event: 'buy', at: '2026-01-15 12:00:00.000', company: 'bolt' },
  ])
})
afterAll(() => harness.close())

function insertEvents(events: readonly { person: number; event: string; at: string; company: string }[]): Promise<void> {
  return harness.insertRows(
    'events',
    events.map(({ person, event, at, company }, index) => ({
      project_id: 1,
      event,
      timestamp: at,
      actor_id: person,
      person_id: person,
      uuid: crypto.randomUUID(),
      distinct_id: `d${person}`,
      groups: { company },
      properties: {},
      position: index + 1,
    })),
  )
}

const view = { did: 'view' }
const today = { period: 'today', zone: 'person' }

test.each<[string, unknown, string[]]>([
  ['events of an account count where the person lives whose they are', { ...view, within: today, count: { equals: 1 } }, ['1', '2']],
  ['an account without any has 0', { ...view, within: today, count: { atMost: 0 } }, ['3']],
  ['a season is that of the half of the world of each person', { did: 'buy', during: { season: 'Winter' } }, ['2']],
  ['one number of an account against another', { compare: view, is: 'moreThan', than: { did: 'buy' } }, ['1']],
  ['accounts without either have as many', { compare: view, is: 'equals', than: { did: 'buy' } }, ['2', '3']],
  ['today of an account is that of the project', { time: { hours: { from: 14, to: 15 }, zone: 'person' } }, ['1', '2', '3']],
  ['an account lives in the north', { time: { season: 'Spring' } }, ['1', '2', '3']],
  ['several in one pass', { all: [{ ...view, count: { atLeast: 1 } }, { not: { ...view, count: { atLeast: 2 } } }] }, ['2']],
])('%s', async (_, where, members) => {
  const definition = segmentDefinitionSchema.parse({ unit: 'account', where })
  const planned = planDefinition(definition, context)
  const rows = await harness.store.query<{ id: string }>(render(membersSql(planned, context)))
  expect(rows.map(({ id }) => id).sort()).toEqual(members)
  const [preview] = await harness.store.query<PreviewRow>(render(previewSql(planned, clausesOf(definition, planned), context)))
  expect(Number(preview?.members)).toBe(members.length)
})
