import { readConfig } from '../../src/config.ts'
import { entryOf, packEntries } from '../../src/log/entry.ts'
import { startKindred } from '../../src/main.ts'
import { requestDeletion } from '../../src/privacy/deletions.ts'

/** A server on a folder with some people, which begins to delete one of them. Ends by being killed. */
const [dataDir = ''] = process.argv.slice(2)
const { parts } = await startKindred({ config: readConfig({}, { dataDir, port: 0, logLevel: 'silent' }), webFolder: dataDir })
const events = Array.from({ length: 6000 }, (_, index) => ({
  uuid: crypto.randomUUID(),
  event: 'view',
  distinctId: index % 4 === 0 ? 'vera-victim' : `other-${index % 50}`,
  timestamp: Date.UTC(2026, index % 12, 1),
  properties: { page: index % 4 === 0 ? `victim-page-${index}` : 'home' },
}))
await parts.ingest.append({ projectId: 1, source: 'api', events: packEntries(events.map(entryOf)) })
await parts.ingest.drained()
await requestDeletion(parts, { personIds: [], distinctIds: ['vera-victim'], reason: '', block: false }, { projectId: 1, by: 'test' })
