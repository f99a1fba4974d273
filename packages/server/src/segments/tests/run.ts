import { randomUUID } from 'node:crypto'
import { type CompileContext, hotTextColumns, planDefinition, render, stateSql } from '@kindred/engine'
import type { Project, Properties, SegmentDefinition, SegmentTest, TestResult, WrittenPerson } from '@kindred/model'
import { writeJson } from '../../capture/json.ts'
import type { Parts } from '../../parts.ts'
import { storeTime } from '../../pipeline/rows.ts'
import { questionContext } from '../../projects/question-context.ts'
import { type AloneRows, withWrittenAlone } from '../alone/alone.ts'
import { peopleOfIds } from '../lists/match.ts'
import { testsOf } from './tests-of.ts'

/** Asks a definition about the sample people of a segment. A person by id is asked as they are; a written one with nobody else there. */
export async function runTests(parts: Parts, project: Project, { id, definition }: { id: number; definition: SegmentDefinition }): Promise<TestResult[]> {
  const tests = await testsOf(parts, id)
  if (tests.length === 0) return []
  return runTestsWith(parts, project, { tests, definition, context: await questionContext(parts, project) })
}

/** Asks a definition about sample people, where `context` says what other segments are. Of a definition of accounts nobody is asked: no results. */
export async function runTestsWith(
  parts: Parts,
  project: Project,
  { tests, definition, context }: { tests: readonly SegmentTest[]; definition: SegmentDefinition; context: CompileContext },
): Promise<TestResult[]> {
  // Samples are people. Those that were kept of accounts before that was refused must not stand in the way of a change.
  if (definition.unit === 'account') return []
  const people = await peopleOfIds(
    parts,
    project.id,
    tests.flatMap(({ distinctId }) => distinctId ?? []),
  )
  const results: TestResult[] = []
  for (const test of tests) {
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
  if (test.person !== undefined) return (await isWrittenMember(parts, { person: test.person, definition, context })) ? 'in' : 'out'
  const person = people.get(test.distinctId ?? '')
  if (person === undefined) return 'unknown'
  const [row] = await parts.store.query<{ member: number }>(render(stateSql(planDefinition(definition, context), [], { context, id: person })))
  return row?.member === 1 ? 'in' : 'out'
}

/** Whether a person who is written down meets a definition. */
async function isWrittenMember(
  parts: Parts,
  { person, definition, context }: { person: WrittenPerson; definition: SegmentDefinition; context: CompileContext },
): Promise<boolean> {
  const now = person.now === undefined ? context.now : Date.parse(person.now)
  const { watermark: _, foldedThrough: __, ...rest } = context
  return withWrittenAlone(
    parts,
    (projectId) => writtenRows(person, { projectId, now }),
    async (alone) => {
      const [member = false] = await alone.membersAt(definition, { ...rest, hasOverrides: false }, [now])
      return member
    },
  )
}

/** The rows of a written person, as the pipeline would have written them. */
function writtenRows({ properties, events }: WrittenPerson, { projectId, now }: { projectId: number; now: number }): AloneRows {
  const key = { project_id: projectId, person_id: 1 }
  const times = events.map(({ at }) => Date.parse(at))
  const createdAt = Math.min(now, ...times)
  return {
    persons: [{ ...key, version: 1, is_deleted: 0, is_identified: 1, has_profile: 1, created_at: storeTime(createdAt), distinct_ids: ['sample'], properties }],
    events: events.map((event, index) => ({
      ...key,
      event: event.event,
      timestamp: storeTime(times[index] ?? now),
      actor_id: 1,
      uuid: randomUUID(),
      distinct_id: 'sample',
      ...columnsOf(event.properties as Properties),
      groups: {},
      received_at: storeTime(times[index] ?? now),
      position: index + 1,
      source: 'api',
    })),
  }
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
  return { ...columns, properties: rest }
}
