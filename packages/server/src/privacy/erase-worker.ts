import { parentPort, workerData } from 'node:worker_threads'
import Database from 'better-sqlite3'
import { openSqlite } from '../store/catalog/open-sqlite.ts'
import { eraseAside } from './erase-aside.ts'
import { closeDeletion, deletionRow, markDeleted, personTables, removeSamples, workList } from './erase-catalog.ts'
import { countInLog, eraseFromLog, eventOf, type LogErasure, rememberUuids } from './erase-log.ts'
import type { EraseReply, EraseTask, EraseWorkerData } from './erase-messages.ts'

/** The thread that goes through the log and the catalog to erase: on connections of its own, that overwrite with zeros what they delete. */
const { catalogPath, logPath } = workerData as EraseWorkerData
const catalog = openSqlite(catalogPath)
catalog.pragma('secure_delete = on')
const log = new Database(logPath, { timeout: 30_000 })
log.pragma('synchronous = full')
log.pragma('secure_delete = on')

type Progress = (share: number) => void

function run(task: EraseTask, progress: Progress): unknown {
  switch (task.kind) {
    case 'mark':
      return markDeleted(catalog, { id: task.id, position: logEnd, now: task.now })
    case 'remember':
      return rememberUuids(log, task.projectId, task.uuids)
    case 'samples':
      return removeSamples(catalog, task.projectId, task.samples)
    case 'log':
      return runOnLog(deletedFromLog(task), task.erase, progress)
    case 'aside':
      return eraseAside(catalog, {
        projectId: deletionRow(catalog, task.id).project_id,
        named: workList(catalog, task.id).named,
        until: task.until,
        erase: task.erase,
      })
    case 'rows':
      return countRows(task.id)
    case 'close':
      return closeDeletion(catalog, task.id, task.receipt)
    case 'expire':
      return runOnLog(expired(task), task.erase, progress)
    case 'wipe':
      return wipe()
  }
}

function logEnd(): number {
  return log.prepare<[], { value: number }>(`select value from state where name = 'position'`).get()?.value ?? 0
}

function runOnLog(erasure: LogErasure, erase: boolean, progress: Progress): number {
  return erase ? eraseFromLog(log, erasure, progress) : countInLog(log, erasure)
}

function deletedFromLog({ id, upTo }: Extract<EraseTask, { kind: 'log' }>): LogErasure {
  const { named } = workList(catalog, id)
  return {
    projectId: deletionRow(catalog, id).project_id,
    upTo,
    reason: 'erased-person',
    mayHold: (text) => named.mayBeIn(text),
    isErased: (text) => named.mayBeIn(text) && named.isIn(text),
  }
}

function expired({ projectId, upTo, before }: Extract<EraseTask, { kind: 'expire' }>): LogErasure {
  const time = /"timestamp":(-?\d+)/g
  const holdsOld = (text: string) => [...text.matchAll(time)].some(([, at]) => Number(at) < before)
  return {
    projectId,
    upTo,
    reason: 'past-retention',
    mayHold: (text, receivedAt) => receivedAt < before || holdsOld(text),
    isErased: (text, receivedAt) => (eventOf(text)?.timestamp ?? receivedAt) < before,
  }
}

function countRows(id: number) {
  const { people } = workList(catalog, id)
  return personTables.map(({ table, columns, place }) => {
    const count = columns.map((column) => catalog.prepare<[number], { n: number }>(`select count(*) as n from ${table} where ${column} = ?`))
    const left = people.reduce((sum, person) => sum + count.reduce((all, statement) => all + (statement.get(person)?.n ?? 0), 0), 0)
    return { place, removed: 0, left }
  })
}

/** Writes the catalog anew, so that no free page keeps what was deleted from it earlier, and empties both journals. Errors: they stay busy. */
function wipe(): string[] {
  catalog.exec('vacuum')
  foldJournal(catalog, 'catalog')
  foldJournal(log, 'log')
  return ['catalog rewritten', 'journal of the catalog emptied', 'journal of the log emptied']
}

function foldJournal(database: Database.Database, name: string): void {
  const patience = Date.now() + 120_000
  for (;;) {
    const [answer] = database.pragma('wal_checkpoint(truncate)') as { busy: number }[]
    if (answer?.busy === 0) return
    if (Date.now() > patience) throw new Error(`the journal of the ${name} cannot be emptied: somebody reads it`)
  }
}

parentPort?.on('message', (message: { id: number; task: EraseTask } | 'close') => {
  const post = (reply: EraseReply) => parentPort?.postMessage(reply)
  if (message === 'close') {
    catalog.close()
    log.close()
    parentPort?.close()
    return
  }
  const { id, task } = message
  try {
    post({ id, result: run(task, (progress) => post({ id, progress })) })
  } catch (error) {
    post({ id, error: error instanceof Error ? error.message : String(error) })
  }
})
