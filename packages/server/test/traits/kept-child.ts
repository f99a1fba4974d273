import { readConfig } from '../../src/config.ts'
import { entryOf, packEntries } from '../../src/log/entry.ts'
import { startKindred } from '../../src/main.ts'
import { Upkeep } from '../../src/traits/kept/upkeep.ts'

/** A server on a folder with some events, which keeps what traits measure of them over and over. Ends by being killed. */
const [dataDir = ''] = process.argv.slice(2)
const { parts } = await startKindred({ config: readConfig({}, { dataDir, port: 0, logLevel: 'silent' }), webFolder: dataDir })
const upkeep = new Upkeep(parts, { leastEvents: 1, eventsOfEach: 1, bareEventsOfEach: 1, lag: 1, slice: 150 })
for (let round = 0; ; round += 1) {
  const events = Array.from({ length: 900 }, (_, index) => ({
    uuid: crypto.randomUUID(),
    event: index % 3 === 0 ? 'view' : 'look',
    distinctId: `person-${index % 70}`,
    timestamp: Date.UTC(2026, (index + round) % 12, 1),
    properties: { $channel: index % 2 === 0 ? 'Email' : 'Direct', page: `page-${(index * 7 + round) % 90}` },
  }))
  await parts.ingest.append({ projectId: 1, source: 'api', events: packEntries(events.map(entryOf)) })
  await parts.ingest.drained()
  await upkeep.run()
}
