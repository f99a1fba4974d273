import type {
  DefinitionReach,
  PeoplePage,
  Persona,
  PersonaDraft,
  PersonSegment,
  PortraitShares,
  Segment,
  SegmentDefinition,
  SegmentPortrait,
  SegmentReaches,
  SegmentSizes,
} from '@kindred/model'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestProject, type TestServer } from '../test-server.ts'

const now = Date.parse('2026-03-31T12:00:00Z')
const day = 86_400_000

interface Someone {
  id: string
  fan: boolean
  country?: string
  born?: string
  email?: string
  phone?: string
  /** The entries of the ledger, oldest first: channel, state, days ago. */
  consents: [channel: 'email' | 'sms', state: 'granted' | 'withdrawn', daysAgo: number][]
  /** What each order was worth, its categories, days ago. */
  orders: { value: number; categories: string[]; daysAgo: number }[]
  /** Device, channel, days ago. */
  visits: [device: string, channel: string, daysAgo: number][]
}

/** A small shop written by hand: four of a kind and four others. */
const world: Someone[] = [
  {
    id: 'ann',
    fan: true,
    country: 'Ireland',
    born: '1990-05-01',
    email: 'ann@example.com',
    phone: '+353 1 555 0101',
    consents: [
      ['email', 'granted', 30],
      ['sms', 'granted', 20],
    ],
    orders: [
      { value: 10.1, categories: ['Shoes'], daysAgo: 400 },
      { value: 20.2, categories: ['Shoes', 'Hats'], daysAgo: 3 },
    ],
    visits: [
      ['Mobile', 'Direct', 5],
      ['Desktop', 'Email', 4],
      ['Tablet', 'Direct', 91],
    ],
  },
  {
    id: 'ben',
    fan: true,
    country: 'Ireland',
    born: '1958-05-01',
    email: 'ben@example.com',
    // The newest entry by time holds, whichever was noted last.
    consents: [
      ['email', 'withdrawn', 2],
      ['email', 'granted', 9],
    ],
    orders: [{ value: 5, categories: ['Hats'], daysAgo: 8 }],
    visits: [['Mobile', 'Direct', 5]],
  },
  { id: 'cid', fan: true, country: 'Spain', phone: '+34 91 555 0102', consents: [['email', 'granted', 1]], orders: [], visits: [['Mobile', 'Paid search', 1]] },
  { id: 'dee', fan: true, consents: [['sms', 'granted', 1]], orders: [], visits: [] },
  {
    id: 'eve',
    fan: false,
    country: 'Spain',
    born: '2010-01-01',
    email: 'eve@example.com',
    consents: [['email', 'granted', 1]],
    orders: [
      { value: 100, categories: ['Hats'], daysAgo: 20 },
      { value: 50, categories: ['Coats'], daysAgo: 10 },
      { value: 0.3, categories: ['Coats'], daysAgo: 9 },
    ],
    visits: [['Desktop', 'Direct', 10]],
  },
  { id: 'flo', fan: false, country: 'Spain', email: 'flo@example.com', consents: [], orders: [], visits: [] },
  { id: 'gus', fan: false, country: 'France', consents: [], orders: [], visits: [['Desktop', 'Email', 1]] },
  { id: 'hal', fan: false, consents: [], orders: [{ value: 7, categories: [], daysAgo: 1 }], visits: [] },
]

let server: TestServer
let project: TestProject
let fans: Segment

beforeAll(async () => {
  server = await startTestServer({ now })
  project = await server.createProject({
    roles: { events: { order: ['order'] }, properties: { value: 'value', items: 'items', category: 'category' } },
  })
  await project.append(
    world.flatMap((one) => {
      const { id, fan, country, born, email, phone } = one
      const set = { fan, ...(country && { country }), ...(born && { birth_date: born }), ...(email && { email }), ...(phone && { phone }) }
      return [
        { event: 'joined', distinctId: id, set, timestamp: now - 500 * day },
        ...one.orders.map(({ value, categories, daysAgo }) => ({
          event: 'order',
          distinctId: id,
          timestamp: now - daysAgo * day,
          properties: { value, items: categories.map((category) => ({ category })) },
        })),
        ...one.visits.map(([device, channel, daysAgo]) => ({
          event: 'visit',
          distinctId: id,
          timestamp: now - daysAgo * day,
          properties: { $device_type: device, $channel: channel },
        })),
      ]
    }),
  )
  const consents = world.flatMap(({ id, consents: entries }) =>
    entries.map(([channel, state, daysAgo]) => ({ distinctId: id, channel, state, purpose: 'marketing', at: now - daysAgo * day })),
  )
  // Consent to something else is none to marketing.
  await project.post('/consents', { consents: [...consents, { distinctId: 'flo', channel: 'email', state: 'granted', purpose: 'service' }] })
  fans = await project.post<Segment>('/segments', { name: 'Fans', definition: { where: { property: 'fan', is: true } } })
}, 60_000)
afterAll(() => server.close())

/* What the numbers must be, read off the list above. */
const members = world.filter(({ fan }) => fan)
const saysLast = (one: Someone, channel: 'email' | 'sms') => one.consents.filter(([of]) => of === channel).sort(([, , a], [, , b]) => a - b)[0]?.[1]
const reachOf = (people: Someone[], channel: 'email' | 'sms') => {
  const addressed = people.filter((one) => (channel === 'email' ? one.email : one.phone) !== undefined)
  return {
    addresses: addressed.length,
    reachable: addressed.filter((one) => saysLast(one, channel) === 'granted').length,
    refused: addressed.filter((one) => saysLast(one, channel) === 'withdrawn').length,
  }
}
const crowdOf = (people: Someone[]) => {
  const buyers = people.filter(({ orders }) => orders.length > 0)
  const known = people.filter((one) => one.orders.length === 0 && one.email !== undefined)
  const orders = people.flatMap((one) => one.orders)
  return {
    people: people.length,
    customers: buyers.length,
    known: known.length,
    anonymous: people.length - buyers.length - known.length,
    reach: { email: reachOf(people, 'email'), sms: reachOf(people, 'sms') },
    orders: {
      buyers: buyers.length,
      repeat: buyers.filter((one) => one.orders.length > 1).length,
      orders: orders.length,
      revenue: Math.round(orders.reduce((sum, { value }) => sum + value, 0) * 100) / 100,
    },
  }
}
const texts: Record<string, (one: Someone) => (string | undefined)[]> = {
  places: ({ country }) => [country],
  ages: ({ born }) => [born === undefined ? undefined : { 1990: '35-44', 1958: '65 and over', 2010: 'under 18' }[born.slice(0, 4)]],
  devices: ({ visits }) => visits.filter(([, , ago]) => ago < 90).map(([device]) => device),
  channels: ({ visits }) => visits.filter(([, , ago]) => ago < 90).map(([, channel]) => channel),
  categories: ({ orders }) => orders.flatMap(({ categories }) => categories),
}
const sharesOf = (kind: string) => {
  const of = (one: Someone) => new Set((texts[kind]?.(one) ?? []).filter((text) => text !== undefined))
  const count = (people: Someone[], value: string) => people.filter((one) => of(one).has(value)).length
  const values = [...new Set(world.flatMap((one) => [...of(one)]))]
  const known = (people: Someone[]) => people.filter((one) => of(one).size > 0).length
  return {
    known: { segment: known(members), everyone: known(world) },
    rows: new Map(values.map((value) => [value, { segment: count(members, value), everyone: count(world, value) }])),
  }
}

test('the portrait counts a segment beside everyone as a plain reading does', async () => {
  const portrait = await project.get<SegmentPortrait>(`/segments/${fans.id}/portrait`)
  expect(portrait).toMatchObject({ unit: 'person', size: 4, everyone: 8, people: { in: fans.id } })
  expect(portrait.segment).toEqual(crowdOf(members))
  expect(portrait.all).toEqual(crowdOf(world))
  expect(portrait.segment.reach).toEqual({ email: { addresses: 2, reachable: 1, refused: 1 }, sms: { addresses: 2, reachable: 1, refused: 0 } })
})

test('shares are those of a plain reading, and each opens exactly the members it counts', async () => {
  const { groups } = await project.get<PortraitShares>(`/segments/${fans.id}/portrait/shares`)
  expect(groups.map(({ kind }) => kind)).toEqual(['categories', 'places', 'ages', 'devices', 'channels'])
  for (const { kind, known, rows } of groups) {
    const expected = sharesOf(kind)
    expect(known, kind).toEqual(expected.known)
    expect(new Map(rows.map(({ value, segment, everyone }) => [value, { segment, everyone }])), kind).toEqual(expected.rows)
    for (const { value, segment, definition } of rows) {
      const { total, results } = await project.post<PeoplePage>('/segments/people', { definition })
      expect([total, results.length], `${kind} ${value}`).toEqual([segment, segment])
    }
  }
  expect(groups.find(({ kind }) => kind === 'ages')?.rows.map(({ value }) => value)).toEqual(['under 18', '35-44', '65 and over'])
})

test('a project without orders has a portrait without them', async () => {
  const plain = await server.createProject({ roles: { events: {}, properties: {} } })
  await plain.append([{ event: 'visit', distinctId: 'ada', set: { email: 'ada@example.com' } }])
  const { id } = await plain.post<Segment>('/segments', { name: 'All', definition: { where: { did: { any: true } } } })
  const { segment } = await plain.get<SegmentPortrait>(`/segments/${id}/portrait`)
  expect(segment).toMatchObject({ people: 1, customers: 0, known: 1, orders: null })
  const { groups } = await plain.get<PortraitShares>(`/segments/${id}/portrait/shares`)
  expect(groups.map(({ kind }) => kind)).not.toContain('categories')
  await expect(plain.get(`/segments/${fans.id}/portrait`)).rejects.toMatchObject({ status: 404 })
})

test('a segment of accounts is portrayed by its accounts and by their people', async () => {
  const firms = await server.createProject({ roles: { events: { order: ['order'] }, properties: { value: 'value' } } })
  const about = (key: string, industry: string) => ({
    event: '$groupidentify',
    distinctId: 'setup',
    properties: { $group_type: 'company', $group_key: key, $group_set: { industry } },
  })
  const events = [
    // Who told of the accounts is somebody seen with them.
    about('acme', 'Software'),
    about('bolt', 'Retail'),
    { event: 'order', distinctId: 'kim', groups: { company: 'acme' }, properties: { value: 5 }, set: { email: 'kim@acme.example' } },
    { event: 'visit', distinctId: 'lee', groups: { company: 'acme' } },
    { event: 'visit', distinctId: 'max', groups: { company: 'bolt' } },
    { event: 'visit', distinctId: 'nia' },
  ]
  await firms.append(events.map((event) => ({ ...event, timestamp: now - day })))
  const definition = { unit: 'account', where: { did: 'order' } }
  const { id } = await firms.post<Segment>('/segments', { name: 'Buying firms', definition })
  const portrait = await firms.get<SegmentPortrait>(`/segments/${id}/portrait`)
  expect(portrait).toMatchObject({ unit: 'account', size: 1, everyone: 2 })
  expect(portrait.segment).toMatchObject({ people: 3, customers: 1, anonymous: 2, orders: { buyers: 1, orders: 1, revenue: 5 } })
  expect(portrait.all).toMatchObject({ people: 5 })
  const behind = await firms.post<PeoplePage>('/segments/people', { definition: { where: portrait.people } })
  expect(behind.total).toBe(3)
  const { groups } = await firms.get<PortraitShares>(`/segments/${id}/portrait/shares`)
  const [industries] = groups.filter(({ kind }) => kind === 'industries')
  expect(industries).toMatchObject({ known: { segment: 1, everyone: 2 } })
  expect(industries?.rows.map(({ value, segment, everyone }) => [value, segment, everyone])).toEqual([
    ['Software', 1, 1],
    ['Retail', 0, 1],
  ])
  expect(industries?.rows[0]?.definition).toMatchObject({ unit: 'account' })
  await expect(firms.post('/segments/people', { definition })).rejects.toMatchObject({ status: 400 })
})

test('reach stands beside the size of a definition and of a listed segment', async () => {
  const asked: SegmentDefinition = { unit: 'person', where: { property: 'country', is: ['Ireland', 'Spain'] } }
  const { people, reach } = await project.post<DefinitionReach>('/segments/reach', { definition: asked })
  const found = world.filter(({ country }) => country === 'Ireland' || country === 'Spain')
  expect({ people, reach }).toEqual({ people: found.length, reach: { email: reachOf(found, 'email'), sms: reachOf(found, 'sms') } })
  await project.post(`/segments/${fans.id}/recompute`)
  const { results } = await project.get<{ results: Segment[] }>('/segments')
  expect(results.find(({ id }) => id === fans.id)).toMatchObject({ count: 4, reach: { email: 1, sms: 1 } })
})

test('several segments are asked about their reach at once, as each by itself', async () => {
  const irish = await project.post<Segment>('/segments', { name: 'Irish', definition: { where: { property: 'country', is: 'Ireland' } } })
  const { results } = await project.post<SegmentReaches>('/segments/reaches', { segments: [irish.id, fans.id] })
  const counted = (segment: number, people: Someone[]) => ({
    segment,
    people: people.length,
    reach: { email: reachOf(people, 'email').reachable, sms: reachOf(people, 'sms').reachable },
  })
  expect(results).toEqual([
    counted(
      irish.id,
      world.filter(({ country }) => country === 'Ireland'),
    ),
    counted(fans.id, members),
  ])
  const firms = await project.post<Segment>('/segments', { name: 'Firms', definition: { unit: 'account', where: { property: 'industry', exists: true } } })
  await expect(project.post('/segments/reaches', { segments: [fans.id, firms.id] })).rejects.toThrow('segment/unit')
  await expect(project.post('/segments/reaches', { segments: [irish.id + 1000] })).rejects.toThrow('segment/not-found')
})

test('a definition is counted at moments of the past', async () => {
  const definition = { where: { did: 'order', within: { last: '30 days' } } }
  const daysAgo = [395, 15, 5, 0]
  const { points } = await project.post<SegmentSizes>('/segments/sizes', { definition, moments: daysAgo.map((ago) => now - ago * day) })
  const within = (ago: number) => world.filter(({ orders }) => orders.some((each) => each.daysAgo >= ago && each.daysAgo < ago + 30)).length
  expect(points.map(({ size }) => size)).toEqual(daysAgo.map(within))
  expect(daysAgo.map(within)).toEqual([1, 1, 2, 4])
  await expect(project.post('/segments/sizes', { definition, moments: [now + day] })).rejects.toMatchObject({ status: 400 })
})

test('the people of a definition are kept as a list', async () => {
  const definition = { where: { all: [{ in: fans.id }, { property: 'country', is: ['Ireland'] }] } }
  const list = await project.post<Segment>('/segments/freeze', { name: 'Irish fans', definition })
  expect(list).toMatchObject({ name: 'Irish fans', kind: 'frozen', count: 2 })
})

test('a persona is drafted from what is counted, saved with its author and time, and shown on its people', async () => {
  const draft = await project.get<PersonaDraft>(`/segments/${fans.id}/persona/draft`)
  expect(draft.name).toBe('Fans: 35-44, Ireland, Mobile')
  // Hats: both of the two who ordered; Shoes: one of them.
  expect(draft.needs).toContain('Buys Hats (100%) and Shoes (50%) of those who order.')
  expect(draft.objections).toContain('50% have not ordered yet.')
  expect(draft.talk).toContain('E-mail reaches 25% of them, SMS 25%.')
  expect(await project.get(`/segments/${fans.id}/persona`)).toEqual({ persona: null })
  const save = { name: 'Ann', needs: 'Shoes that last', objections: 'Shipping costs', talk: 'Briefly' }
  expect(await project.put<Persona>(`/segments/${fans.id}/persona`, save)).toEqual({ ...save, author: 'An API key', at: now })
  await project.put<Persona>(`/segments/${fans.id}/persona`, { ...save, talk: 'In pictures' })
  expect(await project.get(`/segments/${fans.id}/persona`)).toMatchObject({ persona: { name: 'Ann', talk: 'In pictures' } })
  await expect(project.put(`/segments/${fans.id}/persona`, { ...save, colour: 'red' })).rejects.toMatchObject({ status: 400 })

  const { results: people } = await project.get<PeoplePage>('/people?search=ann')
  const { results } = await project.get<{ results: PersonSegment[] }>(`/people/${people[0]?.id}/segments`)
  expect(results.find(({ id }) => id === fans.id)?.persona).toMatchObject({ name: 'Ann', talk: 'In pictures' })
  const other = await server.createProject()
  await expect(other.put(`/segments/${fans.id}/persona`, save)).rejects.toMatchObject({ status: 404 })
  await project.delete(`/segments/${fans.id}/persona`)
  expect(await project.get(`/segments/${fans.id}/persona`)).toEqual({ persona: null })
})
