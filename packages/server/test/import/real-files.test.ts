import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CapturedEvent, ImportMappingInput } from '@kindred/model'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { importText } from './read-file.ts'

const data = join(process.env.KINDRED_SHARED ?? join(import.meta.dirname, '..', '..', '..', '..', '..', 'shared'), 'data')
const present = existsSync(data)
if (!present) console.log(`skipped: there is no ${data}`)

function importReal(file: string, mapping: string) {
  const text = readFileSync(join(import.meta.dirname, '..', '..', 'mappings', `${mapping}.yaml`), 'utf8')
  return importText(readFileSync(join(data, file)), parse(text) as ImportMappingInput)
}

const cents = (events: CapturedEvent[]) => events.reduce((sum, { properties }) => sum + Math.round(Number(properties.revenue) * 100), 0)
const people = (events: CapturedEvent[]) => new Set(events.map(({ distinctId }) => distinctId)).size
const uuids = (events: CapturedEvent[]) => new Set(events.map(({ uuid }) => uuid)).size

/** Figures that other readings of these files give. */
describe.skipIf(!present)('real files with the mappings that come along', () => {
  test('Complete Journey: households, baskets and sales', async () => {
    const { events, rejects, progress } = await importReal('completejourney/transactions_sample.csv.gz', 'completejourney-transactions')
    expect(rejects).toEqual([])
    expect(progress.rows).toBe(75_000)
    expect({ people: people(events), baskets: events.length, cents: cents(events), uuids: uuids(events) }).toEqual({
      people: 2377,
      baskets: 47_243,
      cents: 23_393_524,
      uuids: 47_243,
    })
  })
  test('CDNOW: customers, purchases, and who came back within 39 weeks', async () => {
    const { events, rejects } = await importReal('cdnow/CDNOW_sample.txt', 'cdnow')
    expect(rejects).toEqual([])
    expect({ events: events.length, people: people(events), uuids: uuids(events) }).toEqual({ events: 6919, people: 2357, uuids: 6919 })
    // Days, as the published count has them: a second purchase on the same day is no return.
    const days = new Map<string, Set<number>>()
    for (const { distinctId, timestamp } of events) {
      const day = Math.round((timestamp - Date.parse('1997-01-01T05:00:00Z')) / 86_400_000)
      if (day < 39 * 7) days.set(distinctId, (days.get(distinctId) ?? new Set()).add(day))
    }
    const returned = [...days.values()].filter((own) => own.size > 1)
    expect(returned).toHaveLength(946)
  })
  test('Telco: churned customers and the blank totals', async () => {
    const { events, rejects } = await importReal('telco/telco-customer-churn.csv.gz', 'telco-churn')
    expect(rejects).toEqual([])
    expect(events).toHaveLength(7043)
    expect(events.filter(({ set }) => set?.churned === true)).toHaveLength(1869)
    expect(events.filter(({ set }) => set !== undefined && !('total_charges' in set))).toHaveLength(11)
  })
  test.each([
    ['completejourney/demographics.csv.gz', 'completejourney-demographics', 801],
    ['bank/bank-additional-full.csv.gz', 'bank-marketing', 41_188],
    ['wholesale/wholesale_customers.csv', 'wholesale', 440],
    ['surveys/mcdonalds.csv', 'mcdonalds-survey', 1453],
  ])('%s: every row a person', async (file, mapping, rows) => {
    const { events, rejects } = await importReal(file, mapping)
    expect(rejects).toEqual([])
    expect({ events: events.length, people: people(events), uuids: uuids(events) }).toEqual({ events: rows, people: rows, uuids: rows })
  })
})
