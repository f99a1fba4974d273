import { gzipSync } from 'node:zlib'
import type { ImportMappingInput } from '@kindred/model'
import { describe, expect, test } from 'vitest'
import { importText, mappingProblem, readFile } from './read-file.ts'

describe('people', () => {
  const mapping: ImportMappingInput = {
    decimal: ',',
    person: {
      id: { column: 'id', withoutSuffix: '.0' },
      otherIds: ['email', { column: 'old', prefix: 'shop-' }],
      time: { column: 'changed', format: 'day-first', zone: 'Europe/Dublin' },
      properties: { spent: { column: 'spent', type: 'number' }, born: { column: 'born', type: 'date', format: 'month-first' } },
      setOnce: { source: 'via' },
      accounts: { company: { column: 'firm', withoutSuffix: '.0' } },
    },
  }
  const file = 'id;email;old;changed;spent;born;via;firm\n7.0;ann@x.ie;A1;03/07/2020 10:00;12,5;03/04/1990;ads;9.0\n8.0;;8;04/07/2020;;;;\n'

  test('have several ids, properties that are set always or once, accounts, and a time of their own', async () => {
    const { events, rejects } = await importText(file, mapping)
    expect(rejects).toEqual([])
    const at = Date.UTC(2020, 6, 3, 9)
    expect(events.map(({ uuid, ...event }) => event)).toEqual([
      { event: '$create_alias', distinctId: '7', timestamp: at, otherId: 'ann@x.ie', properties: {} },
      { event: '$create_alias', distinctId: '7', timestamp: at, otherId: 'shop-A1', properties: {} },
      {
        event: '$set',
        distinctId: '7',
        timestamp: at,
        properties: {},
        set: { spent: 12.5, born: '1990-03-04' },
        setOnce: { source: 'ads' },
        groups: { company: '9' },
      },
      { event: '$create_alias', distinctId: '8', timestamp: Date.UTC(2020, 6, 3, 23), otherId: 'shop-8', properties: {} },
      { event: '$set', distinctId: '8', timestamp: Date.UTC(2020, 6, 3, 23), properties: {} },
    ])
  })
  test('are the same in the same file, and new with a corrected mapping', async () => {
    const uuids = async (changed: ImportMappingInput) => (await importText(file, changed)).events.map(({ uuid }) => uuid)
    const first = await uuids(mapping)
    expect(await uuids(mapping)).toEqual(first)
    const person = mapping.person && { ...mapping.person, properties: {} }
    const corrected = await uuids({ ...mapping, person })
    expect(corrected[2]).not.toBe(first[2])
  })
})

test('accounts are told as a server tells of them, and belong to nobody', async () => {
  const { events, progress } = await importText('company_id,name,staff\n10,Acme,25\n,None,1\n', {
    account: { type: 'company', id: 'company_id', whenEmpty: 'skip', properties: { name: 'name', staff: { column: 'staff', type: 'number' } } },
  })
  expect(events).toMatchObject([
    {
      event: '$groupidentify',
      distinctId: '$company_10',
      properties: { $group_type: 'company', $group_key: '10', $group_set: { name: 'Acme', staff: 25 } },
    },
  ])
  expect(progress.skipped).toEqual({ 'no company_id': 1 })
})

describe('a mapping', () => {
  const event = { name: 'x', time: { column: 'a' } }
  test.each<[string, ImportMappingInput, RegExp]>([
    ['of nobody', {}, /give person, account or export/],
    ['of two kinds', { person: { id: 'a' }, account: { type: 't', id: 'a' } }, /not both/],
    ['of an event of an account', { account: { type: 't', id: 'a' }, event }, /needs a person/],
    ['that joins ids with events', { person: { id: 'a', otherIds: ['b'] }, event }, /without an event/],
    ['that sets a property always and once', { person: { id: 'a', properties: { n: 'b' }, setOnce: { n: 'b' } } }, /named twice/],
    ['of an export for a table', { export: 'posthog', format: 'csv' }, /JSON lines or Parquet/],
    ['of Parquet for text', { format: 'parquet', person: { id: 'a' } }, /the file is not Parquet/],
  ])('%s is refused', async (_, mapping, reason) => {
    expect(await mappingProblem('a,b\n2020-01-01,2\n', mapping)).toMatch(reason)
  })
})

describe('exports of PostHog', () => {
  const now = Date.UTC(2026, 0, 1)
  const uuid = '0190f0a2-7c3e-7a2b-8c00-1234567890ab'
  const line = {
    uuid,
    event: '$identify',
    distinct_id: 'ann',
    timestamp: '2024-07-26 10:00:00.000000+00:00',
    // some of their formats write objects as text
    properties: JSON.stringify({ $anon_distinct_id: 'anon-1', $browser: 'Firefox', order: 12345678901234567890n.toString() }),
    set: { plan: 'pro' },
    person: { properties: { email: 'ann@x.ie' } },
    elements_chain: 'a:href="/"',
    ip: '1.2.3.4',
  }
  const text = (...lines: object[]) => `${lines.map((each) => JSON.stringify(each)).join('\n')}\n`

  test('are read as live events, with their uuids; what is no event is a bad row', async () => {
    const { events, rejects } = await importText(
      gzipSync(text(line, { ...line, uuid: 'x' }, { ...line, timestamp: null }, { ...line, distinct_id: '' })),
      {
        export: 'posthog',
      },
      { now },
    )
    expect(events).toEqual([
      {
        uuid,
        event: '$identify',
        distinctId: 'ann',
        timestamp: Date.UTC(2024, 6, 26, 10),
        properties: { $elements_chain: 'a:href="/"', $browser: 'Firefox', order: '12345678901234567890', $ip: '1.2.3.4' },
        set: { plan: 'pro' },
        setOnce: { email: 'ann@x.ie' },
        otherId: 'anon-1',
        ip: '1.2.3.4',
      },
    ])
    expect(rejects.map(({ line: at, column, reason }) => [at, column, reason])).toEqual([
      [2, '', 'x is not a uuid'],
      [3, 'timestamp', '"" is not a time that can be read'],
      [4, '', 'the event has no distinct_id'],
    ])
  })
  test('without uuids are the same events when they come again', async () => {
    const { uuid: _, ...bare } = line
    const read = async () => (await importText(text(bare), { export: 'posthog' }, { now })).events[0]?.uuid
    expect(await read()).toBe(await read())
  })
})

test('exports of Segment are read as live messages; times that were corrected stay as they are', async () => {
  const call = {
    type: 'track',
    messageId: 'ajs-1',
    userId: 'ann',
    anonymousId: 'anon-1',
    event: 'Order Completed',
    properties: { revenue: 12.5 },
    timestamp: '2024-07-26T10:00:00.000Z',
    sentAt: '2024-07-26T10:09:00.000Z',
    receivedAt: '2024-07-26T10:00:05.000Z',
    context: { library: { name: 'analytics.js' } },
  }
  const lines = [call, { ...call, type: 'group', messageId: 'ajs-2', groupId: 'g1', traits: { name: 'Acme' } }, { ...call, type: 'sing', messageId: 'ajs-3' }]
  const { events, rejects } = await importText(lines.map((each) => JSON.stringify(each)).join('\n'), { export: 'segment' })
  expect(events).toMatchObject([
    { event: 'Order Completed', distinctId: 'ann', timestamp: Date.UTC(2024, 6, 26, 10), properties: { revenue: 12.5, $lib: 'analytics.js' } },
    { event: '$groupidentify', properties: { $group_key: 'g1', $group_set: { name: 'Acme' } } },
  ])
  expect(rejects).toMatchObject([{ line: 3, reason: expect.stringContaining('sing') }])
})

test('rows with a NUL are bad rows, a file full of them is no text', async () => {
  const padding = Array.from({ length: 50 }, (_, index) => `${index},ok`).join('\n')
  const { rows, bad } = await readFile(`a,b\n${padding}\n1,x\0y\n2,z\n`)
  expect(rows).toHaveLength(51)
  expect(bad).toMatchObject([{ line: 52, reason: 'the row holds a NUL, which no text does' }])
  await expect(readFile(Buffer.alloc(1000))).rejects.toThrow('it is not a text file')
})
