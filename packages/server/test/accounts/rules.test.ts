import { afterAll, beforeAll, expect, test } from 'vitest'
import { mostAccountTypes } from '../../src/accounts/accounts.ts'
import { peopleOf } from '../identity/people-of.ts'
import { openWayIn, type WayIn } from '../pipeline/way-in.ts'
import { accountsOf } from './accounts-of.ts'

let wayIn: WayIn
beforeAll(async () => {
  wayIn = await openWayIn()
})
afterAll(() => wayIn.close())

const day = 86_400_000
const start = Date.UTC(2026, 0, 1)
const at = (days: number) => ({ timestamp: new Date(start + days * day).toISOString() })
const groups = (id: string, days: number, of: object) => ({ event: 'x', distinct_id: id, ...at(days), properties: { $groups: of } })
const told = (id: string, [type, key, days = 0]: readonly [string, string, number?], set: object) => ({
  event: '$groupidentify',
  distinct_id: id,
  ...at(days),
  properties: { $group_type: type, $group_key: key, $group_set: set },
})

async function after(...batches: object[][]) {
  const project = wayIn.project()
  for (const events of batches) {
    await wayIn.send(project, events)
    await wayIn.ingest.drained()
  }
  const people = new Map((await peopleOf(wayIn, project)).map(({ id, ids }) => [id, ids.join()]))
  const accounts = await accountsOf(wayIn, project)
  const members = accounts.map(({ type, key, people: each }) => [
    `${type} ${key}`,
    each.map(([id, first, last]) => [people.get(id), (first - start) / day, (last - start) / day]),
  ])
  return { project, accounts, members: Object.fromEntries(members) as Record<string, unknown> }
}
const hints = (project: number) =>
  wayIn.catalog.prepare(`select reason, count from counters where project_id = ? and kind = 'hint' order by reason`).all(project)

test('a person may be in several accounts of several types, first and last seen by the events’ own time', async () => {
  const { members } = await after(
    [groups('ann', 5, { company: 'acme', team: 'red' }), groups('ann', 2, { company: 'acme' }), groups('bob', 3, { company: 'acme' })],
    [groups('ann', 9, { company: 'acme' }), groups('ann', 4, { company: 'other' })],
  )
  expect(members).toEqual({
    'company acme': [
      ['ann', 2, 9],
      ['bob', 3, 3],
    ],
    'company other': [['ann', 4, 4]],
    'team red': [['ann', 5, 5]],
  })
})

test('what is set once stays as it came first, and gives way to what is set', async () => {
  const once = (set: object, setOnce: object) => ({
    event: '$groupidentify',
    distinct_id: 'ann',
    ...at(1),
    properties: { $group_type: 'company', $group_key: 'acme', $group_set: set, $group_set_once: setOnce },
  })
  const { accounts } = await after([once({ plan: 'free' }, { founded: 1999, plan: 'none' })], [once({}, { founded: 2001, plan: 'pro', size: 5 })])
  expect(accounts.map(({ properties }) => properties)).toEqual([{ plan: 'free', founded: 1999, size: 5 }])
})

test('properties are set in the order of arrival, and each keeps the event that set it', async () => {
  const acme: [string, string] = ['company', 'acme']
  const { project, accounts } = await after(
    [told('ann', [...acme, 3], { size: 5, name: 'Acme' }), told('ann', [...acme, 4], { size: 5 })],
    [told('bob', [...acme, 1], { size: 9, old: null })],
  )
  expect(accounts.map(({ properties }) => properties)).toEqual([{ size: 9, name: 'Acme', old: null }])
  const row = wayIn.catalog.prepare('select origins, version from accounts where project_id = ?').get(project) as { origins: string; version: number }
  const origins = JSON.parse(row.origins) as Record<string, { at: number; source: string; position: number }>
  expect([origins.name?.at, origins.size?.at, origins.size?.source]).toEqual([start + 3 * day, start + day, 'posthog'])
  const [event] = await wayIn.rows<{ position: string }>(
    `select toString(max(position)) as position from kindred.events where project_id = ${project} and properties.$group_set.old is null`,
  )
  expect(String(origins.size?.position)).toBe(event?.position)
  expect(row.version).toBe(2)
})

test('who are merged are in the accounts of both, in the same batch and later, through a chain', async () => {
  const identify = (id: string, anon: string) => ({ event: '$identify', distinct_id: id, ...at(20), properties: { $anon_distinct_id: anon } })
  const merge = { event: '$merge_dangerously', distinct_id: 'root', ...at(21), properties: { alias: 'ann' } }
  const { members } = await after(
    [groups('anon', 1, { company: 'acme' }), groups('ann', 3, { company: 'acme' }), groups('anon', 2, { team: 'red' })],
    [groups('anon', 8, { company: 'acme' }), identify('ann', 'anon'), groups('anon', 9, { company: 'late' })],
    [groups('root', 30, { company: 'own' }), merge, groups('anon', 31, { team: 'blue' })],
  )
  expect(members).toEqual({
    'company acme': [['ann,anon,root', 1, 8]],
    'company late': [['ann,anon,root', 9, 9]],
    'company own': [['ann,anon,root', 30, 30]],
    'team blue': [['ann,anon,root', 31, 31]],
    'team red': [['ann,anon,root', 2, 2]],
  })
})

test('an account told of by a server alone has no people; who asks for no profile changes no account', async () => {
  const { members, accounts } = await after([
    told('$company_acme', ['company', 'acme'], { size: 1 }),
    {
      ...told('ann', ['company', 'acme'], { size: 2 }),
      properties: { $group_type: 'company', $group_key: 'acme', $group_set: { size: 2 }, $process_person_profile: false },
    },
    { ...groups('ann', 1, {}), properties: { $groups: { company: 'none' }, $process_person_profile: false } },
  ])
  expect(members).toEqual({ 'company acme': [] })
  expect(accounts[0]?.properties).toEqual({ size: 1 })
})

test('projects do not share accounts, and keys that look alike together are told apart', async () => {
  const one = await after([groups('ann', 1, { 'a b': 'c', a: 'b c', é: '日本' })])
  const two = await after([groups('ann', 1, { 'a b': 'c' })])
  expect(Object.keys(one.members)).toEqual(['a b c', 'a b c', 'é 日本'].filter((name, index, all) => all.indexOf(name) === index))
  expect(one.accounts.map(({ type, key }) => [type, key])).toEqual([
    ['a', 'b c'],
    ['a b', 'c'],
    ['é', '日本'],
  ])
  expect(two.accounts).toHaveLength(1)
})

test('types beyond the limit are left out by name; so is an account without a key', async () => {
  const types = Array.from({ length: mostAccountTypes + 2 }, (_, index) => groups('ann', index, { [`type ${index}`]: 'k' }))
  const { project, accounts } = await after([...types, { event: '$groupidentify', distinct_id: 'ann', ...at(1), properties: { $group_type: 'company' } }])
  expect(accounts).toHaveLength(mostAccountTypes)
  expect(hints(project)).toEqual([
    { reason: 'account-without-key', count: 1 },
    { reason: 'too-many-account-types', count: 2 },
  ])
})
