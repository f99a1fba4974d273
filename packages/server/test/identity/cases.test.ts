import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openWayIn, type WayIn } from '../pipeline/way-in.ts'
import { peopleOf } from './people-of.ts'

const folder = join(process.env.KINDRED_SHARED ?? '../shared', 'cases')

interface SetupPerson {
  distinct_ids: string[]
  properties?: Record<string, unknown>
  is_identified?: boolean
  created_at?: string
}
interface Case {
  name: string
  setup: { persons: SetupPerson[] }
  events: { event: string; distinct_id: string; timestamp: string; properties?: object }[]
  expect: { persons: SetupPerson[] }
}

describe.skipIf(!existsSync(folder))('identity as PostHog has it', () => {
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.startsWith('identity-')) : []
  const cases = files.map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Case)
  let wayIn: WayIn
  beforeAll(async () => {
    wayIn = await openWayIn()
  })
  afterAll(() => wayIn.close())

  test.each(cases)('$name', async ({ setup, events, expect: expected }) => {
    const project = wayIn.project()
    await wayIn.ingest.addPeople(
      project,
      setup.persons.map(({ distinct_ids, properties = {}, is_identified, created_at }) => ({
        distinctIds: distinct_ids,
        properties: properties as Record<string, string>,
        isIdentified: is_identified ?? false,
        ...(created_at !== undefined && { createdAt: Date.parse(created_at) }),
      })),
    )
    await wayIn.send(project, events)
    await wayIn.ingest.drained()
    const people = await peopleOf(wayIn, project)
    expect(people.map(({ ids }) => ids)).toEqual(expected.persons.map(({ distinct_ids }) => [...distinct_ids].sort()).sort(byText))
    for (const wanted of expected.persons) {
      const person = people.find(({ ids }) => ids.includes(wanted.distinct_ids[0] ?? ''))
      if (wanted.properties !== undefined) expect(person?.properties).toMatchObject(wanted.properties)
      if (wanted.is_identified !== undefined) expect(person?.isIdentified).toBe(wanted.is_identified)
      if (wanted.created_at !== undefined) expect(person?.createdAt).toBe(Date.parse(wanted.created_at))
    }
  })
})

function byText(a: string[], b: string[]): number {
  return a.join() < b.join() ? -1 : 1
}
