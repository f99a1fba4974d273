import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ImportState, Page } from '@kindred/model'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { InstanceClient } from '../../src/commands/instance-client.ts'
import { importFile } from '../../src/imports/command.ts'
import { resumeImports } from '../../src/imports/jobs.ts'
import { startTestServer, type TestProject, type TestServer } from '../test-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'kindred-command-'))
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
let server: TestServer
let shop: TestProject
let client: InstanceClient

beforeAll(async () => {
  server = await startTestServer()
  await resumeImports(server.parts)
  shop = await server.createProject()
  client = { url: await server.app.listen({ host: '127.0.0.1', port: 0 }), authorization: 'Bearer the-instance-secret-of-tests' }
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

/** What the command prints. */
async function run(options: Parameters<typeof importFile>[1]): Promise<string> {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  try {
    await importFile(client, options)
    return write.mock.calls.map(([text]) => String(text)).join('')
  } finally {
    write.mockRestore()
  }
}

const map = `
person: { id: who, whenEmpty: skip }
event:
  name: seen
  time: { column: at }
`

test('kindred import sends the file over HTTP and says what came in, what was left out and what could not be read', { timeout: 200_000 }, async () => {
  const orders = file('seen.csv', 'who,at\na,2011-01-01\nb,2011-01-02\n,2011-01-02\nc,never\n')
  const mapping = file('map.yaml', map)
  expect(await run({ file: orders, map: mapping })).toMatch(/4 rows read, 2 events of 2 people came in\.\n1 row left out: no who\.\n1 row could not be read/)
  expect(await run({ file: orders, map: mapping, project: shop.project.id })).toMatch(/0 events of 0 people came in\.\n2 events were there already/)
  const { results: imports } = await shop.get<Page<ImportState>>('/imports')
  expect(imports.map(({ name, state, events, duplicates }) => ({ name, state, events, duplicates }))).toEqual([
    { name: 'seen.csv', state: 'done', events: 0, duplicates: 2 },
    { name: 'seen.csv', state: 'done', events: 2, duplicates: 0 },
  ])
  expect(await shop.text(`/imports/${imports[1]?.id}/rejects`)).toContain('"c,never"')
})

test('it passes on what is wrong with the mapping, and asks for the project where there are several', async () => {
  const orders = file('other.csv', 'id,at\n1,2011-01-01\n')
  await expect(run({ file: orders, map: file('map.yaml', map) })).rejects.toThrow('the file has no column "who"; it has "id", "at"')
  await expect(run({ file: orders, map: file('broken.yaml', 'person: {') })).rejects.toThrow(/^The mapping .*broken\.yaml cannot be read: /)
  await expect(run({ file: folder })).rejects.toThrow(/ is a folder; give a file\.$/)
  const other = await server.createProject({ name: 'Other' })
  await expect(run({ file: orders, map: file('map.yaml', map) })).rejects.toThrow(
    `Say which project with --project ID: ${shop.project.id} (Test), ${other.project.id} (Other)`,
  )
})

test('it shows what rows become, uses saved mappings, and answers a guess where nothing is said', async () => {
  const log = vi.spyOn(console, 'log').mockReturnValue()
  const visits = file('visits.csv', 'who,at\na,2011-01-01\nb,never\n')
  const { id } = shop.project
  await shop.post('/imports/mappings', { name: 'Visits', mapping: { person: { id: 'who' }, event: { name: 'visited', time: { column: 'at' } } } })
  await run({ file: visits, saved: 'Visits', preview: true, project: id })
  expect(log.mock.calls.join('\n')).toMatch(
    /line 2: visited, a, 2011-01-01T00:00:00\.000Z \{\}\nline 3 cannot be read: at: "never" is not a time.*\n2 rows looked at/,
  )
  log.mockRestore()
  expect(await run({ file: visits, saved: 'Visits', project: id })).toMatch(/1 event of 1 person came in/)
  await expect(run({ file: visits, saved: 'Nope', project: id })).rejects.toThrow('There are: Visits.')
  await expect(run({ file: visits, project: id })).rejects.toThrow(/This is a guess[\s\S]*person:\n/)
  const line = { uuid: crypto.randomUUID(), event: 'x', distinct_id: 'a', timestamp: '2024-01-01', properties: {} }
  expect(await run({ file: file('export.jsonl', JSON.stringify(line)), project: id })).toMatch(/1 event of 1 person came in/)
})
