import { planTrait, render, valuesOfOneSql } from '@kindred/engine'
import { builtInTraits, type Page, type Segment, type Trait, type TraitPreview, type TraitValue, type TraitVersion } from '@kindred/model'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestProject, type TestServer } from '../test-server.ts'

const now = Date.UTC(2026, 2, 31, 12)
const day = 86_400_000

let server: TestServer
let project: TestProject
beforeAll(async () => {
  server = await startTestServer({ now })
  project = await server.createProject({ roles: { events: { order: ['order_completed'] }, properties: { value: 'revenue' } } })
  const group = { company: 'acme' }
  await project.append([
    {
      event: '$groupidentify',
      distinctId: 'ann',
      timestamp: now - 90 * day,
      properties: { $group_type: 'company', $group_key: 'acme', $group_set: { employees: 4 } },
    },
    { event: '$identify', distinctId: 'ann', timestamp: now - 90 * day, set: { email: 'ann@example.com', department: 'Sales' } },
    { event: '$identify', distinctId: 'bob', timestamp: now - 90 * day, set: { department: 'Sales' } },
    { event: '$identify', distinctId: 'eve', timestamp: now - 90 * day, set: { department: 'Legal' } },
    { event: 'order_completed', distinctId: 'ann', timestamp: now - 40 * day, properties: { revenue: 30 }, groups: group },
    { event: 'order_completed', distinctId: 'ann', timestamp: now - 10 * day, properties: { revenue: 50 }, groups: group },
    { event: 'order_completed', distinctId: 'bob', timestamp: now - 5 * day, properties: { revenue: 10 }, groups: group },
    { event: 'opened', distinctId: 'eve', timestamp: now - 60 * day, groups: group },
  ])
}, 120_000)
afterAll(() => server.close())

const big = { name: 'big_orders', label: 'Big orders', definition: { count: { did: { role: 'order' }, where: [{ property: 'revenue', atLeast: 50 }] } } }
const idOf = async (find: string) => (await project.get<Page<{ id: number }>>(`/people?search=${find}`)).results[0]?.id ?? 0

test('built-in traits are listed with what they need', async () => {
  const { results } = await project.get<Page<Trait>>('/traits?limit=500')
  const spent = results.find(({ name }) => name === 'total_spent')
  expect(spent).toMatchObject({
    label: 'Total spent',
    type: 'number',
    unit: 'person',
    builtIn: true,
    needs: [],
    sentence: 'Total value of all the times they placed an order',
  })
  expect(results.find(({ name }) => name === 'open_cart_items')?.needs).toContain('Say which event is adding to the cart, in Data, Event roles')
  const { results: first, next } = await project.get<Page<Trait>>('/traits?limit=2')
  const { results: second } = await project.get<Page<Trait>>(`/traits?limit=2&cursor=${next}`)
  expect([...first, ...second].map(({ name }) => name)).toEqual(results.slice(0, 4).map(({ name }) => name))
})

test('a trait is made, used, changed, and deleted when nobody uses it any more', async () => {
  await project.post('/traits', big)
  await expect(project.post('/traits', big)).rejects.toThrow('trait/exists')
  const segment = await project.post<Segment>('/segments', { name: 'Big', definition: { where: { trait: 'big_orders', atLeast: 1 } } })
  expect(segment).toMatchObject({ count: 1, sentence: 'People whose big orders is at least 1' })
  const other = { name: 'twice', label: 'Twice', definition: { formula: { text: 'A * 2', of: [{ trait: 'big_orders' }] } } }
  await project.post('/traits', other)
  expect((await project.get<Trait>('/traits/big_orders')).usedBy.map(({ name }) => name)).toEqual(['Big', 'Twice'])
  await expect(project.delete('/traits/big_orders')).rejects.toThrow('trait/in-use')
  const round = { label: 'Big orders', definition: { formula: { text: 'A', of: [{ trait: 'twice' }] } } }
  await expect(project.put('/traits/big_orders', round)).rejects.toThrow('Big orders → Twice → Big orders')
  await project.put('/traits/big_orders', {
    label: 'Orders of 10',
    definition: { count: { did: { role: 'order' }, where: [{ property: 'revenue', atLeast: 10 }] } },
  })
  const versions = await project.get<Page<TraitVersion>>('/traits/big_orders/versions')
  expect(versions.results.map(({ version }) => version)).toEqual([2, 1])
  expect((await project.get<{ total: number }>(`/segments/${segment.id}/members`)).total).toBe(2)
  await project.delete(`/segments/${segment.id}`)
  await project.delete('/traits/twice')
  await project.delete('/traits/big_orders')
  await expect(project.get('/traits/big_orders')).rejects.toThrow('trait/not-found')
  await expect(project.put('/traits/total_spent', round)).rejects.toThrow('trait/built-in')
})

test('a preview tells who has a value, and how values lie', async () => {
  const spent = await project.post<TraitPreview>('/traits/preview', { name: 'total_spent' })
  expect(spent).toMatchObject({ type: 'number', known: 2, quartiles: [10, 27.5, 45, 62.5, 80] })
  expect(spent.people.map(({ value }) => value)).toEqual([80, 10])
  expect(spent.distribution.reduce((sum, { count }) => sum + count, 0)).toBe(2)
  const stages = await project.post<TraitPreview>('/traits/preview', { name: 'lifecycle_stage' })
  expect(stages.distribution.map(({ value, count }) => [value, count])).toContainEqual(['repeat', 1])
  const dates = await project.post<TraitPreview>('/traits/preview', { definition: { lastDate: { did: { role: 'order' } } } })
  expect(dates.people.map(({ value }) => value)).toEqual([now - 5 * day, now - 10 * day])
})

test('a person’s page has their traits, and an account its own', async () => {
  const values = await project.get<TraitValue[]>(`/people/${await idOf('ann')}/traits`)
  const valueNamed = (name: string) => values.find((each) => each.name === name)?.value
  expect(['total_orders', 'total_spent', 'average_order_value', 'mean_days_between_orders', 'customer_type', 'days_since_last_order'].map(valueNamed)).toEqual([
    2,
    80,
    40,
    30,
    'returning',
    10,
  ])
  expect(valueNamed('last_order_date')).toBe(now - 10 * day)
  const others = await project.get<TraitValue[]>(`/people/${await idOf('eve')}/traits`)
  expect(others.find(({ name }) => name === 'total_orders')?.value).toBe(0)
  const accounts = await project.get<Page<{ id: number }>>('/accounts')
  const ofAccount = await project.get<TraitValue[]>(`/accounts/${accounts.results[0]?.id}/traits`)
  expect(Object.fromEntries(ofAccount.map(({ name, value }) => [name, value]))).toEqual({ active_people: 2, active_departments: 1, use_per_employee: 0.5 })
})

test('the traits of a person read events in two passes, however many there are', () => {
  const roles = {
    events: { order: ['order'], refund: ['refund'], added_to_cart: ['cart'], newsletter: ['news'] },
    properties: { value: 'revenue', category: 'category' },
  }
  const context = { projectId: 1, now, timezone: 'UTC', weekStart: 'monday' as const, currency: 'EUR', roles, hasOverrides: false, segments: new Map() }
  const planned = [...builtInTraits.values()].flatMap(({ definition }) => (definition.unit === 'person' ? [planTrait(definition, context)] : []))
  const statement = valuesOfOneSql(planned, 1, context)
  expect(planned.length).toBeGreaterThan(20)
  expect(statement === null ? 0 : render(statement).text.match(/from kindred\.events/g)?.length).toBe(2)
})

test('accounts are kept by their traits', async () => {
  const where = {
    all: [
      { trait: 'active_departments', equals: 1 },
      { trait: 'use_per_employee', atMost: 0.5 },
      { trait: 'active_people', rank: { top: 1 } },
    ],
  }
  const preview = await project.post<{ count: number; sentence: string }>('/segments/preview', { definition: { unit: 'account', where } })
  expect(preview.count).toBe(1)
})
