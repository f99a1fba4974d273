import { deliveryCreate } from '@kindred/model'
import { readConfig } from '../../src/config.ts'
import { entryOf, packEntries } from '../../src/log/entry.ts'
import { startKindred } from '../../src/main.ts'
import { findProject } from '../../src/projects/projects.ts'
import { startDelivery } from '../../src/segments/deliveries/deliver.ts'
import { createSegment } from '../../src/segments/segments.ts'

/** A server on a folder that sends the members of a segment to an address; a second run goes on with what is under way. Ends by being killed. */
const [dataDir = '', url = '', people = '0'] = process.argv.slice(2)
const { parts } = await startKindred({ config: { ...readConfig({}, { dataDir, port: 0, logLevel: 'silent' }), privateWebhooks: true }, webFolder: dataDir })
if (Number(people) > 0) {
  const events = Array.from({ length: Number(people) }, (_, index) => ({
    uuid: crypto.randomUUID(),
    event: 'order',
    distinctId: `person-${index}`,
    timestamp: parts.clock() - 1000,
    properties: {},
  }))
  await parts.ingest.append({ projectId: 1, source: 'api', events: packEntries(events.map(entryOf)) })
  await parts.ingest.drained()
  const project = await findProject(parts, 1)
  const save = { name: 'Buyers', description: '', definition: { unit: 'person' as const, where: { did: 'order' } } }
  const { id } = await createSegment(parts, project, { save, author: { id: 0 } })
  await startDelivery(parts, project, { id, ...deliveryCreate.parse({ url, batch: 7, columns: 'distinct_id' }) })
}
// What nothing else keeps alive ends by itself.
setInterval(() => undefined, 1000)
