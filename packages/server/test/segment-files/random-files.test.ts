import type { Page, Segment, SegmentFiles, SegmentFilesApplied, SegmentFilesPlan } from '@kindred/model'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { definition } from '../segments/random/definition.ts'
import { randomTraits } from '../segments/random/trait.ts'
import { now, postalCodes, roles } from '../segments/random/world.ts'
import { startTestServer, type TestProject, type TestServer } from '../test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ now })
  await installPostalCodes()
}, 60_000)
afterAll(() => server.close())

/** Definitions that name the place of a postal code are refused where its country is not installed. */
async function installPostalCodes(): Promise<void> {
  const lines = postalCodes.map(({ country, code, latitude, longitude }) =>
    [country, code, 'Place', 'Region', 'RG', '', '', '', '', latitude, longitude, 6].join('\t'),
  )
  const headers = { authorization: 'Bearer the-instance-secret-of-tests', 'content-type': 'application/octet-stream' }
  const answer = await server.app.inject({ method: 'POST', url: '/api/v1/postal-codes?name=codes.txt', headers, payload: Buffer.from(lines.join('\n')) })
  expect(answer.statusCode).toBe(200)
}

/** A project with the segments that random definitions name, by the numbers they have there. */
async function projectWithBase(): Promise<{ project: TestProject; ids: Map<number, number> }> {
  const project = await server.createProject({ roles, timezone: 'Europe/Berlin' })
  const make = (called: string, made: unknown) => project.post<Segment>('/segments', { name: called, definition: made })
  const people = await make('Irish', { where: { property: 'country', is: ['Ireland'] } })
  const accounts = await make('Big companies', { unit: 'account', accountType: 'company', where: { people: { atLeast: 2 }, where: { did: 'view' } } })
  const viewers = await make('Viewers', { where: { did: 'view', within: { last: '30 days' } } })
  const list = await project.post<Segment>(`/segments/${people.id}/freeze`, { name: 'A list' })
  const accountList = await project.post<Segment>(`/segments/${accounts.id}/freeze`, { name: 'A list of accounts' })
  const ids = [list.id, people.id, accountList.id, accounts.id, viewers.id].map((id, index): [number, number] => [90 + index, id])
  return { project, ids: new Map(ids) }
}

const numbered = <Of>(given: Of, numberOf: (id: number) => number | undefined) =>
  JSON.parse(JSON.stringify(given).replace(/"in":(\d+)/g, (_whole, id: string) => `"in":${numberOf(Number(id))}`)) as Of
const all = async (project: TestProject) => (await project.get<Page<Segment>>('/segments?limit=200')).results

/** Traits are no files: they are in both projects. */
async function keepTraits(projectId: number, ids: ReadonlyMap<number, number>): Promise<void> {
  for (const [called, of] of randomTraits) {
    const made = { name: called, label: called, description: '', definition: JSON.stringify(numbered(of, (id) => ids.get(id))) }
    const row = { project_id: projectId, ...made, version: 1, created_at: now, updated_at: now, deleted_at: null }
    await server.parts.catalog.insertInto('traits').values(row).execute()
  }
}

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.constantFrom('null', '2026-01-01', 'a: b', '# no', ' - x\n', 'two\nlines\n', '"', '\t', '1e3', '~'),
)
const name = text.map((each) => each.trim()).filter((each) => each !== '')
const segment = fc.record({ name, description: text, definition })

test('any definitions that are pulled and applied to an empty project are the same there', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(segment, { minLength: 10, maxLength: 10 }), async (given) => {
      const { project: from, ids } = await projectWithBase()
      const { project: to, ids: idsThere } = await projectWithBase()
      await keepTraits(from.project.id, ids)
      await keepTraits(to.project.id, idsThere)
      const made: Segment[] = []
      for (const [index, each] of given.entries()) {
        // Every second one names one that was made before it, where it names a rule of people.
        const earlier = made.filter(({ unit }) => unit === 'person').at(-1)?.id
        const of = numbered(each.definition, (id) => (id === 91 && index % 2 === 1 && earlier !== undefined ? earlier : ids.get(id)))
        made.push(await from.post<Segment>('/segments', { ...each, definition: of }))
      }
      const { files } = await from.get<SegmentFiles>('/segments/files')
      expect(files).toHaveLength(given.length + 3)
      const { changes } = await to.post<SegmentFilesApplied>('/segments/files/apply', { files: files.map(({ path, text: of }) => ({ path, text: of })) })
      const keys = new Map(files.map(({ id, key }) => [id, key]))
      const idOf = new Map(changes.map(({ key, id }) => [key, id]))
      const lists = new Map([90, 92].map((id) => [ids.get(id), idsThere.get(id)]))
      const there = new Map((await all(to)).map((each) => [each.id, each]))
      const numberThere = (id: number) => lists.get(id) ?? idOf.get(keys.get(id) ?? '') ?? undefined
      for (const [index, each] of made.entries()) {
        const got = there.get(numberThere(each.id) ?? 0)
        expect({ name: got?.name, description: got?.description, definition: got?.definition }).toEqual({
          name: given[index]?.name,
          description: given[index]?.description,
          definition: numbered(each.definition, numberThere),
        })
      }
      const again = await to.get<SegmentFiles>('/segments/files')
      expect(again.files.map(({ id: _, ...file }) => file)).toEqual(files.map(({ id: _, ...file }) => file))
      const plan = await to.post<SegmentFilesPlan>('/segments/files/plan', { files: files.map(({ path, text: of }) => ({ path, text: of })), prune: true })
      expect(plan.mistakes).toEqual([])
      expect(plan.changes.filter(({ kind }) => kind !== 'unchanged')).toEqual([])
    }),
    { numRuns: Number(process.env.KINDRED_RUNS ?? 3), endOnFailure: true },
  )
}, 600_000)
