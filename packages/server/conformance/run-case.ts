import { isDeepStrictEqual } from 'node:util'
import type { InsightAnswer, PeoplePage, PersonProfile, Segment, SegmentPeople } from '@kindred/model'
import type { TestProject, TestServer } from '../test/test-server.ts'
import { type Case, type CasePerson, NotSupported } from './case.ts'
import { rowsOf, trendsProblem } from './check-trends.ts'
import { convertCase } from './cohorts.ts'
import { type LoadedCase, loadCase } from './load.ts'
import { filtersOf } from './operators.ts'
import { trendsQuery } from './trends.ts'

export interface Failure {
  problem: string
  expected: unknown
  got: unknown
}

/** Runs one case through the API. null where all is as expected. Throws `NotSupported` where the case needs what is not there yet. */
export async function runCase(server: TestServer, each: Case): Promise<Failure | null> {
  const runners: Record<string, (loaded: LoadedCase, each: Case) => Promise<Failure | null>> = {
    trends: runTrends,
    event_filter: runEventFilter,
    persons: runPersons,
    cohort: runCohort,
  }
  const runner = runners[each.query.type]
  if (runner === undefined) throw new NotSupported(`questions of type ${each.query.type}`)
  return runner(await loadCase(server, each), each)
}

async function runTrends({ project, context, cohortOf }: LoadedCase, { query, expect }: Case): Promise<Failure | null> {
  const answer = await project.post<InsightAnswer>('/insights/run', { query: trendsQuery(query, context) })
  const got = rowsOf(answer, cohortOf)
  const problem = trendsProblem(got, expect)
  return problem === null ? null : { problem, expected: expect, got }
}

/** The events that meet the filters, told by whose they are: the people behind their number. */
async function runEventFilter({ project, context }: LoadedCase, { query, expect }: Case): Promise<Failure | null> {
  const question = { series: [{ event: { any: true } }], filters: filtersOf(query.filters, context), range: { from: 'all' }, display: 'number' }
  const page = await project.post<PeoplePage>('/insights/people', { query: question, point: { index: 0 }, limit: 500 })
  return compareIds(
    page.results.flatMap((person) => person.distinctIds),
    expect.matching_distinct_ids ?? [],
  )
}

function compareIds(got: readonly string[], expected: readonly string[]): Failure | null {
  const [left, right] = [[...got].sort(), [...expected].sort()]
  return JSON.stringify(left) === JSON.stringify(right) ? null : { problem: 'other ids', expected: right, got: left }
}

async function runPersons({ project }: LoadedCase, { expect }: Case): Promise<Failure | null> {
  const got = await everyone(project)
  const expected = expect.persons ?? []
  const groups = (people: readonly CasePerson[]) => people.map(({ distinct_ids }) => [...distinct_ids].sort().join(' ')).sort()
  const samePartition = JSON.stringify(groups(got)) === JSON.stringify(groups(expected))
  const odd = expected.find((wanted) => {
    const person = got.find(({ distinct_ids }) => distinct_ids.includes(wanted.distinct_ids[0] ?? ''))
    return person === undefined || !personFits(wanted, person)
  })
  if (samePartition && odd === undefined) return null
  return { problem: samePartition ? `the person of ${odd?.distinct_ids.join(', ')} differs` : 'the ids belong together otherwise', expected, got }
}

async function everyone(project: TestProject): Promise<CasePerson[]> {
  const { results: people } = await project.get<PeoplePage>('/people?limit=500')
  const profiles = await Promise.all(people.map(({ id }) => project.get<PersonProfile>(`/people/${id}`)))
  return profiles.map(({ distinctIds, properties, identified, createdAt }) => ({
    distinct_ids: distinctIds,
    properties,
    is_identified: identified,
    created_at: new Date(createdAt).toISOString(),
  }))
}

/** Only what the case lists is asserted; properties that are listed are all that there are. */
function personFits(wanted: CasePerson, got: CasePerson): boolean {
  const properties = wanted.properties === undefined || isDeepStrictEqual(wanted.properties, got.properties)
  const identified = wanted.is_identified === undefined || wanted.is_identified === got.is_identified
  const created = wanted.created_at === undefined || Date.parse(wanted.created_at) === Date.parse(got.created_at ?? '')
  return properties && identified && created
}

async function runCohort({ project, context }: LoadedCase, { query, expect, persons = [] }: Case): Promise<Failure | null> {
  if (query.definition === undefined) throw new NotSupported('cohorts without a definition')
  const converted = await convertCase(project, query.definition, context.segments)
  if (expect.error !== undefined) return converted === null ? null : { problem: 'taken', expected: 'an error', got: converted }
  if (converted === null) return { problem: 'refused', expected: expect.members, got: 'an error' }
  const segment = await project.post<Segment>('/segments', { name: 'The cohort', definition: converted.definition })
  const { results: people } = await project.get<SegmentPeople>(`/segments/${segment.id}/members?limit=500`)
  const first = (ids: readonly string[]) => persons.find(({ distinct_ids }) => distinct_ids.some((id) => ids.includes(id)))?.distinct_ids[0] ?? ids[0] ?? ''
  return compareIds(
    people.map(({ distinctIds }) => first(distinctIds)),
    expect.members ?? [],
  )
}
