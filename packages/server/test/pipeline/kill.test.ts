import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type Database from 'better-sqlite3'
import { build } from 'tsdown'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { EnrichersCatalog } from '../../src/enrich/enrichers.ts'
import { Geography } from '../../src/enrich/geo.ts'
import { openSqliteLog } from '../../src/log/sqlite.ts'
import { Pipeline } from '../../src/pipeline/pipeline.ts'
import { openCatalog } from '../../src/store/catalog/catalog.ts'
import { openSqlite } from '../../src/store/catalog/open-sqlite.ts'
import serverBuild from '../../tsdown.config.ts'
import { accountsOf } from '../accounts/accounts-of.ts'
import { peopleOf } from '../identity/people-of.ts'
import { acknowledged, eventsPerBatch, months, uuidOf } from './kill-load.ts'
import { openWayIn, type WayIn } from './way-in.ts'

/** `KINDRED_RUNS=100` kills as often as is worth waiting for now and then. */
const kills = Number(process.env.KINDRED_RUNS ?? 20)
const packageFolder = fileURLToPath(new URL('../..', import.meta.url))
/** Below node_modules, so that the bundle finds its packages. */
const bundle = join(packageFolder, `../../node_modules/.kill-test-${process.pid}`)
let wayIn: WayIn | undefined

// Twenty starts from source would take longer than all the rest.
beforeAll(async () => {
  const entry = [fileURLToPath(new URL('./kill-child.ts', import.meta.url)), 'src/**/*-worker.ts']
  await build({ ...serverBuild, config: false, cwd: packageFolder, entry, outDir: bundle, sourcemap: false, logLevel: 'warn' })
}, 120_000)
afterAll(async () => {
  await wayIn?.close()
  rmSync(bundle, { recursive: true, force: true })
})

/** What the sender knows: batches up to `next` were tried, those in `done` were acknowledged. */
interface Sender {
  next: number
  done: Set<number>
}

/** Runs the way in under load and kills it: every fourth time anywhere in its start, else a while after the first acknowledgement. */
async function runAndKill(folder: string, { project, sender, round }: { project: number; sender: Sender; round: number }): Promise<void> {
  const again = Array.from({ length: sender.next }, (_, batch) => batch).filter((batch) => !sender.done.has(batch))
  const args = [join(bundle, 'kill-child.js'), folder, String(project), String(sender.next), JSON.stringify(again)]
  const running = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const closed = once(running, 'close')
  const lines = createInterface({ input: running.stdout })
  const first = new Promise<void>((resolve) => {
    lines.on('line', (line) => {
      if (!line.startsWith(acknowledged)) return
      const batch = Number(line.slice(acknowledged.length))
      sender.done.add(batch)
      // Four are sent at a time, so a few beyond the last acknowledged may be on their way.
      sender.next = Math.max(sender.next, batch + 5)
      resolve()
    })
  })
  const ended = closed.then(() => Promise.reject(new Error('the way in ended by itself')))
  if (round % 4 === 3) await Promise.race([sleep(300 + Math.random() * 700), first, ended])
  else await Promise.race([first.then(() => sleep(Math.random() * 800)), ended])
  ended.catch(() => undefined)
  running.kill('SIGKILL')
  await closed
}

test(
  'killed at random instants under load: nothing acknowledged is lost, nothing is there twice, in any table',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kindred-kill-'))
    const prepared = await openWayIn({}, folder, { keep: true })
    const project = prepared.project()
    await prepared.close()
    const sender: Sender = { next: 0, done: new Set() }
    for (let round = 0; round < kills; round++) await runAndKill(folder, { project, sender, round })

    wayIn = await openWayIn({}, folder)
    await wayIn.ingest.drained()
    const one = async <Row>(sql: string) => (await (wayIn as WayIn).rows<Row>(sql))[0] as Row
    const where = `where project_id = ${project}`
    const events = await one<{ n: string; unique: string; months: string; uuids: string[] }>(
      `select count() as n, uniqExact(uuid) as unique, uniqExact(toYYYYMM(timestamp)) as months, groupArray(toString(uuid)) as uuids from kindred.events ${where}`,
    )
    const stored = new Set(events.uuids)
    const lost = [...sender.done].flatMap((batch) =>
      Array.from({ length: eventsPerBatch }, (_, index) => uuidOf(batch, index)).filter((uuid) => !stored.has(uuid)),
    )
    expect(lost).toEqual([])
    expect(events.unique).toBe(events.n)
    expect(Number(events.months)).toBe(months)
    expect(sender.done.size).toBeGreaterThan(kills)

    // One change per event, at its position; activity adds up; one row per version of a person and per override.
    const changes = await one(
      `select count() as n, uniqExact(position) as positions, countIf(position not in (select position from kindred.events ${where})) as strange
     from kindred.person_property_changes ${where} and key = 'last' and person_id in (select actor_id from kindred.events ${where})
       and (position, value) in (select position, concat('"', toString(uuid), '"') from kindred.events ${where})`,
    )
    expect(changes).toEqual({ n: events.n, positions: events.n, strange: '0' })
    const doubled = await one(`select
    (select count() - uniqExact(person_id, key, position) from kindred.person_property_changes ${where}) as changes,
    (select count() - uniqExact(person_id, version) from kindred.persons ${where}) as persons,
    (select count() - uniqExact(from_id, version) from kindred.person_overrides ${where}) as overrides,
    (select count() - uniqExact(account_id, version) from kindred.accounts ${where}) as accounts`)
    expect(doubled).toEqual({ changes: '0', persons: '0', overrides: '0', accounts: '0' })
    const activity = await one(`select countIf(e.n != a.n or e.first != a.first or e.last != a.last) as wrong, sum(a.n) as n from
    (select actor_id, count() as n, min(timestamp) as first, max(timestamp) as last from kindred.events ${where} group by actor_id) e
    full join (select person_id, sum(events) as n, min(first_seen) as first, max(last_seen) as last from kindred.person_activity ${where} group by person_id) a
    on a.person_id = e.actor_id`)
    expect(activity).toEqual({ wrong: '0', n: events.n })

    const people = await peopleOf(wayIn, project)
    expect(people.flatMap(({ ids }) => ids)).toHaveLength(new Set(people.flatMap(({ ids }) => ids)).size)
    const overrides = await wayIn.rows<{ from: string; to: string }>(
      `select toString(from_id) as from, toString(to_id) as to from kindred.person_overrides final ${where} order by from_id`,
    )
    const merges = wayIn.catalog.prepare('select cast(from_id as text) as "from", cast(to_id as text) as "to" from person_merges order by from_id').all()
    expect(overrides).toEqual(merges)
    expect(merges.length).toBeGreaterThan(10)

    // Who belongs to which account, and what was last said of each, as the events tell it.
    const accounts = await accountsOf(wayIn, project)
    const named = await wayIn.rows<{ type: string; key: string; people: [number, number, number][] }>(
      `select type, key, arraySort(groupArray((toInt64(person), first, last))) as people from (
       select arrayJoin(mapKeys(groups)) as type, groups[type] as key, if(o.to_id = 0, e.person_id, o.to_id) as person,
         toUnixTimestamp64Milli(min(timestamp)) as first, toUnixTimestamp64Milli(max(timestamp)) as last
       from kindred.events e left join (select * from kindred.person_overrides final ${where}) o on o.from_id = e.person_id ${where} group by type, key, person
     ) group by type, key order by type, key settings output_format_json_quote_64bit_integers = 0`,
    )
    expect(accounts.map(({ type, key, people: members }) => ({ type, key, people: members }))).toEqual(named)
    const told = await wayIn.rows<{ key: string; last: string }>(
      `select properties.$group_key.:String as key, argMax(toString(uuid), position) as last from kindred.events ${where} and event = '$groupidentify' group by key order by key`,
    )
    expect(accounts.filter(({ type }) => type === 'company').map(({ key, properties }) => ({ key, last: properties.last }))).toEqual(told)

    // People, ids and merges, to the last property, are those of one run through the same log that nobody disturbs.
    expect(truthOf(wayIn.catalog)).toEqual(await truthOfCleanRun(folder, wayIn.catalog))

    // The catalog's own counts, and the one bad event of each batch.
    expect(wayIn.catalog.prepare('select sum(count) as n from event_definitions').get()).toEqual({ n: Number(events.n) })
    const bad = wayIn.catalog.prepare('select count(*) as n, count(distinct body) as bodies from quarantine').get()
    expect(bad).toEqual({ n: Number(events.n) / eventsPerBatch, bodies: Number(events.n) / eventsPerBatch })
    expect(wayIn.catalog.prepare('select count(*) as n from outbox').get()).toEqual({ n: 0 })
  },
  60_000 + kills * 12_000,
)

/** What the catalog holds of people. How often a person's row was written depends on how the log was cut into batches, so versions are left out. */
function truthOf(catalog: Database.Database): unknown {
  return {
    persons: catalog.prepare('select id, project_id, created_at, is_identified, has_profile, properties from persons order by id').all(),
    ids: catalog.prepare('select project_id, distinct_id, person_id from distinct_ids order by project_id, distinct_id').all(),
    merges: catalog.prepare('select from_id, to_id, position from person_merges order by from_id').all(),
    sessions: catalog.prepare('select person_id, sessions from person_sessions order by person_id').all(),
  }
}

async function truthOfCleanRun(folder: string, disturbed: Database.Database): Promise<unknown> {
  const clean = mkdtempSync(join(tmpdir(), 'kindred-clean-'))
  const path = join(clean, 'catalog.sqlite')
  const catalog = await openCatalog(path)
  const database = openSqlite(path)
  const projects = disturbed.prepare<[], Record<string, unknown>>('select * from projects').all()
  for (const row of projects) {
    const names = Object.keys(row)
    database.prepare(`insert into projects (${names.join(', ')}) values (${names.map((name) => `@${name}`).join(', ')})`).run(row)
  }
  const log = openSqliteLog({ path: join(folder, 'log.db'), deduplicationDays: 30, logDays: 7 })
  try {
    const pipeline = new Pipeline({ database, enrichers: new EnrichersCatalog(database, new Geography(null)), propertyNames: 10_000 })
    for (let at = 0; ; at = pipeline.offset()) {
      const { chunks, dropped } = await log.read(at, { events: 3333, bytes: 1e9 })
      if (chunks.length === 0) break
      pipeline.process(chunks, dropped)
    }
    return truthOf(database)
  } finally {
    log.close()
    database.close()
    await catalog.destroy()
    rmSync(clean, { recursive: true, force: true })
  }
}
