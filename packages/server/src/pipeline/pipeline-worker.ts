import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { EnrichersCatalog } from '../enrich/enrichers.ts'
import { Geography } from '../enrich/geo.ts'
import { openSqliteLog } from '../log/sqlite.ts'
import { Rest } from '../rest.ts'
import { openSqlite } from '../store/catalog/open-sqlite.ts'
import { Feed } from './feed.ts'
import { releaseSpareLines } from './json-lines.ts'
import type { PipelineReply, PipelineRequest, PipelineWorkerData } from './messages.ts'
import { Pipeline } from './pipeline.ts'

/** The thread that takes the log through the pipeline's steps. The rows go to the main thread, the only one that may hold the store. */
const options = workerData as PipelineWorkerData
const main = parentPort
if (main === null) throw new Error('the pipeline runs in a thread of its own')
const politePriority = 5

// Where all cores are busy, whoever waits for an acknowledgement comes first. Only Linux gives a thread a priority of its own.
if (process.platform === 'linux') setPriority(0, politePriority)

const database = openSqlite(options.catalogPath)
const sayGeography = database.prepare<[string]>("insert into settings (name, value) values ('geography', ?) on conflict do update set value = excluded.value")
const geography = new Geography(options.geoip, (state) => sayGeography.run(JSON.stringify(state)))
/** A file of places that is replaced is taken within this time. */
const geographyEvery = 2_000
const geographyTimer = options.geoip === null ? undefined : setInterval(() => geography.refresh(), geographyEvery)
const pipeline = new Pipeline({ database, enrichers: new EnrichersCatalog(database, geography), propertyNames: options.propertyNames })
const log = openSqliteLog({ path: options.logPath, deduplicationDays: options.deduplicationDays, logDays: options.logDays })
const rest = new Rest(() => {
  database.pragma('shrink_memory')
  releaseSpareLines()
})
const feed = new Feed({
  log,
  pipeline,
  send: (reply: PipelineReply) => {
    rest.worked()
    main.postMessage(reply, reply.kind === 'insert' ? [reply.rows.buffer as ArrayBuffer] : [])
  },
})

options.log.on('message', (end: number) => feed.more(end))
main.on('message', (request: PipelineRequest) => {
  if (request.kind === 'inserted') feed.inserted(request.id, request.refused)
  else if (request.kind === 'hurry') feed.hurry()
  else if (request.kind === 'people') addPeople(request)
  // Messages are taken in their order, so all that was told before is done.
  else if (request.kind === 'ping') answerPing(request.id)
  else void feed.stop().then(close)
})
void feed.start()

function addPeople({ id, projectId, people }: Extract<PipelineRequest, { kind: 'people' }>): void {
  try {
    feed.addPeople(projectId, people, () => main?.postMessage({ kind: 'peopleAdded', id } satisfies PipelineReply))
  } catch (error) {
    main?.postMessage({ kind: 'peopleAdded', id, error: String(error) } satisfies PipelineReply)
  }
}

/** Whoever asks may want the outbox to hold only what is on its way. */
function answerPing(id: number): void {
  feed.clearOutbox()
  main?.postMessage({ kind: 'pong', id } satisfies PipelineReply)
}

function close(): void {
  clearInterval(geographyTimer)
  rest.end()
  log.close()
  database.close()
  options.log.close()
  main?.close()
}
