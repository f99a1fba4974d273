import type { Page, Segment, SegmentFileChange, SegmentFiles, SegmentFilesApplied, SegmentFilesPlan, SegmentFilesTested, SegmentVersion } from '@kindred/model'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { membershipJobs } from '../../src/segments/membership/jobs.ts'
import { startTestServer, type TestProject, type TestServer } from '../test-server.ts'

const now = Date.UTC(2026, 2, 31, 12)
let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ now })
}, 60_000)
afterAll(() => server.close())

type Texts = Record<string, string>
const sent = (texts: Texts) => Object.entries(texts).map(([path, text]) => ({ path, text }))
const pull = async (project: TestProject): Promise<Texts> =>
  Object.fromEntries((await project.get<SegmentFiles>('/segments/files')).files.map(({ path, text }) => [path, text]))
const plan = (project: TestProject, texts: Texts, more = {}) => project.post<SegmentFilesPlan>('/segments/files/plan', { files: sent(texts), ...more })
const apply = (project: TestProject, texts: Texts, more = {}) => project.post<SegmentFilesApplied>('/segments/files/apply', { files: sent(texts), ...more })
const kinds = (changes: readonly SegmentFileChange[]) => Object.fromEntries(changes.map(({ key, kind }) => [key, kind]))
/** Without the record of members, which is brought to now behind each save. */
const segments = async (project: TestProject) =>
  (await project.get<Page<Segment>>('/segments?limit=100')).results.map(({ recorded: _, recordError: __, ...segment }) => segment)
const file = (key: string, where: string, more = '') => `key: ${key}\nname: ${key.replaceAll('-', ' ')}\n${more}definition:\n  where: ${where}\n`

/** Ireland is a rule, Others names it, and a list is kept of it. */
async function shop(): Promise<TestProject & { ireland: Segment; others: Segment; list: Segment }> {
  const project = await server.createProject()
  await project.append([
    { event: '$identify', distinctId: 'ann', set: { country: 'Ireland', plan: 'pro' } },
    { event: '$identify', distinctId: 'bob', set: { country: 'Ireland' } },
    { event: '$identify', distinctId: 'cat', set: { country: 'Spain' } },
  ])
  const save = (name: string, where: unknown, description = '') => project.post<Segment>('/segments', { name, description, definition: { where } })
  const ireland = await save('Ireland & Éire', { property: 'country', is: 'Ireland' }, 'Where we\nbegan')
  const others = await save('Others', { not: { in: ireland.id } })
  const list = await project.post<Segment>(`/segments/${ireland.id}/freeze`, { name: 'Others' })
  return { ...project, ireland, others, list }
}

test('each rule is a file named by its key, with keys in place of numbers; a second segment of a name gets a key of its own', async () => {
  const project = await shop()
  const texts = await pull(project)
  expect(Object.keys(texts).sort()).toEqual(['ireland-eire.yaml', 'others.yaml'])
  expect(texts['ireland-eire.yaml']).toMatch(
    /^# yaml-language-server: \$schema=\.\/segment\.schema\.json\nkey: ireland-eire\nname: Ireland & Éire\ndescription: \|-\n {2}Where we\n {2}began\nversion: 1-[0-9a-f]{8}\ndefinition:\n {2}unit: person\n {2}where:\n {4}property: country\n {4}is: Ireland\n$/,
  )
  expect(texts['others.yaml']).toMatch(/not:\n {6}in: ireland-eire\n$/)
  // The list has no file but a key that files may name: the second of its name.
  const named = await apply(project, { 'x.yaml': file('in-the-list', '{ in: others-2 }') })
  expect(named.changes).toMatchObject([{ kind: 'create', name: 'in the list', sentence: 'People who are in “Others”', members: { before: null, after: 2 } }])
  expect((await segments(project)).find(({ name }) => name === 'in the list')).toMatchObject({ count: 2, definition: { where: { in: project.list.id } } })
})

test('what was pulled and is applied changes nothing', async () => {
  const project = await shop()
  // What is recomputed when a segment is made counts it once more.
  await membershipJobs(server.parts).idle()
  const before = await segments(project)
  server.setNow(now + 60_000)
  const { changes } = await apply(project, await pull(project), { prune: true })
  server.setNow(now)
  expect(kinds(changes)).toEqual({ 'ireland-eire': 'unchanged', others: 'unchanged' })
  expect(await segments(project)).toEqual(before)
})

test('a segment renamed in its file, and the file itself, keep number and history', async () => {
  const project = await shop()
  const texts = await pull(project)
  const moved = { 'markets/ie.yml': texts['ireland-eire.yaml']?.replace('Ireland & Éire', 'The Irish') ?? '', 'others.yaml': texts['others.yaml'] ?? '' }
  const { changes } = await apply(project, moved, { prune: true })
  expect(changes[0]).toMatchObject({ kind: 'rename', id: project.ireland.id, was: 'Ireland & Éire', changes: ['Renamed: “Ireland & Éire” → “The Irish”'] })
  expect(kinds(changes)).toEqual({ 'ireland-eire': 'rename', others: 'unchanged' })
  expect(await project.get(`/segments/${project.ireland.id}`)).toMatchObject({ name: 'The Irish', version: 1, description: 'Where we\nbegan' })
  // Renamed in Kindred it keeps its key too.
  await project.put(`/segments/${project.ireland.id}`, { name: 'Irish', description: '', definition: project.ireland.definition })
  expect((await pull(project))['ireland-eire.yaml']).toContain('name: Irish\n')
})

test('a changed rule is told in words and sizes, and becomes the next version', async () => {
  const project = await shop()
  const texts = await pull(project)
  const wider = { ...texts, 'ireland-eire.yaml': texts['ireland-eire.yaml']?.replace('is: Ireland', 'is: [Ireland, Spain]') ?? '' }
  const planned = await plan(project, wider)
  const change = {
    kind: 'change',
    changes: ['Changed: whose country is Ireland → whose country is Ireland or Spain'],
    members: { before: 2, after: 3 },
    drift: null,
  }
  expect(planned).toMatchObject({ mistakes: [], changes: [change, { kind: 'unchanged' }] })
  expect(await project.get(`/segments/${project.ireland.id}`)).toMatchObject({ version: 1 })
  const { changes } = await apply(project, wider)
  expect(changes[0]).toMatchObject(change)
  expect(await project.get(`/segments/${project.ireland.id}`)).toMatchObject({ version: 2, count: 3 })
  const { results } = await project.get<Page<SegmentVersion>>(`/segments/${project.ireland.id}/versions`)
  expect(results.map(({ version, author, changes: lines }) => ({ version, author, lines }))).toEqual([
    { version: 2, author: 'An API key', lines: change.changes },
    { version: 1, author: 'An API key', lines: [] },
  ])
  // The folder that was applied still says version 1: what files made is no drift.
  const again = { ...wider, 'ireland-eire.yaml': wider['ireland-eire.yaml'].replace('Spain', 'France') }
  expect((await apply(project, again)).changes[0]).toMatchObject({ kind: 'change', drift: null })
})

test('a change made in Kindred since is shown with who and what, and overwritten only by force', async () => {
  const project = await shop()
  const texts = await pull(project)
  const { id } = project.ireland
  await project.put(`/segments/${id}`, { name: 'Ireland & Éire', description: 'Where we\nbegan', definition: { where: { property: 'country', is: 'Malta' } } })
  const { changes } = await plan(project, texts)
  expect(changes[0]?.drift).toMatchObject({
    kind: 'changed',
    version: 1,
    current: 2,
    versions: [{ version: 2, author: 'An API key', changes: ['Changed: whose country is Ireland → whose country is Malta'] }],
  })
  await expect(apply(project, texts)).rejects.toMatchObject({
    status: 409,
    body: expect.stringMatching(/segment-files\/drift.*ireland-eire was changed in Kindred since version 1/),
  })
  expect(await project.get(`/segments/${id}`)).toMatchObject({ version: 2 })
  await apply(project, texts, { force: true })
  expect(await project.get(`/segments/${id}`)).toMatchObject({ version: 3, definition: project.ireland.definition })
  // A name alone makes no version, yet it is seen.
  const pulled = await pull(project)
  await project.put(`/segments/${id}`, { name: 'Éire', description: 'Where we\nbegan', definition: project.ireland.definition })
  expect((await plan(project, pulled)).changes[0]).toMatchObject({ kind: 'rename', drift: { kind: 'renamed', versions: [] } })
  // A file that was written by hand, without a version, overwrites knowingly.
  const byHand = Object.fromEntries(Object.entries(pulled).map(([path, text]) => [path, text.replace(/^version:.*\n/m, '')]))
  expect((await plan(project, byHand)).changes[0]).toMatchObject({ kind: 'rename', drift: null })
  // One that was deleted there comes back only by force, and one of a later version is of elsewhere.
  await project.delete(`/segments/${project.others.id}`)
  expect((await plan(project, await pull(project).then((left) => ({ ...left, 'others.yaml': texts['others.yaml'] ?? '' })))).changes[1]).toMatchObject({
    kind: 'create',
    drift: { kind: 'deleted', deletedAt: now },
  })
  const ahead = { 'a.yaml': (pulled['ireland-eire.yaml'] ?? '').replace(/version: .*/, 'version: 9') }
  expect((await plan(project, ahead)).changes[0]?.drift).toMatchObject({ kind: 'ahead', version: 9, current: 3 })
})

test('new segments may name each other in any order; those round in circles are refused with the way', async () => {
  const project = await server.createProject()
  await apply(project, { '1.yaml': file('a', '{ in: b }'), '2.yaml': file('b', '{ not: { in: c } }'), '3.yaml': file('c', '{ property: x, exists: true }') })
  const ids = new Map((await segments(project)).map(({ name, id }) => [name, id]))
  expect((await segments(project)).find(({ name }) => name === 'b')?.definition?.where).toEqual({ not: { in: ids.get('c') } })
  const { mistakes } = await plan(project, {
    '2.yaml': file('b', '{ not: { in: c } }'),
    '3.yaml': file('c', '{ any: [{ property: x, exists: true }, { in: a }] }'),
  })
  expect(mistakes).toEqual([
    { path: '2.yaml', line: 4, at: 'definition.where.not.in', reason: 'the segment would contain itself: b → c → a → b' },
    { path: '3.yaml', line: 4, at: 'definition.where.any.1.in', reason: 'the segment would contain itself: c → a → b → c' },
  ])
})

test('one bad file of three applies nothing, and every mistake of every file is told with its line', async () => {
  const project = await shop()
  const before = [await segments(project), await pull(project)]
  const bad = {
    'good.yaml': file('good', '{ property: x, exists: true }'),
    'ireland.yaml': file('ireland-eire', '{ property: country, is: Malta }'),
    'bad.yaml':
      'key: bad\nname: ""\ncolour: red\ndefinition:\n  where:\n    all:\n      - property: a\n        iss: b\n      - in: nobody\n      - in: 12\n      - did: x\n        within: { last: 3 moons }\n',
    'broken.yaml': 'key: broken\nname: [\n',
    'list.yaml': file('others-2', '{ property: x, exists: true }'),
    'twice.yaml': file('good', '{ property: x, exists: true }'),
    'pattern.yaml': file('pattern', '{ not: { property: x, matches: "a(" } }'),
    'accounts.yaml': 'key: others\nname: Others\ndefinition:\n  unit: account\n  where: { property: x, exists: true }\n',
    'key.yaml': file('Not a key', '{ property: x, exists: true }'),
  }
  const { mistakes } = await plan(project, bad)
  const told = mistakes.map(({ path, line, at, reason }) => `${path}:${line} ${at} ${reason}`)
  for (const expected of [
    /^accounts\.yaml:4 definition\.unit .*people stays one/,
    /^bad\.yaml:2 name /,
    /^bad\.yaml:3 colour nothing of this name/,
    /^bad\.yaml:8 definition\.where\.all\.0\.iss nothing of this name/,
    /^bad\.yaml:9 definition\.where\.all\.1\.in there is no segment with the key nobody/,
    /^bad\.yaml:10 definition\.where\.all\.2\.in write the key/,
    /^bad\.yaml:12 definition\.where\.all\.3\.within/,
    /^broken\.yaml:\d+ /,
    /^key\.yaml:1 key .*small letters/,
    /^list\.yaml:1 key .*frozen list/,
    /^pattern\.yaml:4 definition\.where\.not\.matches/,
    /^twice\.yaml:1 key good\.yaml has the same key/,
  ]) {
    expect(told).toContainEqual(expect.stringMatching(expected))
  }
  await expect(apply(project, bad, { force: true })).rejects.toMatchObject({
    status: 400,
    body: expect.stringMatching(/segment-files\/invalid.*bad\.yaml:9: definition\.where\.all\.1\.in/),
  })
  expect([await segments(project), await pull(project)]).toEqual(before)
})

test('sample people in the file of a segment of accounts, and the other way round, are a mistake, told by `test` and `apply`', async () => {
  const project = await server.createProject()
  const text = [
    'key: buying-companies',
    'name: Buying companies',
    'definition: { unit: account, where: { did: order } }',
    'tests:',
    '  - { name: Ann, distinctId: ann, expected: in }',
    '',
  ].join('\n')
  const reason = 'the segment holds accounts: give an accountKey or an account'
  const tested = await project.post<SegmentFilesTested>('/segments/files/test', { files: sent({ 'buying.yaml': text }) })
  expect(tested).toEqual({ files: [], mistakes: [{ path: 'buying.yaml', line: 5, at: 'tests.0', reason }] })
  await expect(apply(project, { 'buying.yaml': text })).rejects.toThrow(reason)
  const turned = text.replace('unit: account', 'unit: person').replace('distinctId: ann', 'accountKey: { type: company, key: acme }')
  await expect(apply(project, { 'buying.yaml': turned })).rejects.toThrow('the segment holds people: give a distinctId or a person')
  const right = text.replace('distinctId: ann', 'account: { people: [{ events: [{ event: order, at: 2026-03-01T12:00:00Z }] }] }')
  expect(await project.post<SegmentFilesTested>('/segments/files/test', { files: sent({ 'buying.yaml': right }) })).toMatchObject({
    files: [{ results: [{ name: 'Ann', passed: true }] }],
    mistakes: [],
  })
  expect(await segments(project)).toEqual([])
})

test('what has no file is deleted only by prune, and not while something uses it', async () => {
  const project = await shop()
  const { 'ireland-eire.yaml': ireland = '', 'others.yaml': others = '' } = await pull(project)
  expect(kinds((await apply(project, { 'others.yaml': others })).changes)).toEqual({ others: 'unchanged' })
  expect((await plan(project, { 'others.yaml': others }, { prune: true })).mistakes).toMatchObject(
    [
      { path: 'others.yaml', line: 9, at: 'definition.where.not.in', reason: expect.stringMatching(/ireland-eire, which has no file and would be deleted/) },
      { path: 'ireland-eire.yaml', reason: '“Ireland & Éire” has no file but cannot be deleted: it is used by “Others”' },
    ].sort((one, other) => (one.path < other.path ? -1 : 1)),
  )
  await expect(apply(project, { 'others.yaml': others }, { prune: true })).rejects.toMatchObject({ status: 400 })
  expect(kinds((await apply(project, { 'ireland-eire.yaml': ireland }, { prune: true })).changes)).toEqual({ 'ireland-eire': 'unchanged', others: 'delete' })
  await expect(project.get(`/segments/${project.others.id}`)).rejects.toMatchObject({ status: 404 })
  // Nothing is deleted for a file that cannot be opened.
  expect(kinds((await plan(project, { 'ireland-eire.yaml': 'key: [' }, { prune: true })).changes)).toEqual({})
})

test('files of one project make nothing in another, and keys of others are not known there', async () => {
  const one = await shop()
  const other = await server.createProject()
  const texts = await pull(one)
  expect((await plan(other, { 'others.yaml': texts['others.yaml'] ?? '' })).mistakes).toMatchObject([{ reason: expect.stringContaining('ireland-eire') }])
  await apply(other, texts)
  expect(await pull(other)).toEqual(texts)
  const [made] = (await segments(other)).filter(({ name }) => name === 'Others')
  expect(made?.id).not.toBe(one.others.id)
  await apply(other, {}, { prune: true })
  expect(await segments(other)).toEqual([])
  expect(await segments(one)).toHaveLength(3)
  const keyless = await server.app.inject({
    method: 'POST',
    url: `/api/v1/projects/${one.project.id}/segments/files/apply`,
    headers: other.headers,
    payload: { files: [] },
  })
  expect(keyless.statusCode).toBe(403)
})

test('a request sent twice with one Idempotency-Key makes one version; a key to read may plan and not apply', async () => {
  const project = await shop()
  const texts = await pull(project)
  const payload = { files: sent({ ...texts, 'ireland-eire.yaml': (texts['ireland-eire.yaml'] ?? '').replace('is: Ireland', 'is: Spain') }) }
  const url = `/api/v1/projects/${project.project.id}/segments/files`
  const headers = { ...project.headers, 'idempotency-key': 'once' }
  const replies = await Promise.all([1, 2].map(() => server.app.inject({ method: 'POST', url: `${url}/apply`, headers, payload })))
  expect(replies.map(({ statusCode }) => statusCode)).toEqual([200, 200])
  expect(replies[0]?.body).toBe(replies[1]?.body)
  expect(await project.get(`/segments/${project.ireland.id}`)).toMatchObject({ version: 2 })
  const { secret } = await project.post<{ secret: string }>('/keys', { name: 'read', scopes: ['read'] })
  const reader = { authorization: `Bearer ${secret}` }
  expect((await server.app.inject({ method: 'POST', url: `${url}/plan`, headers: reader, payload })).statusCode).toBe(200)
  expect((await server.app.inject({ method: 'POST', url: `${url}/apply`, headers: reader, payload })).statusCode).toBe(403)
})

test('what would exhaust the reader is refused in words', async () => {
  const project = await server.createProject()
  const texts = {
    'alias.yaml': 'key: alias\nname: a\ndefinition:\n  where: &x { property: a, exists: true }\nmore: *x\n',
    'deep.yaml': `key: deep\nname: a\ndefinition: { where: ${'{ not: '.repeat(5000)}1${' }'.repeat(5000)} }\n`,
    'list.yaml': '- a\n',
    'empty.yaml': '',
  }
  const { mistakes } = await plan(project, texts)
  expect(new Set(mistakes.map(({ path }) => path))).toEqual(new Set(Object.keys(texts)))
})
