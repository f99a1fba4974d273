import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isIllegalId } from '../../src/identity/illegal-ids.ts'
import { openWayIn, type WayIn } from '../pipeline/way-in.ts'
import { peopleOf } from './people-of.ts'

let wayIn: WayIn
beforeAll(async () => {
  wayIn = await openWayIn()
})
afterAll(() => wayIn.close())

async function after(...batches: object[][]) {
  const project = wayIn.project()
  for (const events of batches) {
    await wayIn.send(project, events)
    await wayIn.ingest.drained()
  }
  return { project, people: await peopleOf(wayIn, project) }
}
const event = (name: string, id: string, properties: object = {}) => ({ event: name, distinct_id: id, properties })
const identify = (id: string, anon: string, properties: object = {}) => event('$identify', id, { $anon_distinct_id: anon, ...properties })

test.each(['anonymous', 'Guest', ' "NULL" ', "'undefined'", '', '  ', '[object Object]', 'NaN', '0', 'distinct_id'])('%j names nobody', (id) => {
  // The list has some ids in one case only: NULL is a name like another, null is not.
  expect(isIllegalId(id)).toBe(id !== ' "NULL" ')
})

test.each(['ann', 'Null', '00', 'anonymous user', 'none@example.com'])('%j names somebody', (id) => {
  expect(isIllegalId(id)).toBe(false)
})

test('an illegal id never merges, but its event and its person are kept', async () => {
  const { project, people } = await after([identify('ann', 'guest'), event('x', 'guest')])
  expect(people.map(({ ids, isIdentified }) => [ids, isIdentified])).toEqual([
    [['ann'], false],
    [['guest'], false],
  ])
  expect(await wayIn.rows(`select count() as n from kindred.events where project_id = ${project}`)).toEqual([{ n: '2' }])
})

test('events that ask for no profile make a person without one, who becomes a profile when identified', async () => {
  const anonymous = event('seen', 'anon', { $process_person_profile: false, $browser: 'Firefox', $set: { ignored: 1 } })
  const before = await after([anonymous])
  expect(before.people).toMatchObject([{ ids: ['anon'], hasProfile: false, properties: {} }])
  const { people } = await after([anonymous], [identify('ann', 'anon', { $set: { plan: 'pro' } })])
  expect(people).toMatchObject([{ ids: ['ann', 'anon'], hasProfile: true, isIdentified: true, properties: { plan: 'pro' } }])
})

test('a merge rewrites what pointed to the merged person, so that one step leads to the root', async () => {
  const { project, people } = await after(
    [event('x', 'a'), event('x', 'b')],
    [event('x', 'c')],
    [identify('b', 'a')],
    [event('$merge_dangerously', 'c', { alias: 'b' })],
  )
  expect(people.map(({ ids }) => ids)).toEqual([['a', 'b', 'c']])
  const overrides = await wayIn.rows<{ from: string; to: string }>(
    `select toString(from_id) as from, toString(to_id) as to from kindred.person_overrides final where project_id = ${project}`,
  )
  expect(overrides).toHaveLength(2)
  expect(new Set(overrides.map(({ to }) => to))).toEqual(new Set([String(people[0]?.id)]))
})

test('copied properties: set when missing, refreshed only by an event about the person or another change', async () => {
  const browser = async (...events: object[]) => (await after(events)).people[0]?.properties
  const first = event('seen', 'a', { $browser: 'Firefox', utm_source: null })
  expect(await browser(first)).toEqual({ $browser: 'Firefox', $initial_browser: 'Firefox' })
  expect(await browser(first, event('seen', 'a', { $browser: 'Safari' }))).toMatchObject({ $browser: 'Firefox' })
  expect(await browser(first, event('$set', 'a', { $browser: 'Safari' }))).toMatchObject({ $browser: 'Safari', $initial_browser: 'Firefox' })
  expect(await browser(first, event('seen', 'a', { $browser: 'Safari', $set: { plan: 'pro' } }))).toMatchObject({ $browser: 'Safari', plan: 'pro' })
  expect(await browser(first, event('seen', 'a', { $browser: 'Safari', utm_source: 'x' }))).toMatchObject({ $browser: 'Safari', utm_source: 'x' })
})

test('$set_once, $set and $unset in this order, null is a value but no change, a nested $set is unwrapped and named', async () => {
  const { project, people } = await after([
    event('$set', 'a', { $set: { k: 'set', n: null, gone: 1 }, $set_once: { k: 'once', o: 1 } }),
    event('$set', 'a', { $set_once: { k: 'late', o: 2 }, $unset: ['gone'] }),
    event('$identify', 'a', { $set: { $set: { 'age-group': '20 - 30' } } }),
  ])
  expect(people[0]?.properties).toEqual({ k: 'set', n: null, o: 1, 'age-group': '20 - 30' })
  expect(wayIn.catalog.prepare(`select reason, count from counters where project_id = ? and kind = 'hint'`).all(project)).toEqual([
    { reason: 'nested-set', count: 1 },
  ])
  const changes = await wayIn.rows(`select key, groupArray(value) as values from
    (select key, value from kindred.person_property_changes where project_id = ${project} order by position) group by key order by key`)
  expect(changes).toEqual([
    { key: 'age-group', values: ['"20 - 30"'] },
    { key: 'gone', values: ['1', ''] },
    { key: 'k', values: ['"set"'] },
    { key: 'o', values: ['1'] },
  ])
})

/** The rules in their plainest form, one event at a time on whole sets. */
function peopleByRules(events: { event: string; id: string; other: string }[]): string[][] {
  let people: { ids: string[]; identified: boolean }[] = []
  const of = (id: string) => people.find(({ ids }) => ids.includes(id))
  for (const { event: name, id, other } of events) {
    const target = of(id)
    const source = of(other)
    if (name === 'seen' || id === other) {
      if (target === undefined) people.push({ ids: [id], identified: false })
      continue
    }
    if (source === undefined && target === undefined) people.push({ ids: [id, other], identified: true })
    else if (source === undefined || target === undefined || source === target) {
      const one = (target ?? source) as { ids: string[]; identified: boolean }
      one.ids = [...new Set([...one.ids, id, other])]
      one.identified = true
    } else {
      target.identified = true
      if (source.identified && name !== '$merge_dangerously') continue
      target.ids.push(...source.ids)
      people = people.filter((person) => person !== source)
    }
  }
  return people.map(({ ids }) => ids.sort()).sort((a, b) => (a.join() < b.join() ? -1 : 1))
}

test('any chain of merges, sent at once or one after another, in any batches: the people are those of a serial replay in the order of the log', async () => {
  const ids = ['p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7']
  const step = fc.record({
    event: fc.constantFrom('seen', '$identify', '$create_alias', '$merge_dangerously'),
    id: fc.constantFrom(...ids),
    other: fc.constantFrom(...ids),
    cut: fc.nat(9).map((tenth) => tenth === 0),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
      const project = wayIn.project()
      let atOnce: Promise<unknown>[] = []
      for (const [step, { event: name, id, other, cut }] of steps.entries()) {
        const properties = name === '$identify' ? { $anon_distinct_id: other } : name === 'seen' ? {} : { alias: other }
        atOnce.push(wayIn.send(project, [event(name, id, { ...properties, step })]))
        if (!cut) continue
        await Promise.all(atOnce)
        atOnce = []
        await wayIn.ingest.drained()
      }
      await Promise.all(atOnce)
      await wayIn.ingest.drained()
      const people = await peopleOf(wayIn, project)
      const order = await wayIn.rows<{ step: string }>(
        `select toString(properties.step) as step from kindred.events where project_id = ${project} order by position`,
      )
      expect(people.map((person) => person.ids)).toEqual(peopleByRules(order.flatMap(({ step }) => steps[Number(step)] ?? [])))
      const overrides = await wayIn.rows<{ from: string; to: string }>(
        `select toString(from_id) as from, toString(to_id) as to from kindred.person_overrides final where project_id = ${project}`,
      )
      const living = new Set(people.map((person) => String(person.id)))
      for (const { from, to } of overrides) expect([living.has(from), living.has(to)]).toEqual([false, true])
      const lost = await wayIn.rows(`select count() as n from kindred.events e left join kindred.person_overrides o final on o.from_id = e.person_id
        where e.project_id = ${project} and if(o.to_id = 0, e.person_id, o.to_id) not in (select person_id from kindred.persons final where project_id = ${project})`)
      expect(lost).toEqual([{ n: '0' }])
    }),
    { numRuns: 40 },
  )
}, 60_000)
