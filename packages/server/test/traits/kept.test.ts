import { planTrait, raw, render, toldValuesSql } from '@kindred/engine'
import type { Deletion, Trait, TraitPreview } from '@kindred/model'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { privacyJobs } from '../../src/privacy/jobs.ts'
import { findProject } from '../../src/projects/projects.ts'
import { questionContext } from '../../src/projects/question-context.ts'
import { Upkeep } from '../../src/traits/kept/upkeep.ts'
import { startTestServer, type TestProject, type TestServer } from '../test-server.ts'

const noon = Date.UTC(2026, 5, 1, 12)
const day = 86_400_000
let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ now: noon })
})
afterAll(() => server.close())

const rows = <Row>(sql: string) => server.parts.store.query<Row>(render(raw(sql)))
const keep = (rules = {}) => new Upkeep(server.parts, { leastEvents: 1, eventsOfEach: 1, bareEventsOfEach: 1, lag: 1, ...rules }).run()
const idOf = async (project: TestProject, search: string) => (await project.get<{ results: { id: number }[] }>(`/people?search=${search}`)).results[0]?.id
const kept = async ({ project }: TestProject) => {
  const context = await questionContext(server.parts, await findProject(server.parts, project.id))
  return [...(context.kept ?? [])].map(([, keeping]) => keeping.id)
}
const view = (distinctId: string, page: string, timestamp = noon - day) => ({ event: 'view', distinctId, timestamp, properties: { page, $channel: 'Email' } })

/** A project with a trait of the pages that somebody saw. */
async function withPages(): Promise<TestProject> {
  const project = await server.createProject()
  const definition = { unit: 'person', mostFrequent: { did: { any: true }, property: 'page' } }
  await project.post('/traits', { name: 'page', label: 'Page', description: '', definition })
  return project
}
const values = async (project: TestProject) => {
  const { people } = await project.post<TraitPreview>('/traits/preview', { name: 'page' })
  return people.map(({ value }) => value).toSorted()
}

test('each project is kept apart, and what no trait asks for any more goes', async () => {
  const [one, other] = [await withPages(), await withPages()]
  await one.append([view('anna', 'red'), view('anna', 'red'), view('bert', 'blue')])
  await other.append([view('anna', 'green'), view('carl', 'green')])
  await keep()
  expect([await values(one), await values(other)]).toEqual([
    ['blue', 'red'],
    ['green', 'green'],
  ])
  const before = await kept(one)
  // The page, and the channel of the first event, which is built in.
  expect(before).toHaveLength(2)
  const through = async (name: string) => (await one.get<Trait>(`/traits/${name}`)).keptThrough
  expect([await through('page'), await through('total_orders')]).toEqual([server.parts.ingest.watermark(), null])
  await one.append([view('bert', 'black'), view('bert', 'black')])
  expect(await values(one)).toEqual(['black', 'red'])

  await one.delete('/traits/page')
  await keep()
  expect(await kept(one)).toHaveLength(1)
  expect(await kept(other)).toHaveLength(2)
  // Questions that were compiled before may still be asked.
  const states = () =>
    rows<{ n: string }>(
      `select count() as n from kindred.trait_states where project_id = ${one.project.id} and keeping = ${before[0]} or keeping = ${before[1]}`,
    )
  const [{ n: left } = { n: '0' }] = await states()
  server.setNow(noon + 2 * 3_600_000)
  await one.append([view('anna', 'red')])
  await keep()
  const [{ n: rest } = { n: '0' }] = await states()
  server.setNow(noon)
  expect(Number(rest)).toBeLessThan(Number(left))
}, 60_000)

test('a measure is kept where reading it costs more than what would be kept of it', async () => {
  const project = await withPages()
  await project.append(['a', 'b', 'c', 'd'].map((name) => view(name, 'red')))
  await keep({ leastEvents: 5 })
  expect(await kept(project)).toEqual([])
  await keep({ eventsOfEach: 2 })
  expect(await kept(project)).toEqual([])
  await keep()
  expect(await kept(project)).toHaveLength(2)
}, 60_000)

test('of a deleted person nothing is kept, and the others are as they were', async () => {
  const project = await withPages()
  await project.append([view('vera', 'violet-umbrella'), view('vera', 'violet-umbrella'), view('otto', 'red')])
  await keep()
  const vera = await idOf(project, 'vera')
  const states = () => rows<{ row: string }>(`select toJSONString(tuple(*)) as row from kindred.trait_states where project_id = ${project.project.id}`)
  expect(JSON.stringify(await states())).toContain('violet-umbrella')
  const { id } = await project.post<Deletion>('/deletions', { personIds: [vera] })
  await privacyJobs(server.parts).idle()
  const deletion = await project.get<Deletion>(`/deletions/${id}`)
  expect(deletion).toMatchObject({ state: 'done' })
  expect(deletion.receipt?.places.find(({ place }) => place === 'store: trait_states')).toMatchObject({ removed: 2, left: 0 })
  expect(JSON.stringify(await states())).not.toContain('violet-umbrella')
  expect(await rows(`select name from system.parts where database = 'kindred' and table = 'trait_states' and not active`)).toEqual([])
  expect(await values(project)).toEqual(['red'])
  await project.append([view('otto', 'blue'), view('otto', 'blue')])
  await keep()
  expect(await values(project)).toEqual(['blue'])
  expect(JSON.stringify(await states())).not.toContain('violet-umbrella')
}, 60_000)

test('what is kept of old events goes with them, and a question that was about to read it says so', async () => {
  const project = await withPages()
  await project.append([view('anna', 'ancient', noon - 400 * day), view('anna', 'ancient', noon - 401 * day), view('anna', 'red')])
  await keep()
  expect(await values(project)).toEqual(['ancient'])
  const context = await questionContext(server.parts, await findProject(server.parts, project.project.id))
  const definition = context.traits?.get('page')?.definition
  if (definition === undefined) throw new Error('the trait is there')
  const compiled = toldValuesSql(planTrait(definition, context), context)
  if (compiled === null) throw new Error('it has values')
  expect(await server.parts.store.query(render(compiled))).toHaveLength(1)

  await project.put('/retention', { days: 365 })
  await privacyJobs(server.parts).idle()
  expect(await rows(`select 1 from kindred.trait_states where project_id = ${project.project.id}`)).toEqual([])
  await expect(server.parts.store.query(render(compiled))).rejects.toMatchObject({ code: 'query/outdated' })
  expect(await values(project)).toEqual(['red'])
  await keep()
  expect(await values(project)).toEqual(['red'])
  expect(await kept(project)).toHaveLength(2)
}, 60_000)

test('a role that is given to another property, and an event whose time comes, change the value at once', async () => {
  const project = await server.createProject()
  const definition = { unit: 'person', sum: { did: { any: true }, property: { role: 'value' } } }
  await project.patch('', { roles: { events: {}, properties: { value: 'price' } } })
  await project.post('/traits', { name: 'worth', label: 'Worth', description: '', definition })
  const bought = (timestamp: number) => ({ event: 'buy', distinctId: 'anna', timestamp, properties: { price: 0.1, cost: 7 } })
  await project.append([bought(noon - day), bought(noon - 1), bought(noon + 3_600_000)])
  await keep()
  const worth = async () => (await project.post<TraitPreview>('/traits/preview', { name: 'worth' })).people.map(({ value }) => value)
  expect(await worth()).toEqual([0.2])
  server.setNow(noon + 2 * 3_600_000)
  expect(await worth()).toEqual([0.3])
  await project.append([bought(noon)])
  await keep()
  expect(await worth()).toEqual([0.4])
  server.setNow(noon)
  expect(await worth()).toEqual([0.3])
  await project.patch('', { roles: { events: {}, properties: { value: 'cost' } } })
  expect(await worth()).toEqual([21])
  await keep()
  expect(await worth()).toEqual([21])
}, 60_000)
