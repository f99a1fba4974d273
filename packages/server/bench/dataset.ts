import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type BoundValue, raw, render } from '@kindred/engine'
import { openChdbStore } from '../src/store/clickhouse/chdb.ts'
import type { Store } from '../src/store/clickhouse/store.ts'

/** Where benchmarks keep what they make. */
export const benchFolder = resolve(import.meta.dirname, '../../../.cache/bench')

/** The year that the data set covers ends here: the moment questions are asked at. */
export const datasetNow = Date.UTC(2026, 0, 1)
const yearMilliseconds = 365 * 86_400_000

export interface DatasetSize {
  events: number
  people: number
}

/** 10 million events belong to 500,000 people; other sizes keep the proportion. */
export function datasetSize(events: number): DatasetSize {
  return { events, people: Math.max(1000, Math.round(events / 20)) }
}

const megabyte = 1024 * 1024
const chunk = 500_000

/** Opens the data set of this size, made by the engine itself the first time: 12 months, 300 property names, skewed activity, a fifth of the people in accounts. */
export async function openDataset({ events, people }: DatasetSize, say: (line: string) => void): Promise<Store> {
  const folder = join(benchFolder, `shop-${events}`)
  const complete = join(folder, 'complete')
  if (existsSync(folder) && !existsSync(complete)) throw new Error(`${folder} is not complete. Remove it and start again.`)
  mkdirSync(folder, { recursive: true })
  const store = await openChdbStore({ path: join(folder, 'store'), memoryBytes: 4096 * megabyte, queryMemoryBytes: 3072 * megabyte, querySeconds: 600 })
  if (existsSync(complete)) return store
  for (let from = 0; from < events; from += chunk) {
    await command(store, eventsSql(events), { from, rows: Math.min(chunk, events - from), people, end: datasetNow, length: yearMilliseconds })
    say(`made ${Math.min(events, from + chunk).toLocaleString('en')} of ${events.toLocaleString('en')} events`)
  }
  await command(store, personsSql, { people })
  await command(store, overridesSql, { people })
  await command(store, activitySql, {})
  await command(store, accountsSql, { people })
  await command(store, accountPeopleSql, {})
  for (const table of ['events', 'persons', 'person_overrides', 'person_activity', 'accounts', 'account_people'])
    await command(store, `optimize table kindred.${table} final`, {})
  writeFileSync(complete, '')
  return store
}

async function command(store: Store, text: string, params: Record<string, BoundValue>): Promise<void> {
  await store.command({ ...render(raw(text)), params }, { seconds: 3600 })
}

/** A number in [0, 1) that depends only on the row and on `salt`. */
const draw = (salt: number) => `(cityHash64(number, ${salt}) % 1000000007) / 1000000007`
/** One of a list, all equally likely. */
const oneOf = (salt: number, values: readonly string[]) =>
  `[${values.map((value) => `'${value}'`).join(', ')}][1 + cityHash64(number, ${salt}) % ${values.length}]`

/** A hundredth of the ids were merged into other people. */
const idsPerPerson = 1.01
/** The exponent makes few people do much: the busiest hundredth sends about a thirteenth of the events. */
const person = `1 + toUInt64({people:Float64} * ${idsPerPerson} * pow(${draw(1)}, 1.8))`

/** One account for so many people, a fifth of whom are in it. */
const peoplePerAccount = 25

const names = 300
/** Five properties of each event, out of 300 names that are not equally common; texts, whole and broken numbers, yes and no. */
const extra = [0, 1, 2, 3, 4]
  .map((slot) => {
    const name = `toString(toUInt16(${names / 5} * pow(${draw(20 + slot)}, 2)) + ${(slot * names) / 5})`
    const value = [
      `concat('"', ${oneOf(30 + slot, ['alpha', 'beta', 'gamma', 'delta', 'epsilon'])}, '"')`,
      `toString(cityHash64(number, ${40 + slot}) % 1000)`,
      `toString(round(${draw(50 + slot)} * 100, 2))`,
      `if(cityHash64(number, ${60 + slot}) % 2 = 0, 'true', 'false')`,
      `concat('"', hex(cityHash64(number, ${70 + slot})), '"')`,
    ][slot]
    return `', "property_', ${name}, '": ', ${value}`
  })
  .join(', ')

const categories = ['shoes', 'jackets', 'bags', 'kitchen', 'toys', 'garden', 'books', 'music']
const eventNames =
  "multiIf(kind < 40, '$pageview', kind < 65, 'product_viewed', kind < 75, 'product_added_to_cart', kind < 83, 'app_opened', kind < 90, 'products_searched', kind < 94, 'checkout_started', 'order_completed')"

function eventsSql(events: number): string {
  return `insert into kindred.events
  (project_id, event, timestamp, actor_id, person_id, uuid, distinct_id, session_id, current_url, host, pathname, referrer, referring_domain, browser, os,
   device_type, lib, country_code, country_name, groups, properties, received_at, position, source)
with
  cityHash64(number, 2) % 100 as kind,
  ${person} as who,
  {end:Int64} - {length:Int64} + toInt64({length:Int64} * (number / ${events})) as at,
  cityHash64(who, 3) % 12 as place
select
  1, ${eventNames}, fromUnixTimestamp64Milli(at, 'UTC'), who, who, generateUUIDv4(number), concat('person-', toString(who)),
  hex(cityHash64(who, intDiv(at, 3600000))), concat('https://shop.example', path), 'shop.example',
  ['/', '/c/shoes', '/c/bags', '/p/1', '/p/2', '/p/3', '/cart', '/checkout'][1 + cityHash64(number, 4) % 8] as path,
  '', ${oneOf(5, ['$direct', 'www.google.com', 'www.instagram.com'])}, ${oneOf(6, ['Chrome', 'Mobile Safari', 'Firefox', 'Microsoft Edge', 'Safari'])},
  ${oneOf(7, ['Windows', 'iOS', 'Android', 'Mac OS X'])}, ${oneOf(8, ['Desktop', 'Mobile', 'Mobile', 'Tablet'])}, 'web',
  ['IE', 'GB', 'DE', 'FR', 'NL', 'ES', 'IT', 'SE', 'US', 'CA', 'BR', 'IN'][1 + place],
  ['Ireland', 'United Kingdom', 'Germany', 'France', 'Netherlands', 'Spain', 'Italy', 'Sweden', 'United States', 'Canada', 'Brazil', 'India'][1 + place],
  if(cityHash64(who, 17) % 5 = 0, map('company', concat('company-', toString(1 + who % intDiv({people:UInt64}, ${peoplePerAccount})))), map()),
  concat('{"category": "', ${oneOf(9, categories)}, '", "quantity": ', toString(1 + cityHash64(number, 10) % 4),
    if(kind >= 94, concat(', "currency": "EUR", "revenue": ', if(cityHash64(number, 11) % 4 = 0, toString(10 + cityHash64(number, 12) % 200), toString(round(10 + ${draw(13)} * 200, 2)))), ''),
    ${extra}, '}'),
  fromUnixTimestamp64Milli(at, 'UTC'), number + 1, 'posthog'
from numbers({from:UInt64}, {rows:UInt64})`
}

const personsSql = `insert into kindred.persons (project_id, person_id, version, is_deleted, is_identified, has_profile, created_at, distinct_ids, properties)
select 1, number + 1, 1, 0, number % 3 = 0, 1, toDateTime64('2025-01-01 00:00:00', 3, 'UTC'), [concat('person-', toString(number + 1))],
  concat('{"country": "', ${oneOf(14, ['IE', 'GB', 'DE', 'FR', 'US', 'BR'])}, '", "plan": "', ${oneOf(15, ['free', 'plus', 'pro'])}, '", "age": ', toString(18 + cityHash64(number, 16) % 60),
    ', "email": "person', toString(number + 1), '@example.com"}')
from numbers({people:UInt64})`

const overridesSql = `insert into kindred.person_overrides (project_id, from_id, to_id, version)
select 1, {people:UInt64} + number + 1, number + 1, 1 from numbers(toUInt64({people:UInt64} * ${(idsPerPerson - 1).toFixed(2)}) + 1)`

const activitySql = `insert into kindred.person_activity (project_id, person_id, first_seen, last_seen, events)
select 1, person_id, min(timestamp), max(timestamp), count() from kindred.events where project_id = 1 group by person_id`

const accountsSql = `insert into kindred.accounts (project_id, account_id, version, is_deleted, type, key, created_at, properties)
select 1, number + 1, 1, 0, 'company', concat('company-', toString(number + 1)), toDateTime64('2025-01-01 00:00:00', 3, 'UTC'),
  concat('{"industry": "', ${oneOf(18, ['retail', 'software', 'health', 'logistics'])}, '"}')
from numbers(intDiv({people:UInt64}, ${peoplePerAccount}))`

const accountPeopleSql = `insert into kindred.account_people (project_id, account_id, person_id, first_seen, last_seen)
select 1, toUInt64(substring(groups['company'], 9)), person_id, min(timestamp), max(timestamp) from kindred.events where project_id = 1 and notEmpty(groups) group by all`
