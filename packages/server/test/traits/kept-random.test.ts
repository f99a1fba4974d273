import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bind, type CompileContext, join as joinSql, membersSql, planDefinition, planTrait, render, type Sql, sql, toldValuesSql } from '@kindred/engine'
import { builtInTraits, type Project, segmentDefinitionSchema, type TraitDefinition, traitDefinitionSchema } from '@kindred/model'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { foldMerges } from '../../src/identity/fold-merges.ts'
import type { Parts } from '../../src/parts.ts'
import { eraseRows, rowsOf } from '../../src/privacy/erase-store.ts'
import { createProject, findProject } from '../../src/projects/projects.ts'
import { questionContext } from '../../src/projects/question-context.ts'
import { openCatalog } from '../../src/store/catalog/catalog.ts'
import type { Store } from '../../src/store/clickhouse/store.ts'
import { rewriting } from '../../src/store/rewriting.ts'
import { keptThrough } from '../../src/traits/kept/kept-through.ts'
import { Upkeep } from '../../src/traits/kept/upkeep.ts'
import type { History } from '../segments/naive/history.ts'
import { randomTraits, trait } from '../segments/random/trait.ts'
import { history, now, roles } from '../segments/random/world.ts'
import { openTestStore, type TestStore } from '../test-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'kindred-kept-'))
let harness: TestStore
let catalog: Parts['catalog']
beforeAll(async () => {
  harness = await openTestStore()
  catalog = await openCatalog(join(folder, 'catalog.sqlite'))
})
afterAll(async () => {
  await catalog.destroy()
  await harness.close()
  rmSync(folder, { recursive: true, force: true })
})

/** `KINDRED_RUNS=200` takes more histories. */
const histories = Number(process.env.KINDRED_RUNS ?? 2)
const hour = 3_600_000
/** People and positions are numbered through all projects. */
const numbers = 1000

/** What happens between two batches of events. */
const step = fc.record({
  /** How far the log goes then. */
  through: fc.integer({ min: 1, max: 110 }),
  /** Hours until the moment of the last question. */
  early: fc.constantFrom(0, 0, 1, 24 * 20),
  keep: fc.constantFrom(true, true, true, false),
  /** Log positions at once. */
  slice: fc.integer({ min: 5, max: 120 }),
  /** The statement of the upkeep that fails, and whether before it did its work or after. */
  fault: fc.oneof(
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.record({ at: fc.integer({ min: 0, max: 15 }), done: fc.boolean() }) },
  ),
  fold: fc.boolean(),
  forget: fc.option(fc.nat({ max: 29 }), { freq: 2 }),
})

class Fault extends Error {}

/** The store, which ends the upkeep at one of its statements as a kill would. */
function faulty(store: Store, fault: { at: number; done: boolean } | null): Store {
  let left = fault?.at ?? Number.POSITIVE_INFINITY
  return Object.assign(Object.create(store) as Store, {
    query: store.query.bind(store),
    postalCountries: store.postalCountries.bind(store),
    async background(statement: Parameters<Store['background']>[0]) {
      const fails = left-- === 0
      if (fails && fault?.done !== true) throw new Fault()
      await store.background(statement)
      if (fails) throw new Fault()
    },
  })
}

class World {
  watermark = 0
  now = now
  readonly #base: number
  readonly #given: History
  readonly project: Project
  #merged = new Map<number, number>()
  readonly #forgotten: { id: number; at: number }[] = []

  constructor(project: Project, given: History) {
    this.project = project
    this.#given = given
    this.#base = project.id * numbers
  }

  parts(store: Store = harness.store): Parts {
    const ingest = { watermark: () => this.watermark } as Parts['ingest']
    return { catalog, store, ingest, clock: () => this.now } as Parts
  }

  id(person: number): number {
    return this.#base + person
  }

  async begin(traits: ReadonlyMap<string, TraitDefinition>): Promise<void> {
    this.watermark = this.#base
    await harness.insertPersons(this.#given.people.map(({ id, properties }) => ({ projectId: this.project.id, personId: this.id(id), properties, version: 1 })))
    const row = { project_id: this.project.id, description: '', version: 1, created_at: 0, updated_at: 0, deleted_at: null }
    for (const [name, definition] of traits) {
      await catalog
        .insertInto('traits')
        .values({ ...row, name, label: name, definition: JSON.stringify(definition) })
        .execute()
    }
  }

  /** All that the log holds up to there: events of any time, and each merge where the last of its person's events was. */
  async comesIn(through: number): Promise<void> {
    const isNew = (position: number) => this.#base + position > this.watermark && position <= through
    const events = this.#given.events.filter(({ position }) => isNew(position))
    await harness.insertEvents(
      events.map(({ sessionId: _, ...each }) => ({
        ...each,
        projectId: this.project.id,
        personId: this.id(this.#merged.get(each.personId) ?? each.personId),
        position: this.#base + each.position,
      })),
    )
    const merges = [...this.#given.merges].filter(([from]) => isNew((from * 37) % 100))
    for (const [from, to] of merges) await this.#merge(from, to)
    this.watermark = Math.max(this.watermark, this.#base + through)
  }

  async #merge(from: number, to: number): Promise<void> {
    const position = this.#base + ((from * 37) % 100)
    this.#merged.set(from, to)
    const row = { project_id: this.project.id, from_id: this.id(from), to_id: this.id(to) }
    await harness.insertRows('person_overrides', [{ ...row, version: position }])
    await catalog
      .insertInto('person_merges')
      .values({ ...row, position } as never)
      .execute()
  }

  /** As a deletion does: everybody who was merged into them goes too. */
  async forgets(person: number): Promise<void> {
    const ids = [person, ...[...this.#merged].filter(([, to]) => to === person).map(([from]) => from)].map((id) => this.id(id))
    await rewriting(harness.store, async () => {
      for (const table of ['events', 'trait_states'] as const) await eraseRows(harness, table, rowsOf(table, this.project.id, ids))
    })
    for (const { id } of this.#given.people) if (ids.includes(this.id(id))) this.#forgotten.push({ id, at: this.watermark - this.#base })
  }

  /** Who was deleted and did nothing since. */
  gone(): number[] {
    const isBack = ({ id, at }: { id: number; at: number }) =>
      this.#given.events.some(({ personId, position }) => position > at && [personId, this.#given.merges.get(personId)].includes(id))
    return this.#forgotten.filter((each) => !isBack(each)).map(({ id }) => id)
  }

  /** Whether any event came in: what counts all of them is kept then. */
  hasEvents(): boolean {
    return this.#given.events.some(({ position }) => this.#base + position <= this.watermark)
  }

  /** How far what is kept of a trait goes; null where nothing is. */
  async keptThrough(definition: TraitDefinition): Promise<number | null> {
    const context = await questionContext(this.parts(), { ...this.project, roles })
    return keptThrough({ name: '', label: '', description: '', definition }, context)
  }

  /** Every answer is the one that reading the events gives. */
  async expectSame(traits: ReadonlyMap<string, TraitDefinition>, moments: readonly { now?: number; watermark?: number }[]): Promise<void> {
    const context = { ...(await questionContext(this.parts(), { ...this.project, roles })) }
    for (const moment of moments) {
      const asked: CompileContext = { ...context, ...moment }
      const ask = (kept: CompileContext['kept']) => rows(answersSql(traits, { ...asked, kept: kept ?? new Map() }))
      const found = await ask(asked.kept)
      const plain = await ask(undefined)
      expect({ traits: [...traits], moment, found }).toEqual({ traits: [...traits], moment, found: plain })
    }
  }

  async statesOf(people: readonly number[]): Promise<number> {
    if (people.length === 0) return 0
    const where = rowsOf(
      'trait_states',
      this.project.id,
      people.map((person) => this.id(person)),
    )
    const [row] = await harness.store.query<{ n: string }>(render({ chunks: ['select count() as n from kindred.trait_states where ', where] }))
    return Number(row?.n)
  }
}

async function rows(statement: Sql | null): Promise<string[]> {
  if (statement === null) return []
  return (await harness.store.query<object>(render(statement))).map((row) => JSON.stringify(row))
}

/** Those of these names, and those that they are computed from. */
function withOperands(names: readonly string[]): Map<string, TraitDefinition> {
  return new Map(
    names.flatMap((name) => {
      const definition = randomTraits.get(name)
      if (definition === undefined) throw new Error(`${name} was drawn`)
      const asked = names.indexOf(name) % 4 === 3 ? definition : ofAllTime(definition)
      return [[name, asked] as const, ...withOperands((definition.formula?.of ?? []).flatMap((operand) => operand.trait ?? []))]
    }),
  )
}

/** Most measures of random traits have a window, or begin after another event: the same ones of all time. */
function ofAllTime(definition: TraitDefinition): TraitDefinition {
  const windows = new Set(['within', 'during', 'sinceLast'])
  return traitDefinitionSchema.parse(JSON.parse(JSON.stringify(definition, (key, value: unknown) => (windows.has(key) ? undefined : value))))
}

/** In one statement everybody's value of each trait, and who is among those that it ranks first. */
function answersSql(traits: ReadonlyMap<string, TraitDefinition>, context: CompileContext): Sql {
  const answers = [...traits].flatMap(([name, definition]) => {
    const planned = planTrait(definition, context)
    const values = toldValuesSql(planned, context)
    const told = values === null ? [] : [sql`select ${bind('String', name)} as name, id, toJSONString(value) as value from (${values})`]
    if (planned.trait.type !== 'number' && planned.trait.type !== 'date') return told
    const first = planDefinition(segmentDefinitionSchema.parse({ unit: 'person', where: { trait: name, rank: { topPercent: 30 } } }), context)
    return [...told, sql`select ${bind('String', name)} as name, id, 'ranked' as value from (${membersSql(first, context)})`]
  })
  return sql`select * from (${joinSql(answers, ' union all ')}) order by name, id, value`
}

/** Kept of every history with events, where what chance draws may all have to be read anew. */
const everything = traitDefinitionSchema.parse({ count: { did: { any: true } } })

test(
  'what is kept of random traits answers as the events do, whatever comes in, is merged, folded and deleted meanwhile, and wherever the upkeep is cut short',
  async () => {
    const named = fc.array(trait, { minLength: 12, maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(history, named, fc.array(step, { minLength: 2, maxLength: 4 }), async (given, asked, steps) => {
        const { id } = await createProject({ catalog, clock: () => 0 }, { name: 'Random', timezone: 'Europe/Berlin', roles })
        const world = new World(await findProject({ catalog }, id), given)
        const names = asked.map((each) => (each as { trait: string }).trait)
        const own = withOperands(names).set('everything', everything)
        await world.begin(own)
        const channel = builtInTraits.get('acquisition_channel')
        if (channel === undefined) throw new Error('it is built in')
        const traits = new Map([...own].filter(([, { labels, unit }]) => labels === undefined && unit === 'person')).set(
          'acquisition_channel',
          channel.definition,
        )
        for (const [index, each] of steps.toSorted((one, other) => one.through - other.through).entries()) {
          // What comes later is put together with what was kept before: so the first upkeep is there and whole.
          const isFirst = index === 0
          world.now = now - each.early * hour
          await world.comesIn(each.through)
          const upkeep = new Upkeep(world.parts(faulty(harness.store, isFirst ? null : each.fault)), {
            leastEvents: 1,
            eventsOfEach: 0,
            bareEventsOfEach: 0,
            lag: 1,
            slice: each.slice,
          })
          if (each.keep || isFirst) {
            await upkeep.run().catch((error: unknown) => {
              if (!(error instanceof Fault)) throw error
            })
          }
          // The comparison would say nothing if nothing was kept.
          if (isFirst) expect(await world.keptThrough(everything)).toBe(world.hasEvents() ? world.watermark : null)
          if (each.fold) await foldMerges(world.parts())
          const person = given.people[each.forget ?? -1]
          if (person !== undefined && !given.merges.has(person.id)) await world.forgets(person.id)
          const earlier = { watermark: id * numbers + Math.floor(each.through / 2) }
          await world.expectSame(traits, [{}, [{ now: now + hour }, { now: now - 40 * 24 * hour }, earlier][each.slice % 3] ?? {}])
          expect(await world.statesOf(world.gone())).toBe(0)
        }
        await catalog.deleteFrom('traits').where('project_id', '=', id).execute()
        await catalog.deleteFrom('projects').where('id', '=', id).execute()
      }),
      { numRuns: histories, endOnFailure: true },
    )
  },
  180_000 + histories * 20_000,
)
