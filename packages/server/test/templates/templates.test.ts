import { planDefinition } from '@kindred/engine'
import { builtInTraits, eventRoles, type GuideReply, type Page, standardFieldNamed, type TemplateReply, templateKinds } from '@kindred/model'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { guideHeadings } from '../../src/guides/guide.ts'
import { guides } from '../../src/guides/guides.ts'
import { questionContext } from '../../src/projects/question-context.ts'
import { templates } from '../../src/templates/templates.ts'
import { startTestServer, type TestProject, type TestServer } from '../test-server.ts'
import { wishedFor } from './wished-for.ts'

let server: TestServer
let empty: TestProject
let shop: TestProject
beforeAll(async () => {
  server = await startTestServer({ now: Date.parse('2026-03-31T12:00:00Z') })
  empty = await server.createProject()
  shop = await server.createProject({ name: 'A shop' })
  await shop.append([
    { event: 'order_completed', distinctId: 'anna', set: { gender: 'female', country: 'Ireland', birth_date: '1990-04-02' }, properties: { revenue: 120 } },
    { event: 'order_completed', distinctId: 'berta', set: { gender: 'female', country: 'Austria' }, properties: { revenue: 20 } },
    { event: 'product_viewed', distinctId: 'carl', set: { gender: 'male', country: 'Ireland', religion: 'a secret' } },
  ])
  await shop.patch('', { roles: { events: { order: ['order_completed'] }, properties: { value: 'revenue' } } })
})
afterAll(() => server.close())

const offered = async (project: TestProject) => (await project.get<Page<TemplateReply>>('/templates?limit=500')).results

test('there are templates of every kind, each with a name of its own', () => {
  expect(templates.length).toBeGreaterThanOrEqual(60)
  expect(new Set(templates.map(({ id }) => id)).size).toBe(templates.length)
  expect(new Set(templates.map(({ name }) => name)).size).toBe(templates.length)
  expect(new Set(templates.map(({ kind }) => kind))).toEqual(new Set(templateKinds))
})

test('the list is read page by page, as every list is', async () => {
  const all = await offered(shop)
  const first = await shop.get<Page<TemplateReply>>('/templates?limit=100')
  const rest = await shop.get<Page<TemplateReply>>(`/templates?limit=100&cursor=${first.next}`)
  const whole = await shop.get<Page<TemplateReply>>('/templates?limit=500')
  expect([first.results.length, rest.next, whole.next]).toEqual([100, null, null])
  expect([...first.results, ...rest.results].map(({ id }) => id)).toEqual(whole.results.map(({ id }) => id))
  expect(all).toEqual(whole.results.slice(0, all.length))
})

test('each template can be planned and said in a project that has nothing', async () => {
  const context = await questionContext(server.parts, empty.project)
  for (const { id, definition, sentence, ready } of await offered(empty)) {
    expect(() => planDefinition(definition, context), id).not.toThrow()
    expect(sentence, id).toMatch(/^(People|Accounts) /)
    expect(ready, id).toBe(false)
  }
})

test('what may be changed stands in the definition, with a value of its kind', async () => {
  for (const { id, definition, adjust } of await offered(empty)) {
    for (const { path, as } of adjust) {
      const value = path.split('.').reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], definition)
      const fits = {
        number: typeof value === 'number',
        duration: /^\d+ \w+$/.test(String(value)),
        text: typeof value === 'string',
        texts: Array.isArray(value),
      }
      expect(fits[as], `${id}: ${path} is ${JSON.stringify(value)}`).toBe(true)
    }
  }
})

test('a template is filled in with what the project has, and says what it lacks', async () => {
  const all = new Map((await offered(shop)).map((each) => [each.id, each]))
  expect(all.get('gender')).toMatchObject({ ready: true, definition: { where: { is: ['female'] } }, needs: [{ says: 'Gender', has: true, share: 1 }] })
  expect(all.get('country')).toMatchObject({ ready: true, definition: { where: { country: ['Ireland'] } } })
  expect(all.get('frequent-buyers')).toMatchObject({ ready: true })
  expect(all.get('birthday-soon')).toMatchObject({ ready: true })
  expect(all.get('cart-abandoners')).toMatchObject({ ready: false })
  expect(all.get('cart-abandoners')?.needs.map(({ has }) => has)).toEqual([false, true])
  expect(JSON.stringify([...all.values()])).not.toContain('a secret')
})

test('what a template needs follows from the traits it reads, and of two ways one is enough', async () => {
  const needsOf = async (project: TestProject, id: string) => {
    const found = (await offered(project)).find((each) => each.id === id)
    return { ready: found?.ready, needs: Object.fromEntries((found?.needs ?? []).map(({ says, has }) => [says, has])) }
  }
  const value = { orders: true, 'the value of an order': true }
  const discount = { 'the discount of an order': false }
  for (const id of ['discount-shoppers', 'full-price-buyers'])
    expect(await needsOf(shop, id), id).toEqual({ ready: false, needs: { orders: true, ...discount } })
  for (const id of ['premium-buyers', 'bargain-buyers']) expect(await needsOf(shop, id), id).toEqual({ ready: false, needs: { ...value, ...discount } })
  expect(await needsOf(shop, 'pre-orderers')).toEqual({ ready: false, needs: { orders: true, 'whether an order is a pre-order': false } })
  expect(await needsOf(shop, 'vip')).toEqual({ ready: true, needs: value })
  const cart = { 'things put into the cart': false, 'things taken out of the cart': false, 'the value of an order': true }
  expect(await needsOf(shop, 'large-carts')).toEqual({ ready: false, needs: cart })
  expect(await needsOf(shop, 'product-adopters')).toEqual({ ready: false, needs: { orders: true, 'the name of a product': false } })

  const green = await server.createProject({ name: 'A green shop' })
  expect(await needsOf(green, 'eco-conscious')).toMatchObject({ ready: false })
  const roles = { events: { order: ['order_completed'] }, properties: { discount: 'rebate' } }
  await green.append([{ event: 'order_completed', distinctId: 'dora', set: { values: ['Ecology'] }, properties: { rebate: 5 } }])
  await green.patch('', { roles })
  expect(await needsOf(green, 'eco-conscious')).toEqual({ ready: true, needs: { 'Personal values or answers to surveys': true } })
  expect(await needsOf(green, 'discount-shoppers')).toMatchObject({ ready: true })
})

test('a property goes by its surest name, however often a page is called by another', async () => {
  const tools = await server.createProject({ name: 'Tools' })
  const page = { event: '$pageview', distinctId: 'emil', properties: { title: 'Cart' } }
  const buy = (name: string) => ({ event: 'order_completed', distinctId: 'emil', properties: { title: 'Thank you', name } })
  await tools.append([page, page, page, buy('Hammer'), buy('Hammer'), buy('Saw')])
  const found = (await offered(tools)).find(({ id }) => id === 'product-adopters')
  expect(found?.definition.where).toMatchObject({ where: [{ property: 'name', is: ['Hammer'] }] })
})

test('every field and group that users named leads somewhere', () => {
  const ids = new Set(templates.map(({ id }) => id))
  const lost = Object.entries(wishedFor).flatMap(([list, lines]) =>
    Object.entries(lines).flatMap(([said, served]) => {
      const found =
        'template' in served
          ? ids.has(served.template)
          : 'field' in served
            ? standardFieldNamed(`standard.${served.field}`) !== undefined
            : 'role' in served
              ? (eventRoles as readonly string[]).includes(served.role)
              : 'trait' in served
                ? builtInTraits.has(served.trait)
                : guides.some(({ id }) => `/guides/${id}` === served.page)
      return found ? [] : [`${list}: ${said}`]
    }),
  )
  expect(lost).toEqual([])
})

test('no template asks about a special category of personal data', () => {
  const sensitive = /ethnicity|religion|belief/i
  expect(templates.filter((each) => sensitive.test(JSON.stringify(each.needs))).map(({ id }) => id)).toEqual([])
})

test('each guide has every heading with something below it, and names only templates that are there', () => {
  const ids = new Set(templates.map(({ id }) => id))
  expect(guides.map(({ industry }) => industry)).toHaveLength(10)
  for (const guide of guides) {
    const headings = guide.text.split('\n').filter((line) => line.startsWith('## '))
    expect(headings, guide.id).toEqual(guideHeadings.map((heading) => `## ${heading}`))
    for (const part of guide.text.split(/^## .*$/m).slice(1)) expect(part.trim().length, guide.id).toBeGreaterThan(40)
    expect(
      guide.templates.filter((id) => !ids.has(id)),
      guide.id,
    ).toEqual([])
  }
})

test('a project changes the text of a guide for itself, and takes the first one back', async () => {
  const one = (project: TestProject) => project.get<GuideReply>('/guides/finance')
  const first = await one(shop)
  expect(first).toMatchObject({ draft: true, changed: null })
  await shop.put('/guides/finance', { text: '## Description\nOurs' })
  expect(await one(shop)).toMatchObject({ draft: false, text: '## Description\nOurs', changed: { author: 'An API key' } })
  expect(await one(empty)).toMatchObject({ draft: true, text: first.text })
  await shop.put('/guides/finance', { text: null })
  expect(await one(shop)).toEqual(first)
  await expect(shop.get('/guides/gardening')).rejects.toThrow(/The guides are: .*finance/)
})

test('every report of a guide can be answered', async () => {
  const { reports } = await shop.get<GuideReply>('/guides/e-commerce')
  expect(reports.length).toBeGreaterThan(8)
  for (const { name, query } of reports) await expect(shop.post('/insights/run', { query }), name).resolves.toBeDefined()
})
