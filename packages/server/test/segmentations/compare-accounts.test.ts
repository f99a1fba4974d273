import type { PersonaDraft, Segment, SegmentComparison } from '@kindred/model'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestProject, type TestServer } from '../test-server.ts'

const now = Date.parse('2026-03-31T12:00:00Z')
const day = 86_400_000
let server: TestServer
let project: TestProject
let big = 0
let small = 0
let people = 0
let teams = 0

interface Company {
  key: string
  industry: string
  employees: number
  seats: number
  tools: string[]
  tier: 'big' | 'small'
}
/** Twenty large companies, mostly of finance, and thirty small ones, mostly of education; one in five tells no seats. */
const companies = Array.from({ length: 50 }, (_, index): Company => {
  const tier = index < 20 ? 'big' : 'small'
  return {
    key: `c${index}`,
    industry: (index < 20 ? index < 16 : index < 24) ? 'Finance' : 'Education',
    employees: (index < 20 ? 900 : 20) + (index % 7),
    seats: (index < 20 ? 50 : 10) + (index % 4),
    tools: index % 2 === 0 ? ['crm', 'crm', 'mail'] : ['mail'],
    tier,
  }
})
const exported = (index: number) => index < 18 || index === 40

beforeAll(async () => {
  server = await startTestServer({ now })
  project = await server.createProject()
  const told = companies.map(({ key, seats, ...set }, index) => ({
    event: '$groupidentify',
    distinctId: `$company_${key}`,
    timestamp: now - 200 * day,
    properties: {
      $group_type: 'company',
      $group_key: key,
      $group_set: { name: `Company ${key}`, religion: set.tier, ...set, ...(index % 5 === 0 ? {} : { seats }) },
    },
  }))
  const did = (index: number, at: number) => ({ event: 'exported', distinctId: `p${index}`, groups: { company: `c${index}`, team: 'red' }, timestamp: at })
  const events = [...companies.keys()].flatMap((index) => (exported(index) ? [did(index, now - day), did(index, now - 2 * day)] : [did(index, now - 91 * day)]))
  // The same person without the account: it is no event of the account.
  await project.append([...told, ...events, { event: 'exported', distinctId: 'p45', timestamp: now - day }])
  const make = async (name: string, definition: unknown) => (await project.post<Segment>('/segments', { name, definition })).id
  const ofTier = (tier: string) => ({ unit: 'account', accountType: 'company', where: { property: 'tier', is: [tier] } })
  big = await make('Big', ofTier('big'))
  small = await make('Small', ofTier('small'))
  people = await make('People', { where: { did: 'exported' } })
  teams = await make('Teams', { unit: 'account', accountType: 'team', where: { did: 'exported' } })
})
afterAll(() => server.close())

const compare = (body: object) => project.post<SegmentComparison>('/segments/compare', body)
const found = ({ differences }: SegmentComparison, name: string, value?: string) =>
  differences.find((each) => each.name === name && (value === undefined || (each.kind === 'value' && each.value === value)))

/** The share of the companies of a tier of which it is true, read from the list above alone. */
const shareOf = (tier: Company['tier'], is: (company: Company, index: number) => boolean) => {
  const all = [...companies.entries()].filter(([, company]) => company.tier === tier)
  return all.filter(([index, company]) => is(company, index)).length / all.length
}
const meanOf = (tier: Company['tier'], of: (company: Company, index: number) => number | null) => {
  const numbers = [...companies.entries()].flatMap(([index, company]) => (company.tier === tier ? (of(company, index) ?? []) : []))
  return numbers.reduce((sum, each) => sum + each, 0) / numbers.length
}

test('two segments of accounts differ by what a plain reading of the accounts says', async () => {
  const comparison = await compare({ a: big, b: small })
  expect(comparison).toMatchObject({ unit: 'account', a: { name: 'Big', size: 20 }, b: { name: 'Small', size: 30 } })
  const finance = (company: Company) => company.industry === 'Finance'
  expect(found(comparison, 'standard.industry', 'Finance')).toMatchObject({ a: shareOf('big', finance), b: shareOf('small', finance) })
  const didExport = (_: Company, index: number) => exported(index)
  expect(found(comparison, 'exported')).toMatchObject({ kind: 'event', a: shareOf('big', didExport), b: shareOf('small', didExport) })
  const seats = ({ seats }: Company, index: number) => (index % 5 === 0 ? null : seats)
  expect(found(comparison, 'seats')?.a).toBeCloseTo(meanOf('big', seats), 10)
  expect(found(comparison, 'seats')?.b).toBeCloseTo(meanOf('small', seats), 10)
  expect(found(comparison, 'standard.employees')?.a).toBeCloseTo(
    meanOf('big', ({ employees }) => employees),
    10,
  )
  expect(found(comparison, 'standard.plan', 'big')).toMatchObject({ a: 1, b: 0 })
  // Half of either have it, and twice in one list is one account: no difference to tell.
  expect(found(comparison, 'tools', 'crm')).toBeUndefined()
  expect(JSON.stringify(comparison)).not.toMatch(/Company c|religion/)
})

test('a persona of accounts is drafted from what sets them apart too', async () => {
  const draft = await project.get<PersonaDraft>(`/segments/${big}/persona/draft`)
  expect(draft.talk).toContain('More often “Exported” (90%; of the others 3.3%).')
  // An account has no address of its own.
  expect(draft.talk).not.toContain('E-mail')
  expect((await project.get<PersonaDraft>(`/segments/${small}/persona/draft`)).objections).toContain('Less often “Exported” (3.3%; of the others 90%).')
})

test('alone, a segment of accounts stands beside all others of its type', async () => {
  const alone = await compare({ a: big })
  expect(alone.b).toEqual({ id: null, name: 'All other accounts', size: 30 })
  expect(alone.differences).toEqual((await compare({ a: big, b: small })).differences)
  expect((await compare({ a: big, b: big })).differences).toEqual([])
})

test('people and accounts, and accounts of two types, are not compared', async () => {
  const refused = (reason: string) => expect.objectContaining({ status: 400, message: expect.stringContaining(reason) })
  await expect(compare({ a: people, b: big })).rejects.toEqual(refused('people are compared with people'))
  await expect(compare({ a: big, b: teams })).rejects.toEqual(refused('accounts of another type'))
  await expect(project.post('/segments/overlap', { segments: [big, teams] })).rejects.toEqual(refused('accounts of different types'))
})
