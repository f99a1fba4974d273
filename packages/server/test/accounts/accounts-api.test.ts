import type { AccountPerson, AccountProfile, AccountRow, AccountsPage, AccountType, EventRow, Page, PersonAccount, Properties } from '@kindred/model'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestProject, type TestServer } from '../test-server.ts'

const now = Date.UTC(2026, 5, 1)
const day = 86_400_000
let server: TestServer
let shop: TestProject

beforeAll(async () => {
  server = await startTestServer({ now })
  shop = await server.createProject()
  const told = (key: string, set: Properties, timestamp: number) => ({
    event: '$groupidentify',
    distinctId: `$company_${key}`,
    timestamp,
    properties: { $group_type: 'company', $group_key: key, $group_set: set },
  })
  const did = (distinctId: string, event: string, { at, ...groups }: { at: number; company?: string; team?: string }) => ({
    event,
    distinctId,
    groups,
    timestamp: at,
    set: { name: distinctId },
  })
  await shop.append([
    told('c1', { name: 'Ωmega Works', size: 5, list: [1, 2], big: 9007199254740993n as unknown as number }, now - 800 * day),
    told('c1', { size: 7 }, now - 10 * day),
    did('ann', 'bought', { company: 'c1', at: now - 500 * day }),
    did('ann', 'viewed', { company: 'c1', at: now - 3 * day }),
    did('bob', 'viewed', { company: 'c1', team: 'red', at: now - 4 * day }),
    did('cid', 'viewed', { company: 'c2', at: now - 1 * day }),
    did('anon', 'viewed', { company: 'c2', at: now - 2 * day }),
    { event: '$identify', distinctId: 'cid', otherId: 'anon', timestamp: now - day },
    did('ann', 'elsewhere', { at: now }),
    ...['x1', 'x2', 'x3'].map((key) => told(key, { domain: `${key}.example` }, now - day)),
  ])
})
afterAll(() => server.close())

const list = (query = '') => shop.get<AccountsPage>(`/accounts${query}`)
const labels = ({ results }: { results: AccountRow[] }) => results.map(({ label }) => label)
const idOf = async (search: string) => (await list(`?search=${encodeURIComponent(search)}`)).results[0]?.id ?? 0

test('the table: types, search, sorting, pages, each account with its people of today', async () => {
  expect((await shop.get<Page<AccountType>>('/accounts/types')).results).toEqual([
    { name: 'company', label: 'Company', accounts: 5 },
    { name: 'team', label: 'Team', accounts: 1 },
  ])
  const all = await list()
  expect(all.total).toBe(6)
  expect(all.results.slice(0, 3).map(({ label, people, lastSeenAt }) => [label, people, lastSeenAt])).toEqual([
    ['c2', 1, now - day],
    ['Ωmega Works', 2, now - 3 * day],
    ['red', 1, now - 4 * day],
  ])
  expect(all.results.at(-1)).toMatchObject({ people: 0, lastSeenAt: null })
  expect(labels(await list('?sort=name&type=company'))).toEqual(['c2', 'x1.example', 'x2.example', 'x3.example', 'Ωmega Works'])
  expect(labels(await list(`?search=${encodeURIComponent('ωMEGA')}`))).toEqual(['Ωmega Works'])
  expect(labels(await list('?search=C1'))).toEqual(['Ωmega Works'])
  expect(await list('?search=nothing')).toMatchObject({ total: 0, results: [], next: null })
  for (const sort of ['name', 'people', 'created', 'lastSeen']) {
    const whole = labels(await list(`?sort=${sort}`))
    const walked: string[] = []
    let next: string | null = ''
    while (next !== null) {
      const page: AccountsPage = await list(`?sort=${sort}&limit=2${next && `&cursor=${next}`}`)
      walked.push(...labels(page))
      next = page.next
    }
    expect(walked).toEqual(whole)
  }
})

test('one account: its properties with their events, its people, all that was done for it and said of it', async () => {
  const id = await idOf('c1')
  const account = await shop.get<AccountProfile>(`/accounts/${id}`)
  expect(account).toMatchObject({ type: 'company', key: 'c1', people: 2, firstSeenAt: now - 500 * day, createdAt: now - 800 * day })
  expect(account.facts.map(({ key, value, source, at }) => [key, value, source, at])).toEqual([
    ['big', '9007199254740993', 'api', now - 800 * day],
    ['list', [1, 2], 'api', now - 800 * day],
    ['name', 'Ωmega Works', 'api', now - 800 * day],
    ['size', 7, 'api', now - 10 * day],
  ])
  const people = await shop.get<Page<AccountPerson>>(`/accounts/${id}/people?limit=1`)
  expect(people.results.map(({ label, inAccount }) => [label, inAccount])).toEqual([['ann', { firstSeenAt: now - 500 * day, lastSeenAt: now - 3 * day }]])
  const rest = await shop.get<Page<AccountPerson>>(`/accounts/${id}/people?limit=1&cursor=${people.next}`)
  expect([rest.results.map(({ label }) => label), rest.next]).toEqual([['bob'], null])

  const events: EventRow[] = []
  for (let next: string | null = ''; next !== null; ) {
    const page: Page<EventRow> = await shop.get(`/accounts/${id}/events?limit=2${next && `&cursor=${next}`}`)
    events.push(...page.results)
    next = page.next
  }
  expect(events.map(({ event, timestamp }) => [event, (now - timestamp) / day])).toEqual([
    ['viewed', 3],
    ['viewed', 4],
    ['$groupidentify', 10],
    ['bought', 500],
    ['$groupidentify', 800],
  ])
  expect((await shop.get<Page<EventRow>>(`/accounts/${id}/events?event=bought`)).results).toHaveLength(1)
})

test('a person’s accounts, by the id of today or of before a merge', async () => {
  const [cid] = (await shop.get<Page<AccountPerson>>(`/accounts/${await idOf('c2')}/people`)).results
  expect(cid?.inAccount).toEqual({ firstSeenAt: now - 2 * day, lastSeenAt: now - day })
  expect(labels(await shop.get<Page<PersonAccount>>(`/people/${cid?.id}/accounts`))).toEqual(['c2'])
  const merged = await server.parts.catalog.selectFrom('person_merges').select('from_id').where('project_id', '=', shop.project.id).executeTakeFirstOrThrow()
  expect(labels(await shop.get<Page<PersonAccount>>(`/people/${merged.from_id}/accounts`))).toEqual(['c2'])
})

test('another project’s accounts and people are not there', async () => {
  const other = await server.createProject()
  const id = await idOf('c1')
  const [ann] = (await shop.get<Page<AccountPerson>>(`/accounts/${id}/people`)).results
  expect(await other.get<AccountsPage>('/accounts')).toMatchObject({ total: 0 })
  for (const path of [`/accounts/${id}`, `/accounts/${id}/people`, `/accounts/${id}/events`]) {
    await expect(other.get(path)).rejects.toMatchObject({ status: 404, body: expect.stringContaining('account/not-found') })
  }
  expect(await other.get<Page<PersonAccount>>(`/people/${ann?.id}/accounts`)).toMatchObject({ results: [] })
  await expect(shop.get('/accounts?unknown=1')).rejects.toMatchObject({ status: 400 })
  await expect(shop.get('/accounts?sort=name&cursor=abc')).rejects.toMatchObject({ status: 400 })
})
