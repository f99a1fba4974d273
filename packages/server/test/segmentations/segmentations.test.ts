import {
  type Overlap,
  type Segment,
  type Segmentation,
  type SegmentationReport,
  type SegmentationSave,
  type SegmentDefinition,
  type SharedReport,
  segmentationSave,
} from '@kindred/model'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listed } from '../../src/segmentations/overlap.ts'
import { segmentationWarnings } from '../../src/segmentations/warnings.ts'
import { startTestServer, type TestProject, type TestServer } from '../test-server.ts'

const now = Date.parse('2026-03-31T12:00:00Z')
let server: TestServer
let shop: TestProject
const ids: Record<'irish' | 'young' | 'buyers' | 'accounts', number> = { irish: 0, young: 0, buyers: 0, accounts: 0 }

beforeAll(async () => {
  server = await startTestServer({ now })
  shop = await server.createProject({ name: 'A shop' })
  await shop.patch('', { roles: { events: { order: ['order'] }, properties: { value: 'value' } } })
  const person = (distinctId: string, set: Record<string, string | number>) => ({ event: 'signed_up', distinctId, set, timestamp: now - 1000 })
  await shop.append([
    person('anna', { country: 'Ireland', age: 20, email: 'anna@example.com' }),
    person('bert', { country: 'Ireland', age: 50 }),
    person('cara', { country: 'Spain', age: 22, email: 'cara@example.com' }),
    person('dora', { country: 'Spain', age: 60 }),
    person('emil', { age: 61 }),
    { event: 'order', distinctId: 'anna', properties: { value: 10.1 }, timestamp: now - 86_400_000 },
    { event: 'order', distinctId: 'anna', properties: { value: 0.2 }, timestamp: now - 2000 },
    { event: 'order', distinctId: 'dora', properties: { value: 7 }, timestamp: now - 366 * 86_400_000 },
    { event: 'order', distinctId: 'cara', properties: { value: 5 }, timestamp: now - 364 * 86_400_000 },
  ])
  // Dora consented and has no address to write to; Bert has neither.
  const consent = (distinctId: string) => ({ distinctId, channel: 'email', purpose: 'marketing', state: 'granted' })
  await shop.post('/consents', { consents: ['anna', 'cara', 'dora'].map(consent) })
  const make = async (name: string, definition: unknown) => (await shop.post<Segment>('/segments', { name, definition })).id
  ids.irish = await make('Irish', { where: { property: 'country', is: 'Ireland' } })
  ids.young = await make('Young', { where: { property: 'age', lessThan: 30 } })
  ids.buyers = await make('Buyers', { where: { did: 'order' } })
})
afterAll(() => server.close())

const save = (part: object): SegmentationSave => segmentationSave.parse({ name: 'Kinds of customers', ...part })
const groups = (segments: object[], rest: object = {}) => ({ by: 'segments', segments, ...rest })
const counted = async (part: object) => {
  const { id } = await shop.post<Segmentation>('/segmentations', save(part))
  return shop.get<SegmentationReport>(`/segmentations/${id}/report`)
}
const sizes = (report: SegmentationReport) => Object.fromEntries(report.groups.map(({ name, own }) => [name, own]))

test('the first rule that fits decides, and who fits none is everyone else', async () => {
  const report = await counted({ groups: groups([{ segment: ids.irish }, { segment: ids.young }]) })
  expect(sizes(report)).toEqual({ Irish: 2, Young: 1, 'Everyone else': 2 })
  expect(report).toMatchObject({ inScope: 5, covered: 3, overlapping: 1 })
  expect(report.groups.map(({ size }) => size)).toEqual([2, 2, 2])
  expect(report.groups.map(({ reachable }) => reachable)).toEqual([1, 1, 0])
  // Anna's 10.10 and 0.20; Cara's order of 364 days ago; Dora's lies further back.
  expect(report.groups.map(({ revenue }) => revenue)).toEqual([10.3, 5, 0])
  expect(report.pairs).toEqual([{ a: ids.irish, b: ids.young, both: 1, jaccard: 1 / 3 }])
})

test('another order sorts otherwise, and without an order people belong to each that fits', async () => {
  expect(sizes(await counted({ groups: groups([{ segment: ids.young }, { segment: ids.irish }]) }))).toEqual({ Young: 2, Irish: 1, 'Everyone else': 2 })
  const all = await counted({ groups: groups([{ segment: ids.young }, { segment: ids.irish }], { exclusive: false, everyoneElse: 'The rest' }) })
  expect(sizes(all)).toEqual({ Young: 2, Irish: 2, 'The rest': 2 })
})

test('a niche is a part of its main segment', async () => {
  const report = await counted({ groups: groups([{ segment: ids.irish }, { segment: ids.young, mainSegment: ids.irish }]) })
  expect(sizes(report)).toEqual({ Irish: 2, Young: 1, 'Everyone else': 3 })
  expect(report.overlapping).toBe(0)
})

test('only those in scope are counted', async () => {
  const report = await counted({ scope: { segment: ids.buyers }, groups: groups([{ segment: ids.irish }, { segment: ids.young }]) })
  expect(report).toMatchObject({ inScope: 3, scope: 'Buyers' })
  expect(sizes(report)).toEqual({ Irish: 1, Young: 1, 'Everyone else': 1 })
})

test('the values of a property make segments too, the rarer ones everyone else', async () => {
  const report = await counted({ groups: { by: 'property', property: 'country', limit: 2 } })
  expect(sizes(report)).toEqual({ Ireland: 2, Spain: 2, 'Everyone else': 1 })
  expect(report).toMatchObject({ inScope: 5, covered: 4 })
  expect(report.groups.map(({ revenue }) => revenue)).toEqual([10.3, 5, 0])
})

test('values of what is sensitive are told to nobody, nor those of a trait that is computed from them', async () => {
  await expect(counted({ groups: { by: 'property', property: 'religion', limit: 5 } })).rejects.toThrow(/property\/sensitive.*religion/)
  const labels = { unit: 'person', labels: { first: [{ label: 'yes', where: { property: 'Religion', exists: true } }], otherwise: 'no' } }
  await shop.post('/traits', { name: 'believer', label: 'Believer', definition: labels })
  await expect(counted({ groups: { by: 'trait', trait: 'believer', limit: 5 } })).rejects.toThrow(/property\/sensitive.*Religion/)
})

test('the share known of each variable is counted', async () => {
  const report = await counted({ variables: [{ name: 'Country', property: 'country' }, { name: 'Mood' }] })
  expect(report.known).toEqual([
    { name: 'Country', share: 0.8 },
    { name: 'Mood', share: null },
  ])
  const traits = await counted({ variables: ['total_orders', 'average_order_value', 'country', 'no_such_thing'].map((name) => ({ name, property: name })) })
  expect(traits.known.map(({ share }) => share)).toEqual([1, 0.6, 0.8, 0])
})

test('a list that contradicts itself is refused at its place', async () => {
  await expect(shop.post('/segmentations', { name: 'x', groups: groups([{ segment: ids.irish }, { segment: ids.irish }]) })).rejects.toThrow(
    /groups\.segments\.1\.segment/,
  )
  await expect(shop.post('/segmentations', { name: 'x', groups: groups([{ segment: ids.irish, mainSegment: ids.young }]) })).rejects.toThrow(/main segment/)
  await expect(shop.post('/segmentations', { name: 'x', target: 3 })).rejects.toThrow(/target/)
  await expect(shop.post('/segmentations', { name: 'x', colour: 'red' })).rejects.toThrow(/colour/)
})

test('stakeholders sign a version; a change of the groups asks again, a comment does not', async () => {
  const stakeholder = { id: '0b1d9f0e-6a7c-4d3a-9a51-0f6f2a1c9d11', name: 'Ola', role: 'Sales', email: 'ola@example.com' }
  const body = save({ stakeholders: [stakeholder], groups: groups([{ segment: ids.irish }]) })
  const { id } = await shop.post<Segmentation>('/segmentations', body)
  await shop.post(`/segmentations/${id}/sign-offs`, { stakeholder: stakeholder.id })
  await shop.put(`/segmentations/${id}`, { ...body, name: 'Renamed', revision: { text: 'in a year' } })
  expect((await shop.get<Segmentation>(`/segmentations/${id}`)).signOffs).toMatchObject([{ stakeholder: stakeholder.id, version: 1, current: true }])
  await shop.put(`/segmentations/${id}`, { ...body, groups: groups([{ segment: ids.young }]) })
  expect((await shop.get<Segmentation>(`/segmentations/${id}`)).signOffs).toMatchObject([{ version: 1, current: false }])
  await expect(shop.post(`/segmentations/${id}/sign-offs`, { stakeholder: crypto.randomUUID() })).rejects.toThrow(/stakeholder/)
})

test('a change of the rule of a segment, or of one that it names, asks for new signatures and says which', async () => {
  const make = async (name: string, where: unknown) => (await shop.post<Segment>('/segments', { name, definition: { where } })).id
  const inner = await make('Spanish', { property: 'country', is: 'Spain' })
  const outer = await make('Spanish buyers', { all: [{ in: inner }, { did: 'order' }] })
  const stakeholder = { id: '9d1f2c3e-8a7c-4d3a-9a51-0f6f2a1c9d22', name: 'Ida' }
  const body = save({ stakeholders: [stakeholder], groups: groups([{ segment: ids.irish }, { segment: outer }]) })
  const { id } = await shop.post<Segmentation>('/segmentations', body)
  const signed = async () => (await shop.get<Segmentation>(`/segmentations/${id}`)).signOffs[0]
  const listed = async () =>
    (await shop.get<{ results: { id: number; signedOff: number }[] }>('/segmentations')).results.find((each) => each.id === id)?.signedOff
  await shop.post(`/segmentations/${id}/sign-offs`, { stakeholder: stakeholder.id })
  expect(await signed()).toMatchObject({ current: true, changedRules: [] })
  server.setNow(now + 1000)
  // A name is no rule, and a segment that is in no group says nothing.
  await shop.put(`/segments/${inner}`, { name: 'Of Spain', definition: { where: { property: 'country', is: 'Spain' } } })
  await shop.put(`/segments/${ids.young}`, { name: 'Young', definition: { where: { property: 'age', lessThan: 31 } } })
  expect([await signed(), await listed()]).toMatchObject([{ current: true }, 1])
  await shop.put(`/segments/${inner}`, { name: 'Of Spain', definition: { where: { property: 'country', is: ['Spain', 'Portugal'] } } })
  expect([await signed(), await listed()]).toMatchObject([{ version: 1, current: false, changedRules: ['Spanish buyers'] }, 0])
  const { warnings } = await shop.get<SegmentationReport>(`/segmentations/${id}/report`)
  expect(warnings).toContainEqual({ step: 'objective', says: expect.stringMatching(/^0 of 1 stakeholders have signed/) })
  await shop.post(`/segmentations/${id}/sign-offs`, { stakeholder: stakeholder.id })
  expect([await signed(), await listed()]).toMatchObject([{ current: true, changedRules: [] }, 1])
  server.setNow(now)
})

test('a save over somebody else’s change is refused, and nothing is lost', async () => {
  const begun = await shop.post<Segmentation>('/segmentations', save({}))
  const path = `/segmentations/${begun.id}`
  const mine = await shop.put<Segmentation>(path, { ...save({ problem: { text: 'mine' } }), updatedAt: begun.updatedAt })
  expect(mine.updatedAt).toBeGreaterThan(begun.updatedAt)
  await expect(shop.put(path, { ...save({ problem: { text: 'yours' } }), updatedAt: begun.updatedAt })).rejects.toMatchObject({
    status: 409,
    body: expect.stringContaining('segmentation/changed'),
  })
  expect((await shop.get<Segmentation>(path)).segmentation.problem.text).toBe('mine')
  // Whoever does not say what they changed replaces it; of two at once one is refused, not lost.
  expect((await shop.put<Segmentation>(path, save({ problem: { text: 'whatever' } }))).segmentation.problem.text).toBe('whatever')
  const { updatedAt } = await shop.get<Segmentation>(path)
  const both = await Promise.allSettled(['one', 'other'].map((text) => shop.put<Segmentation>(path, { ...save({ problem: { text } }), updatedAt })))
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
})

test('of segments of accounts, accounts are counted and spoken of', async () => {
  const project = await server.createProject()
  const about = (key: string, size: number) => ({
    event: '$groupidentify',
    distinctId: 'setup',
    properties: { $group_type: 'company', $group_key: key, $group_set: { size } },
  })
  await project.append([about('acme', 10), about('bolt', 20), about('core', 30)])
  const make = async (name: string, atLeast: number) =>
    (await project.post<Segment>('/segments', { name, definition: { unit: 'account', where: { property: 'size', atLeast } } })).id
  const segments = [{ segment: await make('Big', 20) }, { segment: await make('Bigger', 30) }]
  const variables = ['size', 'industry'].map((name) => ({ name, property: name, chosen: true }))
  const scope = { segment: null, text: '', cover: 90 }
  const { id } = await project.post<Segmentation>('/segmentations', save({ scope, variables, groups: groups(segments) }))
  const report = await project.get<SegmentationReport>(`/segmentations/${id}/report`)
  expect(report).toMatchObject({ unit: 'account', inScope: 3, covered: 2 })
  const said = report.warnings.map(({ says }) => says).join(' ')
  expect(said).toContain('33 % of the accounts fit several rules')
  expect(said).toContain('The segments cover 67 % of the accounts; 90 % were aimed at')
  expect(report.known).toEqual([
    { name: 'size', share: 1 },
    { name: 'industry', share: 0 },
  ])
  expect(said).toContain('Known of fewer than half of the accounts: industry.')
  expect(said).not.toContain('of the people')
})

test('a segmentation says whom it is about: the accounts of one type are everyone in it, and what holds others is refused', async () => {
  const project = await server.createProject()
  const about = (type: string, key: string, size: number) => ({
    event: '$groupidentify',
    distinctId: 'setup',
    properties: { $group_type: type, $group_key: key, $group_set: { size } },
  })
  await project.append([about('company', 'acme', 10), about('company', 'bolt', 20), about('team', 'red', 30)])
  const make = async (name: string, of: Partial<SegmentDefinition>) => ({
    segment: (await project.post<Segment>('/segments', { name, definition: { ...of, where: { property: 'size', atLeast: 20 } } })).id,
  })
  const any = await make('Big accounts', { unit: 'account' })
  const teams = await make('Big teams', { unit: 'account', accountType: 'team' })
  const people = await make('Big people', {})
  const scope = { segment: null, text: '', unit: 'account', accountType: 'company' } as const
  const variables = [{ name: 'size', property: 'size' }]
  const reported = async (part: object) => {
    const { id } = await project.post<Segmentation>('/segmentations', { name: 'Accounts', scope, variables, ...part })
    return project.get<SegmentationReport>(`/segmentations/${id}/report`)
  }
  expect(await reported({})).toMatchObject({ unit: 'account', inScope: 2, known: [{ name: 'size', share: 1 }] })
  expect(await reported({ groups: groups([any]) })).toMatchObject({ unit: 'account', inScope: 2, covered: 1, known: [{ share: 1 }] })
  expect(await reported({ scope: { segment: null }, groups: groups([any, teams]) })).toMatchObject({ unit: 'account', inScope: 1, covered: 1 })
  await expect(reported({ groups: groups([any, teams]) })).rejects.toThrow('accounts of the type company')
  await expect(reported({ groups: groups([people]) })).rejects.toThrow('accounts of the type company')
  await expect(reported({ groups: { by: 'property', property: 'size' } })).rejects.toThrow('accounts are sorted by segments')
  await expect(reported({ scope: { accountType: 'team' } })).rejects.toThrow('people have no type')
})

test('a link opens the report, a stakeholder’s also comments and signs, and a closed one opens nothing', async () => {
  const stakeholder = { id: '5c0b2f5e-94c1-4c7e-8a1e-3f7c1f0e7a22', name: 'Per', email: 'per@example.com' }
  const { id } = await shop.post<Segmentation>('/segmentations', save({ stakeholders: [stakeholder], groups: groups([{ segment: ids.irish }]) }))
  const link = async (body: object) => (await shop.post<{ token: string }>(`/segmentations/${id}/links`, body)).token
  const [reading, signing] = [await link({}), await link({ stakeholder: stakeholder.id })]
  const open = async (path: string, payload: object) => {
    const reply = await server.app.inject({ method: 'POST', url: `/api/v1/shared/${path}`, payload })
    return { status: reply.statusCode, body: reply.json<SharedReport & { error?: { code: string } }>() }
  }
  const read = await open('report', { token: reading })
  expect(read).toMatchObject({ status: 200, body: { project: 'A shop', stakeholder: null, report: { inScope: 5 } } })
  expect(JSON.stringify(read.body)).not.toContain('per@example.com')
  expect((await open('sign-off', { token: reading })).body.error?.code).toBe('segmentation/not-stakeholder')
  expect((await open('comments', { token: signing, text: 'Fine by me' })).body.segmentation.comments).toMatchObject([{ author: 'Per', text: 'Fine by me' }])
  expect((await open('sign-off', { token: signing })).body.segmentation.signOffs).toMatchObject([{ current: true }])
  const sent = async () => (await open('comments', { token: signing, text: 'And again' })).body.error?.code
  for (let written = 1; written < 60; written++) expect(await sent()).toBeUndefined()
  expect(await sent()).toBe('segmentation/comment-limit')
  server.setNow(now + 3_600_001)
  expect(await sent()).toBeUndefined()
  server.setNow(now)
  expect((await open('report', { token: 'x'.repeat(5000) })).status).toBe(413)
  await shop.delete(`/segmentations/${id}/links`)
  expect((await open('report', { token: reading })).body.error?.code).toBe('segmentation/link-unknown')
})

test('another project sees nothing of it', async () => {
  const other = await server.createProject({ name: 'Another' })
  const { id } = await shop.post<Segmentation>('/segmentations', save({}))
  await expect(other.get(`/segmentations/${id}`)).rejects.toThrow(/404/)
  await expect(other.put(`/segmentations/${id}`, save({}))).rejects.toThrow(/404/)
  await expect(other.post('/segments/overlap', { segments: [ids.irish, ids.young] })).rejects.toThrow(/404/)
})

test('segments overlap as counted by hand', async () => {
  const overlap = await shop.post<Overlap>('/segments/overlap', { segments: [ids.irish, ids.young, ids.buyers] })
  expect(overlap).toMatchObject({ unit: 'person', everyone: 5, combinations: 5 })
  expect(overlap.segments.map(({ size }) => size)).toEqual([2, 2, 3])
  const exactly = new Map(overlap.intersections.map(({ segments, count }) => [segments.join(), count]))
  expect(exactly).toEqual(
    new Map([
      [`${ids.irish},${ids.young},${ids.buyers}`, 1],
      [`${ids.irish}`, 1],
      [`${ids.young},${ids.buyers}`, 1],
      [`${ids.buyers}`, 1],
      ['', 1],
    ]),
  )
  expect(overlap.pairs.map(({ both, jaccard }) => [both, jaccard])).toEqual([
    [1, 1 / 3],
    [1, 1 / 4],
    [2, 2 / 3],
  ])
})

test('segments of accounts overlap as accounts, and of many combinations those in none of them are never left out', async () => {
  const made = await Promise.all(
    ['order_completed', 'nothing'].map((did) => shop.post<Segment>('/segments', { name: did, definition: { unit: 'account', where: { did } } })),
  )
  expect(await shop.post<Overlap>('/segments/overlap', { segments: made.map(({ id }) => id) })).toMatchObject({ unit: 'account' })
  const many = Array.from({ length: 300 }, (_, index) => ({ mask: 299 - index, n: 300 - index, flagged: 0 }))
  expect([listed(many).length, listed(many).at(-1)]).toEqual([201, { mask: 0, n: 1, flagged: 0 }])
})

test('what usually makes a segmentation fail is said at its step', () => {
  const empty = { scope: null, inScope: 1000, covered: 1000, overlapping: 0, groups: [], pairs: [], known: [], watermark: 1, at: now }
  const warned = (part: object, report: Partial<typeof empty> = {}, signed = 0) =>
    segmentationWarnings({ save: save(part), report: { unit: 'person', ...empty, ...report }, signed, today: '2026-03-31' }).map(({ step }) => step)
  expect(new Set(warned({}))).toEqual(new Set(['problem', 'objective', 'data', 'groups', 'revision']))
  const variable = (name: string) => ({ name, source: 'form', chosen: true })
  const complete = {
    problem: { area: 'sales', text: 'too much mail' },
    objective: { text: 'less mail', outcome: 'revenue' },
    stakeholders: [{ id: crypto.randomUUID(), name: 'Ola' }],
    variables: [variable('age')],
    groups: groups([{ segment: 1 }, { segment: 2 }]),
    target: 1,
    revision: { next: '2026-12-01' },
  }
  const group = (segment: number | null, own: number) => ({ segment, name: `g${segment}`, mainSegment: null, size: own, own, reachable: 0, revenue: 0 })
  const fine = { groups: [group(1, 500), group(2, 400), group(null, 100)] as never[] }
  expect(warned(complete, fine, 1)).toEqual([])
  expect(warned(complete, fine, 0)).toEqual(['objective'])
  expect(warned({ ...complete, variables: ['a', 'b', 'c', 'd', 'e', 'f'].map(variable) }, fine, 1)).toEqual(['variables'])
  expect(warned({ ...complete, variables: [{ ...variable('age'), obtainable: false }] }, fine, 1)).toEqual(['variables'])
  expect(warned(complete, { ...fine, known: [{ name: 'age', share: 0.4 }] as never[] }, 1)).toEqual(['variables'])
  expect(warned(complete, { groups: [group(1, 950), group(2, 40), group(null, 10)] as never[] }, 1)).toEqual(['groups'])
  expect(warned({ ...complete, scope: { cover: 95 } }, { ...fine, covered: 900 }, 1)).toEqual(['scope'])
  expect(warned({ ...complete, revision: { next: '2026-01-01' } }, fine, 1)).toEqual(['revision'])
})

test('the values of a trait make segments, and one of numbers is refused', async () => {
  const report = await counted({ groups: { by: 'trait', trait: 'customer_type', limit: 5 } })
  expect(sizes(report)).toEqual({ new: 2, returning: 1, 'Everyone else': 2 })
  const { id } = await shop.post<Segmentation>('/segmentations', save({ groups: { by: 'trait', trait: 'total_orders' } }))
  await expect(shop.get(`/segmentations/${id}/report`)).rejects.toThrow(/total_orders has no texts/)
})
