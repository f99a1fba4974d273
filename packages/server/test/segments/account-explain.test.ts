import { bind, sql } from '@kindred/engine'
import type { Delivery, DeliveryCreated, Page, Segment, SegmentAccounts, SegmentDefinition, SegmentTests, SegmentWhy, TestResult, WhatIf } from '@kindred/model'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { withWrittenAlone } from '../../src/segments/alone/alone.ts'
import { deliveriesDone } from '../../src/segments/deliveries/deliver.ts'
import { membershipJobs } from '../../src/segments/membership/jobs.ts'
import { startTestServer, type TestProject, type TestServer } from '../test-server.ts'
import { receiver } from './receiver.ts'

const now = Date.UTC(2026, 2, 31, 12)
const day = 86_400_000
const visitor = '01a20502-129e-75a9-8c7e-c822ec54f2ec'

let server: TestServer
let project: TestProject
beforeAll(async () => {
  server = await startTestServer({ now, config: { privateWebhooks: true } })
  project = await server.createProject()
  const about = (key: string, set: Record<string, string | number>) => ({
    event: '$groupidentify',
    distinctId: 'setup',
    properties: { $group_type: 'company', $group_key: key, $group_set: set },
    timestamp: now - 90 * day,
  })
  const order = (distinctId: string, days: number, company?: string) => ({
    event: 'order',
    distinctId,
    ...(company !== undefined && { groups: { company } }),
    timestamp: now - days * day,
  })
  await project.append([
    about('acme', { industry: 'Software', religion: 'hush' }),
    about('bolt', { industry: 'Retail' }),
    { event: 'login', distinctId: 'cat', groups: { team: 'core' }, timestamp: now - day },
    order('ann', 5, 'acme'),
    order('ann', 2, 'acme'),
    order('bob', 3, 'acme'),
    // Bob's order for nobody counts for no account.
    order('bob', 1),
    order('cat', 4, 'bolt'),
    order(visitor, 6, 'acme'),
    { event: '$identify', distinctId: 'ann', otherId: visitor, timestamp: now - day },
  ])
}, 60_000)
beforeEach(() => server.setNow(now))
afterAll(() => server.close())

const rule = (where: SegmentDefinition['where'], accountType = 'company'): SegmentDefinition => ({ unit: 'account', accountType, where })
const ordered = (days: number): SegmentDefinition['where'] => ({ did: 'order', within: { last: `${days} days` } })
/** Two of its people ordered within the last week, and it did so three times. */
const buyers = rule({
  all: [
    { people: { atLeast: 2 }, where: ordered(7) },
    { did: 'order', count: { atLeast: 3 }, within: { last: '7 days' } },
    { property: 'industry', is: 'Software' },
  ],
})
const make = async (name: string, definition: SegmentDefinition) => (await project.post<Segment>('/segments', { name, definition })).id
const numbers = async () => new Map((await project.get<Page<{ id: number; key: string }>>('/accounts?limit=50')).results.map(({ id, key }) => [key, id]))
const why = async (id: number, key: string) => project.get<SegmentWhy>(`/segments/${id}/people/${(await numbers()).get(key)}/why`)

test('why an account is in: its values, how many of its people, the events that carry it, and when it leaves', async () => {
  const id = await make('Buyers', buyers)
  await membershipJobs(server.parts).idle()
  const acme = await why(id, 'acme')
  expect(acme).toMatchObject({
    person: null,
    account: { key: 'acme' },
    member: true,
    recorded: { cause: 'rule' },
    clauses: [
      { path: 'where.all.0', met: true, seen: '2 of 3 people', threshold: 'at least 2' },
      { path: 'where.all.1', met: true, seen: '4 times', threshold: 'at least 3' },
      { path: 'where.all.2', met: true, seen: 'Software', events: [] },
    ],
    nextUnknown: null,
  })
  expect(acme.clauses[0]?.sentence).toMatch(/^that have at least 2 people/)
  // Bob's order without the account is none of them; the visitor's, who is Ann, is one.
  const days = (place: number) => acme.clauses[place]?.events.map(({ event, at }) => [event, (now - at) / day])
  expect(days(0)).toEqual([2, 3, 5, 6].map((each) => ['order', each]))
  expect(days(1)).toEqual(days(0))
  // A day from now the order of six days ago is out and three are left; two days from now two.
  expect(acme.next).toEqual({ at: now + 2 * day, becomes: 'out' })
  expect(await why(id, 'bolt')).toMatchObject({
    member: false,
    clauses: [
      { met: false, seen: '1 of 2 people' },
      { met: false, seen: '1 time' },
      { met: false, seen: 'Retail' },
    ],
    next: null,
  })
  const sensitive = await make('With a belief', rule({ property: 'religion', exists: true }))
  expect((await why(sensitive, 'acme')).clauses[0]?.seen).toBe('hidden, since it is sensitive')
}, 60_000)

test('why: the moment told is the first at which the segment itself answers otherwise', async () => {
  const definitions: SegmentDefinition['where'][] = [
    { people: { atLeast: 2 }, where: ordered(5) },
    { people: 'none', where: ordered(4) },
    { people: { share: { atLeast: 60 } }, where: { did: 'order', count: { atLeast: 1 }, within: { last: '4 days', wholeDays: true } } },
    { sequence: [{ did: 'order' }, { did: 'order', within: '2 days' }], within: { last: '6 days' } },
    { observed: '100 days' },
    { people: { atLeast: 2 }, where: { observed: '7 days' } },
  ]
  const acme = (await numbers()).get('acme')
  for (const where of definitions) {
    const id = await make('Changing', rule(where))
    const isMember = async (at: number) => {
      server.setNow(at)
      return (await project.get<SegmentAccounts>(`/segments/${id}/members`)).results.some((account) => account.id === acme)
    }
    server.setNow(now)
    const { member, next } = await why(id, 'acme')
    const changed = next ?? { at: 0, becomes: 'in' }
    expect({ where, before: await isMember(changed.at - 1), at: await isMember(changed.at), later: changed.at > now }).toEqual({
      where,
      before: member,
      at: !member,
      later: true,
    })
  }
}, 60_000)

test('why: steps of a sequence, a kept list, a choice by hand, and accounts of another type', async () => {
  const steps = await make('Steps', rule({ sequence: [{ did: 'order' }, { did: 'order', within: '1 day' }] }))
  expect((await why(steps, 'acme')).clauses[0]?.events.map(({ at, step }) => [(now - at) / day, step])).toEqual(
    [
      [2, 2],
      [3, 1],
    ].toReversed(),
  )
  const list = await project.post<Segment>(`/segments/${steps}/freeze`, { name: 'Kept' })
  expect(await why(list.id, 'acme')).toMatchObject({ member: true, next: null })
  await project.put(`/segments/${steps}/people/${(await numbers()).get('bolt')}`, { choice: 'include', reason: 'asked' })
  expect(await why(steps, 'bolt')).toMatchObject({ member: true, choice: { choice: 'include', reason: 'asked' }, clauses: [{ met: false }] })
  await expect(why(steps, 'core')).rejects.toMatchObject({ status: 400, body: expect.stringContaining('of the type team') })
  await expect(project.get(`/segments/${steps}/people/987654/why`)).rejects.toMatchObject({ status: 404, body: expect.stringContaining('account/not-found') })
  const leading = await make('Leading back', rule({ people: 'any', where: { account: { atLeast: 2 }, where: { property: 'industry', exists: true } } }))
  expect((await why(leading, 'acme')).nextUnknown).toMatch(/one account alone/)
}, 60_000)

test('what if: the accounts that would enter and leave', async () => {
  const id = await make('Before', buyers)
  const changed = await project.post<WhatIf>(`/segments/${id}/what-if`, { definition: rule({ property: 'industry', is: 'Retail' }) })
  expect(changed).toMatchObject({
    before: 1,
    after: 1,
    enter: { count: 1, people: [], accounts: [{ key: 'bolt' }] },
    leave: { count: 1, people: [], accounts: [{ key: 'acme' }] },
    clauses: [{ sentence: 'whose industry is Retail', count: 1 }],
  })
})

test('tests: accounts by their key and written down with their people', async () => {
  const id = await make('Tested', buyers)
  const at = (days: number) => new Date(now - days * day).toISOString()
  const person = (...days: number[]) => ({ properties: {}, events: days.map((each) => ({ event: 'order', at: at(each), properties: {} })) })
  const written = (...people: object[]) => ({ properties: { industry: 'Software' }, people })
  const tests = [
    { name: 'acme', accountKey: { type: 'company', key: 'acme' }, expected: 'in' },
    { name: 'bolt', accountKey: { type: 'company', key: 'bolt' }, expected: 'in' },
    { name: 'another type', accountKey: { type: 'team', key: 'core' }, expected: 'out' },
    { name: 'nobody', accountKey: { type: 'company', key: 'none' }, expected: 'out' },
    { name: 'two buyers', account: written(person(1, 2), person(3)), expected: 'in' },
    { name: 'one buyer', account: written(person(1, 2, 3), person(8)), expected: 'out' },
    { name: 'later', account: { ...written(person(1, 2), person(3)), now: new Date(now + 5 * day).toISOString() }, expected: 'out' },
    { name: 'nobody in it', account: { properties: { industry: 'Software' } }, expected: 'out' },
  ]
  const saved = await project.put<SegmentTests>(`/segments/${id}/tests`, { tests })
  expect(saved.tests.map(({ name }) => name)).toEqual(tests.map(({ name }) => name))
  expect(await project.get<SegmentTests>(`/segments/${id}/tests`)).toEqual(saved)
  const { results } = await project.post<{ results: TestResult[] }>(`/segments/${id}/tests/run`, {})
  expect(results.map(({ name, found, passed }) => [name, found, passed])).toEqual([
    ['acme', 'in', true],
    ['bolt', 'out', false],
    ['another type', 'out', true],
    ['nobody', 'unknown', false],
    ['two buyers', 'in', true],
    ['one buyer', 'out', true],
    ['later', 'out', true],
    ['nobody in it', 'out', true],
  ])
  await expect(project.put(`/segments/${id}/tests`, { tests: [{ name: 'a person', distinctId: 'ann', expected: 'in' }] })).rejects.toMatchObject({
    status: 400,
    body: expect.stringContaining('holds accounts'),
  })
  await project.put(`/segments/${id}/tests`, { policy: 'refuse', tests: tests.slice(0, 1) })
  const retail = rule({ property: 'industry', is: 'Retail' })
  await expect(project.put(`/segments/${id}`, { name: 'Tested', definition: retail })).rejects.toMatchObject({
    body: expect.stringContaining('“acme” should be in and is out'),
  })
}, 60_000)

test('who is written down while the last one before is cleared away stays', async () => {
  const left = withWrittenAlone(
    server.parts,
    () => ({}),
    async () => undefined,
  )
  // By now it is cleared.
  await new Promise(setImmediate)
  const rows = (place: number) => ({ accounts: [{ project_id: place, account_id: 1 }] })
  const found = withWrittenAlone(server.parts, rows, async (alone) => {
    await left
    return alone.query<{ n: number }>((place) => sql`select toUInt32(count()) as n from kindred.accounts where project_id = ${bind('UInt32', place)}`)
  })
  expect(await found).toEqual([{ n: 1 }])
})

test('accounts are sent in signed batches, and only what is asked for of them', async () => {
  const target = await receiver([503, 200])
  const id = await make('Sent', rule({ property: 'industry', exists: true }))
  const begun = await project.post<DeliveryCreated>(`/segments/${id}/deliveries`, { url: target.url, batch: 1, columns: 'key,industry' })
  expect(begun).toMatchObject({ state: 'running', total: 2 })
  await deliveriesDone(server.parts)
  expect(await project.get<Delivery>(`/segments/${id}/deliveries/${begun.id}`)).toMatchObject({ state: 'done', sent: 2, batches: 2, retries: 1 })
  expect(target.bodies.flatMap((body) => (JSON.parse(body) as { members: object[] }).members)).toEqual([
    { key: 'acme', industry: 'Software' },
    { key: 'bolt', industry: 'Retail' },
  ])
  const whole = await project.post<DeliveryCreated>(`/segments/${id}/deliveries`, { url: target.url })
  await deliveriesDone(server.parts)
  expect(await project.get<Delivery>(`/segments/${id}/deliveries/${whole.id}`)).toMatchObject({ state: 'done', sent: 2 })
  expect(JSON.parse(target.bodies.at(-1) ?? '')).toMatchObject({ members: [{ type: 'company', key: 'acme', people: expect.anything() }, { key: 'bolt' }] })
  expect(target.bodies.at(-1)).not.toContain('hush')
  target.server.close()
}, 30_000)
