import { randomUUID } from 'node:crypto'
import { type CompileContext, hotTextColumns, planDefinition, render, stateSql } from '@kindred/engine'
import {
  type Project,
  type Properties,
  type SegmentDefinition,
  type SegmentTest,
  type TestResult,
  unitOfTest,
  type WrittenAccount,
  type WrittenPerson,
} from '@kindred/model'
import { writeJson } from '../../capture/json.ts'
import type { Parts } from '../../parts.ts'
import { storeTime } from '../../pipeline/rows.ts'
import { questionContext } from '../../projects/question-context.ts'
import { storedProperties } from '../../store/clickhouse/stored-properties.ts'
import { type AloneRows, withWrittenAlone } from '../alone/alone.ts'
import { peopleOfIds } from '../lists/match.ts'
import { testsOf } from './tests-of.ts'

/** Asks a definition about the samples of a segment. Those by id are asked as they are; a written one with nobody else there. */
export async function runTests(parts: Parts, project: Project, { id, definition }: { id: number; definition: SegmentDefinition }): Promise<TestResult[]> {
  const tests = await testsOf(parts, id)
  if (tests.length === 0) return []
  return runTestsWith(parts, project, { tests, definition, context: await questionContext(parts, project) })
}

/** Asks a definition about samples, where `context` says what other segments are. */
export async function runTestsWith(
  parts: Parts,
  project: Project,
  { tests, definition, context }: { tests: readonly SegmentTest[]; definition: SegmentDefinition; context: CompileContext },
): Promise<TestResult[]> {
  // Those of the other unit, kept before that was refused, must not stand in the way of a change.
  const own = tests.filter((test) => unitOfTest(test) === definition.unit)
  const people = await peopleOfIds(
    parts,
    project.id,
    own.flatMap(({ distinctId }) => distinctId ?? []),
  )
  const results: TestResult[] = []
  for (const test of own) {
    const found = await foundOf(parts, { test, definition, context, people })
    results.push({ name: test.name, expected: test.expected, found, passed: found === test.expected })
  }
  return results
}

interface Tested {
  test: SegmentTest
  definition: SegmentDefinition
  context: CompileContext
  people: ReadonlyMap<string, number>
}

async function foundOf(parts: Parts, { test, definition, context, people }: Tested): Promise<TestResult['found']> {
  const written = test.person ?? test.account
  if (written !== undefined) return (await isWrittenMember(parts, { written, definition, context })) ? 'in' : 'out'
  const id = test.accountKey === undefined ? people.get(test.distinctId ?? '') : await accountOf(parts, context.projectId, test.accountKey)
  if (id === undefined) return 'unknown'
  const [row] = await parts.store.query<{ member: number }>(render(stateSql(planDefinition(definition, context), [], { context, id })))
  return row?.member === 1 ? 'in' : 'out'
}

async function accountOf({ catalog }: Pick<Parts, 'catalog'>, projectId: number, { type, key }: NonNullable<SegmentTest['accountKey']>) {
  const row = await catalog
    .selectFrom('accounts')
    .select('id')
    .where('project_id', '=', projectId)
    .where('type', '=', type)
    .where('key', '=', key)
    .executeTakeFirst()
  return row?.id
}

/** Whether somebody who is written down meets a definition. */
async function isWrittenMember(
  parts: Parts,
  { written, definition, context }: { written: WrittenPerson | WrittenAccount; definition: SegmentDefinition; context: CompileContext },
): Promise<boolean> {
  const now = written.now === undefined ? context.now : Date.parse(written.now)
  const { watermark: _, foldedThrough: __, ...rest } = context
  const rowsOf = (projectId: number) =>
    'people' in written ? accountRows({ type: definition.accountType ?? 'account', ...written }, { projectId, now }) : peopleRows([written], { projectId, now })
  return withWrittenAlone(parts, rowsOf, async (alone) => {
    const [member = false] = await alone.membersAt(definition, { ...rest, hasOverrides: false }, [now])
    return member
  })
}

type Written = Pick<WrittenPerson, 'properties' | 'events'>
interface Place {
  projectId: number
  now: number
}

/** The rows of written people, as the pipeline would have written them. `groups`: the accounts that their events carry. */
function peopleRows(people: readonly Written[], { projectId, now }: Place, groups: Readonly<Record<string, string>> = {}): AloneRows {
  const key = (index: number) => ({ project_id: projectId, person_id: index + 1 })
  const persons = people.map((person, index) => ({
    ...key(index),
    version: 1,
    is_deleted: 0,
    is_identified: 1,
    has_profile: 1,
    created_at: storeTime(firstOf(person, now)),
    distinct_ids: [`sample ${index + 1}`],
    properties: storedProperties(person.properties as Properties),
  }))
  const events = people.flatMap(({ events: done }, index) => done.map((event) => ({ event, index })))
  return {
    persons,
    events: events.map(({ event, index }, place) => ({
      ...key(index),
      event: event.event,
      timestamp: storeTime(Date.parse(event.at)),
      actor_id: index + 1,
      uuid: randomUUID(),
      distinct_id: `sample ${index + 1}`,
      ...columnsOf(event.properties as Properties),
      groups,
      received_at: storeTime(Date.parse(event.at)),
      position: place + 1,
      source: 'api',
    })),
  }
}

/** The rows of a written account and of its people. */
function accountRows({ type, properties, people }: WrittenAccount & { type: string }, place: Place): AloneRows {
  const key = { project_id: place.projectId, account_id: 1 }
  const created = Math.min(place.now, ...people.map((person) => firstOf(person, place.now)))
  const seen = people.map((person, index) => ({
    ...key,
    person_id: index + 1,
    first_seen: storeTime(firstOf(person, place.now)),
    last_seen: storeTime(place.now),
  }))
  return {
    ...peopleRows(people, place, { [type]: 'sample' }),
    accounts: [
      { ...key, version: 1, is_deleted: 0, type, key: 'sample', created_at: storeTime(created), properties: storedProperties(properties as Properties) },
    ],
    account_people: seen,
  }
}

/** When somebody was first seen: at their first event, or now. */
function firstOf({ events }: Written, now: number): number {
  return Math.min(now, ...events.map(({ at }) => Date.parse(at)))
}

/** Properties that have columns of their own as texts there, the others in the object. */
function columnsOf(properties: Properties): Record<string, unknown> {
  const columns: Record<string, unknown> = {}
  const rest: Properties = {}
  for (const [name, value] of Object.entries(properties)) {
    const column = (hotTextColumns as Record<string, string | undefined>)[name]
    if (column === undefined) rest[name] = value
    else if (value !== null) columns[column] = typeof value === 'string' ? value : writeJson(value)
  }
  return { ...columns, properties: storedProperties(rest) }
}
