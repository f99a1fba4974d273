import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import type { ImportMappingInput, ImportState } from '@kindred/model'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ImportServer, makeDataDir, removeDataDir, startImportServer } from './import-server.ts'

const dataDir = makeDataDir()
const importRoot = makeDataDir()
let server: ImportServer

beforeAll(async () => {
  server = await startImportServer(dataDir, { importRoot })
})
afterAll(async () => {
  await server.close()
  removeDataDir(dataDir)
  removeDataDir(importRoot)
})

const seen = (source: string): ImportMappingInput => ({
  source,
  person: { id: 'who' },
  event: { name: 'seen', time: { column: 'at' }, properties: { n: 'n', source: { value: source } } },
})
const rows = (count: number) => `who,at,n\n${Array.from({ length: count }, (_, index) => `p${index % 50},2011-01-01 10:00:00,${index}`).join('\n')}\n`
const stored = async (source: string) => {
  const [row] = await server.query<{ events: string; different: string }>(
    `select count() as events, uniqExact(uuid) as different from kindred.events where event = 'seen' and toString(properties.source) = '${source}'`,
  )
  return { events: Number(row?.events), different: Number(row?.different) }
}
const running = async (id: number, until: (state: ImportState) => boolean) => {
  for (;;) {
    const state = await server.ask<ImportState>('GET', `/${id}`)
    if (until(state) || state.state === 'done' || state.state === 'failed') return state
    await wait(5)
  }
}

test('good rows go in, bad rows are kept and downloaded with line, column, reason and the row', async () => {
  const { id } = await server.start('who,at,n\na,2011-01-01,1\nb,never,"2,5"\n,2011-01-01,3\n=c,2011-01-01\n', seen('rejects'))
  expect(await server.ended(id)).toMatchObject({ state: 'done', rows: 4, events: 1, people: 1, rejected: 3, skipped: {}, duplicates: 0 })
  expect(await server.ask('GET', `/${id}/rejects`)).toBe(
    [
      'line,column,reason,row',
      '3,at,"""never"" is not a time that can be read","b,never,""2,5"""',
      '4,who,the person id is empty,",2011-01-01,3"',
      '5,,the row has 2 cells where 3 columns are named,"\'=c,2011-01-01"',
      '',
    ].join('\r\n'),
  )
})

test('the same file twice adds nothing; a longer one adds its new rows', async () => {
  const first = await server.ended((await server.start(rows(300), seen('twice'))).id)
  expect(first).toMatchObject({ events: 300, duplicates: 0, people: 50 })
  expect(await server.ended((await server.start(gzipSync(rows(300)), seen('twice'))).id)).toMatchObject({ state: 'done', events: 0, duplicates: 300 })
  expect(await server.ended((await server.start(rows(320), seen('twice'))).id)).toMatchObject({ state: 'done', events: 20, duplicates: 300, people: 20 })
  expect(await stored('twice')).toEqual({ events: 320, different: 320 })
})

test('a cancelled import keeps what is in, waits, and goes on where it stopped', async () => {
  const { id } = await server.start(rows(30_000), seen('cancelled'))
  await running(id, (state) => state.events > 0)
  const cancelled = await server.ask<ImportState>('POST', `/${id}/cancel`)
  expect(cancelled).toMatchObject({ state: 'cancelled' })
  expect(cancelled.events).toBeGreaterThan(0)
  expect(cancelled.events).toBeLessThan(30_000)
  await expect(server.ask('POST', `/${id}/cancel`)).rejects.toThrow('import/state')
  await server.ask('POST', `/${id}/resume`)
  const done = await server.ended(id)
  expect(done).toMatchObject({ state: 'done', rows: 30_000, people: 50 })
  expect(done.events + done.duplicates).toBe(30_000)
  expect(await stored('cancelled')).toEqual({ events: 30_000, different: 30_000 })
  await expect(server.ask('POST', `/${id}/resume`)).rejects.toThrow('import/state')
})

test('an import that a stopped server left behind goes on when it starts again', async () => {
  const { id } = await server.start(rows(30_000), seen('restart'))
  const { id: next } = await server.start(rows(10), seen('after'))
  await running(id, (state) => state.events > 0)
  await server.close()
  server = await startImportServer(dataDir, { importRoot })
  expect(await server.ended(id)).toMatchObject({ state: 'done', rows: 30_000 })
  expect(await server.ended(next)).toMatchObject({ state: 'done', events: 10 })
  expect(await stored('restart')).toEqual({ events: 30_000, different: 30_000 })
})

test('one import runs at a time, and one that waits can be cancelled', async () => {
  const { id: first } = await server.start(rows(10_000), seen('queue'))
  const { id: second } = await server.start(rows(10), seen('queued'))
  expect(await server.ask('POST', `/${second}/cancel`)).toMatchObject({ state: 'cancelled', events: 0 })
  expect(await server.ended(first)).toMatchObject({ state: 'done' })
  expect(await server.ended(second)).toMatchObject({ state: 'cancelled' })
})

describe('the wizard', () => {
  test('sees types, samples and empties, and guesses orders from lines', async () => {
    const file =
      'InvoiceNo;StockCode;Quantity;InvoiceDate;UnitPrice;CustomerID;Country\n536365;0042;6;1/12/2010 8:26;2.55;17850.0;UK\n536365;71053;-1;1/12/2010 8:26;3.39;17850.0;UK\n536366;0042;1;13/12/2010 9:00;2.55;;FR\n'
    const { columns, guess, delimiter, sample } = await server.inspect('lines.csv', file)
    expect(delimiter).toBe(';')
    expect(columns).toEqual([
      { name: 'InvoiceNo', type: 'number', samples: ['536365', '536366'], empty: 0 },
      { name: 'StockCode', type: 'text', samples: ['0042', '71053'], empty: 0 },
      { name: 'Quantity', type: 'number', samples: ['6', '-1', '1'], empty: 0 },
      { name: 'InvoiceDate', type: 'date', samples: ['1/12/2010 8:26', '13/12/2010 9:00'], empty: 0 },
      { name: 'UnitPrice', type: 'number', samples: ['2.55', '3.39'], empty: 0 },
      { name: 'CustomerID', type: 'number', samples: ['17850.0'], empty: 1 },
      { name: 'Country', type: 'text', samples: ['UK', 'FR'], empty: 0 },
    ])
    expect(sample[0]).toMatchObject({ InvoiceNo: '536365', Country: 'UK' })
    expect(guess).toMatchObject({
      format: 'csv',
      delimiter: ';',
      person: { id: { column: 'CustomerID', withoutSuffix: '.0' }, whenEmpty: 'skip', properties: { country: { column: 'Country', type: 'text' } } },
      event: {
        name: 'order_completed',
        rules: [{ when: { column: 'Quantity', lessThan: 0 }, event: 'order_refunded' }],
        time: { column: 'InvoiceDate', format: 'day-first' },
        totals: { revenue: { multiply: ['Quantity', 'UnitPrice'] } },
        group: {
          by: ['InvoiceNo'],
          items: { fields: { product_id: { column: 'StockCode', type: 'text' }, quantity: { column: 'Quantity' }, price: { column: 'UnitPrice' } } },
        },
      },
    })
  })
  test('its guess can be imported as it is', async () => {
    const { uploadId, guess } = await server.inspect('clients.csv', 'customerID,gender,tenure,Churn\n7590-VHVEG,Female,1,No\n5575-GNVDE,Male,34,Yes\n')
    const { id } = await server.ask<ImportState>('POST', '', { uploadId, mapping: guess })
    expect(await server.ended(id)).toMatchObject({ state: 'done', rows: 2, events: 2, people: 2, rejected: 0 })
  })
  test('files that cannot be read say why, and leave nothing behind', async () => {
    // by name, not by number: the files of imports that have just ended may be on their way out
    const before = readdirSync(join(dataDir, 'uploads'))
    await expect(server.inspect('x.csv', Buffer.from('PK\u0003\u0004'))).rejects.toThrow('save it as CSV')
    expect(readdirSync(join(dataDir, 'uploads')).filter((name) => !before.includes(name))).toEqual([])
  })
})

describe('mistakes in a request', () => {
  test('a mapping that does not fit is refused at once, with the place', async () => {
    await expect(server.start('a,b\n1,2\n', { person: { id: 'who' } })).rejects.toThrow('import/invalid-mapping')
    const { uploadId } = await server.inspect('x.csv', 'a,b\n1,2\n')
    const reply = await server.app.inject({
      method: 'POST',
      url: '/api/v1/projects/1/imports',
      payload: { uploadId, mapping: { person: { id: 'a' }, event: { name: 'x', time: { column: 'b', zoned: 1 } } } },
    })
    expect(reply.json()).toMatchObject({ error: { code: 'import/invalid-mapping', details: { field: 'event.time' } } })
  })
  test('uploads, imports and rejects that are not there', async () => {
    const mapping = seen('x')
    for (const uploadId of ['nope', '../catalog.sqlite', crypto.randomUUID()])
      await expect(server.ask('POST', '', { uploadId, mapping })).rejects.toThrow('import/upload-not-found')
    await expect(server.ask('GET', '/9999')).rejects.toThrow('import/not-found')
    await expect(server.ask('GET', '/9999/rejects')).rejects.toThrow('import/not-found')
    await expect(server.ask('POST', '', { uploadId: 'x', path: 'y', mapping })).rejects.toThrow('request/invalid')
  })
})

describe('imports by path', () => {
  const start = (path: string) => server.ask<ImportState>('POST', '', { path, mapping: seen('path') })

  test('read files below the import root only', async () => {
    mkdirSync(join(importRoot, 'shop'))
    writeFileSync(join(importRoot, 'shop', 'orders.csv'), rows(5))
    writeFileSync(join(dataDir, 'outside.csv'), rows(5))
    symlinkSync(join(dataDir, 'outside.csv'), join(importRoot, 'link.csv'))
    symlinkSync(dataDir, join(importRoot, 'linked'))
    mkdirSync(`${importRoot}-beside`)
    writeFileSync(`${importRoot}-beside/x.csv`, rows(5))
    try {
      expect(await server.ended((await start('shop/orders.csv')).id)).toMatchObject({ state: 'done', name: 'orders.csv', events: 5 })
      expect(await server.ended((await start(join(importRoot, 'shop', 'orders.csv'))).id)).toMatchObject({ state: 'done', duplicates: 5 })
      // What is not ours is never removed.
      expect(readFileSync(join(importRoot, 'shop', 'orders.csv'), 'utf8')).toBe(rows(5))
      const forbidden = [
        '/etc/passwd',
        '../etc/passwd',
        `../${dataDir.split('/').at(-1)}/outside.csv`,
        'link.csv',
        'linked/outside.csv',
        'shop',
        '.',
        '',
        'shop/../..',
        `${importRoot}-beside/x.csv`,
        'missing.csv',
        'shop/orders.csv\0.txt',
        '/dev/zero',
      ]
      for (const path of forbidden) await expect(start(path), path).rejects.toThrow(path === '' ? 'request/invalid' : 'import/forbidden-path')
    } finally {
      removeDataDir(`${importRoot}-beside`)
    }
  })
})

test('an upload that nothing uses is removed after a day, one that waits is kept', async () => {
  const { uploadId } = await server.inspect('old.csv', rows(3))
  const path = join(dataDir, 'uploads', uploadId ?? '')
  const old = new Date(Date.now() - 25 * 3_600_000)
  for (const file of [path, `${path}.json`]) utimesSync(file, old, old)
  await server.inspect('new.csv', rows(3))
  expect(existsSync(path)).toBe(false)
  expect(existsSync(`${path}.json`)).toBe(false)
})
