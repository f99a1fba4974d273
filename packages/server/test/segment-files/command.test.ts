import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Segment, SegmentTests } from '@kindred/model'
import Fastify from 'fastify'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { InstanceClient } from '../../src/commands/instance-client.ts'
import { isSegmentsAction, type SegmentsAsked, segmentFiles } from '../../src/commands/segments.ts'
import { startTestServer, type TestProject, type TestServer } from '../test-server.ts'

let server: TestServer
let client: InstanceClient
let shop: TestProject
let folder: string
let irish: Segment

beforeAll(async () => {
  server = await startTestServer({ now: Date.UTC(2026, 2, 31, 12) })
  client = { url: await server.app.listen({ host: '127.0.0.1', port: 0 }), authorization: 'Bearer the-instance-secret-of-tests' }
}, 60_000)
afterAll(() => server.close())
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kindred-segments-'))
  shop = await server.createProject({ name: 'Shop' })
  irish = await save('Irish', { property: 'country', is: 'Ireland' })
  await save('Elsewhere', { not: { in: irish.id } })
  return () => rmSync(folder, { recursive: true })
})

const save = (name: string, where: unknown) => shop.post<Segment>('/segments', { name, definition: { where } })
const read = (path: string) => readFileSync(join(folder, path), 'utf8')
const edit = (path: string, from: string | RegExp, to: string) => writeFileSync(join(folder, path), read(path).replace(from, to))
const versions = async () => (await shop.get<Segment>(`/segments/${irish.id}`)).version

/** What the command prints, and whether all is the same. */
async function run(action: SegmentsAsked['action'], more: Partial<SegmentsAsked> = {}): Promise<{ said: string; same: boolean }> {
  const log = vi.spyOn(console, 'log').mockReturnValue()
  try {
    const same = await segmentFiles(client, { action, folder, prune: false, force: false, project: shop.project.id, ...more })
    return { said: log.mock.calls.map(([text]) => String(text)).join('\n'), same }
  } finally {
    log.mockRestore()
  }
}

test('pull writes a file for each rule and the schema; a second pull, a diff and an apply find nothing to do', async () => {
  expect((await run('pull')).said).toBe('+ elsewhere.yaml\n+ irish.yaml\n2 segments, 2 files written or removed.')
  expect(readdirSync(folder).sort()).toEqual(['elsewhere.yaml', 'irish.yaml', 'segment.schema.json'])
  expect((await run('pull')).said).toBe('2 segments, all files as they were.')
  expect(await run('diff')).toEqual({ said: '2 files, nothing differs.', same: true })
  expect((await run('apply')).said).toBe('Nothing differed.')
})

test('an edit is shown, applied and numbered; the folder that was applied is the same as Kindred', async () => {
  await run('pull')
  edit('irish.yaml', 'is: Ireland', 'is: Malta # an island too')
  writeFileSync(join(folder, 'new.yml'), 'key: new\nname: New ones\ndefinition:\n  where: { in: elsewhere }\n')
  const { said, same } = await run('diff')
  expect(same).toBe(false)
  expect(said).toBe(
    '~ irish: “Irish”\n    Changed: whose country is Ireland → whose country is Malta\n+ new [new.yml]: new, “New ones”: People who are in “Elsewhere” (0 members)',
  )
  expect((await run('apply')).said).toMatch(/Applied: 1 made, 1 changed\.$/)
  expect(await versions()).toBe(2)
  expect(read('irish.yaml')).toMatch(/version: 2-[0-9a-f]{8}\n[\s\S]*is: Malta # an island too\n/)
  expect(read('new.yml')).toMatch(/^key: new\nname: New ones\nversion: 1-[0-9a-f]{8}\ndefinition:\n/)
  expect(await run('diff')).toEqual({ said: '3 files, nothing differs.', same: true })
  // What is the same keeps its comments.
  expect((await run('pull')).said).toBe('3 segments, all files as they were.')
  expect(read('irish.yaml')).toContain('# an island too')
})

test('files may be renamed and put into folders; what is gone in Kindred is removed, what was never there stays', async () => {
  await run('pull')
  mkdirSync(join(folder, 'markets'))
  renameSync(join(folder, 'irish.yaml'), join(folder, 'markets', 'ie.yaml'))
  writeFileSync(join(folder, 'draft.yaml'), 'key: draft\nname: Draft\ndefinition:\n  where: { property: x, exists: true }\n')
  edit('markets/ie.yaml', 'name: Irish', 'name: The Irish')
  expect((await run('apply', { force: false })).said).toContain('~ irish [markets/ie.yaml]: “The Irish”\n    Renamed: “Irish” → “The Irish”')
  expect(await versions()).toBe(1)
  await shop.put(`/segments/${irish.id}`, { name: 'The Irish', definition: { where: { property: 'country', is: 'Eire' } } })
  const { results } = await shop.get<{ results: Segment[] }>('/segments')
  for (const { id, name } of results) if (name !== 'The Irish') await shop.delete(`/segments/${id}`)
  writeFileSync(join(folder, 'idea.yaml'), 'key: idea\nname: Idea\ndefinition:\n  where: { property: y, exists: true }\n')
  expect((await run('pull')).said).toBe('~ markets/ie.yaml\n- draft.yaml\n- elsewhere.yaml\n1 segment, 3 files written or removed.')
  expect(read('markets/ie.yaml')).toMatch(/^# yaml-language-server: \$schema=\.\.\/segment\.schema\.json\n[\s\S]*is: Eire\n$/)
  expect(read('idea.yaml')).toContain('Idea')
})

test('what was changed in Kindred is shown and kept, unless it is forced', async () => {
  await run('pull')
  await shop.put(`/segments/${irish.id}`, { name: 'Irish', definition: { where: { property: 'country', is: 'Eire' } } })
  edit('irish.yaml', 'is: Ireland', 'is: Malta')
  expect((await run('diff')).said).toContain(
    '  ! changed in Kindred: version 2 by An API key on 2026-03-31\n  !     Changed: whose country is Ireland → whose country is Eire',
  )
  await expect(run('apply')).rejects.toThrow(/Nothing was applied: Kindred holds changes[\s\S]*version 2 by An API key/)
  expect(await versions()).toBe(2)
  expect((await run('apply', { force: true })).said).toContain('Applied: 1 changed.')
  expect(await versions()).toBe(3)
})

test('mistakes are told with file and line and nothing is applied; an empty folder prunes nothing', async () => {
  await expect(run('apply', { prune: true })).rejects.toThrow('There are no YAML files')
  await run('pull')
  edit('irish.yaml', 'is: Ireland', 'was: Ireland')
  edit('elsewhere.yaml', 'in: irish', 'in: english')
  await expect(run('apply')).rejects.toThrow(
    /x elsewhere\.yaml:9: definition\.where\.not\.in: there is no segment[\s\S]*\nx irish\.yaml:9: definition\.where\.was: nothing/,
  )
  const { said, same } = await run('diff')
  expect(same).toBe(false)
  expect(said).toContain('x irish.yaml:9')
  expect(await versions()).toBe(1)
})

test('prune deletes what has no file; without it the diff says so', async () => {
  await run('pull')
  rmSync(join(folder, 'elsewhere.yaml'))
  expect(await run('diff')).toEqual({ said: '? elsewhere: only in Kindred; pull writes its file, apply --prune deletes it', same: false })
  expect((await run('diff', { prune: true })).said).toContain('- elsewhere: “Elsewhere” is deleted')
  expect((await run('apply', { prune: true })).said).toContain('Applied: 1 deleted.')
  expect((await run('diff')).same).toBe(true)
})

const tests = (expected: string) =>
  `tests:\n  - name: A Maltese\n    expected: ${expected}\n    person: { properties: { country: Malta } }\n  - { name: Nobody, expected: out, distinctId: nobody }\n`

test('test asks the rules in the files about the sample people in them; what Kindred holds stays where a file has none', async () => {
  await run('pull')
  expect(await run('test')).toEqual({ said: '0 tests passed, 0 failed.', same: true })
  await shop.append([{ event: '$identify', distinctId: 'nobody', set: { country: 'Spain' } }])
  edit('irish.yaml', 'is: Ireland', 'is: Malta')
  writeFileSync(join(folder, 'irish.yaml'), read('irish.yaml') + tests('in'))
  expect(await run('test')).toEqual({ said: '2 tests passed, 0 failed.', same: true })
  expect((await run('diff')).said).toContain('\n    Test added: “A Maltese” is in\n    Test added: “Nobody” is out\n')
  await run('apply')
  expect((await run('pull')).said).toContain('all files as they were')
  const kept = await shop.get<SegmentTests>(`/segments/${irish.id}/tests`)
  expect(kept.tests).toMatchObject([{ name: 'A Maltese', expected: 'in', person: { properties: { country: 'Malta' } } }, { distinctId: 'nobody' }])
  // A file without tests leaves those that are kept, and is asked about them.
  edit('irish.yaml', /tests:[\s\S]*$/, '')
  edit('irish.yaml', 'is: Malta', 'is: Spain')
  expect(await run('test')).toEqual({
    said: 'x irish.yaml: “A Maltese” should be in and is out\nx irish.yaml: “Nobody” should be out and is in\n0 tests passed, 2 failed.',
    same: false,
  })
  await shop.put(`/segments/${irish.id}/tests`, { ...kept, policy: 'refuse' })
  await expect(run('apply')).rejects.toThrow(/Nothing was applied.*irish\.yaml.*“A Maltese” should be in and is out/)
  expect(await versions()).toBe(2)
  edit('irish.yaml', 'definition:', 'tests: []\ndefinition:')
  await run('apply')
  expect((await shop.get<SegmentTests>(`/segments/${irish.id}/tests`)).tests).toEqual([])
  expect(await versions()).toBe(3)
})

test('what is in the archive is no file, is not pruned and is not changed by one', async () => {
  const old = await save('Old', { property: 'x', exists: true })
  await run('pull')
  await shop.post(`/segments/${old.id}/archive`, {})
  expect((await run('diff')).said).toContain('x old.yaml:2: key: “Old” is archived: take it out of the archive first')
  expect((await run('pull')).said).toContain('- old.yaml')
  expect(await run('diff', { prune: true })).toEqual({ said: '2 files, nothing differs.', same: true })
})

test('several projects are told apart by --project, and only the actions there are are taken', async () => {
  await server.createProject({ name: 'Other' })
  await expect(run('pull', { project: undefined })).rejects.toThrow('Say which project with --project ID')
  expect(['pull', 'push', undefined].map(isSegmentsAction)).toEqual([true, false, false])
})

test('the schema that is written takes the files and refuses what the reader refuses', async () => {
  await run('pull')
  const { $schema: _, ...schema } = JSON.parse(read('segment.schema.json')) as Record<string, unknown>
  const checker = Fastify({ ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false, strict: false } } })
  checker.post('/', { schema: { body: schema } }, () => ({}))
  const status = async (definition: unknown, more = {}) =>
    (await checker.inject({ method: 'POST', url: '/', payload: { key: 'a', name: 'A', definition, ...more } })).statusCode
  const good = { where: { all: [{ not: { in: 'irish' } }, { did: { role: 'order' }, count: { atLeast: 2 }, within: { last: '30 days' } }, { in: 'irish' }] } }
  expect(await status(good)).toBe(200)
  expect(await status(good, { version: '3-9f2c41ab', description: 'x' })).toBe(200)
  expect(await status({ where: { in: 12 } })).toBe(400)
  expect(await status({ where: { any: [{ not: { property: 'a', iss: 'b' } }] } })).toBe(400)
  expect(await status(good, { colour: 'red' })).toBe(400)
  expect(await status(good, { key: 'Not a key' })).toBe(400)
  await checker.close()
})
