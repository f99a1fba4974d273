import { parentPort, workerData } from 'node:worker_threads'
import Database from 'better-sqlite3'

/** Copies the log's journal into its file whenever it is asked to, and answers once it has. */
const database = new Database((workerData as { path: string }).path, { timeout: 30_000 })

parentPort?.on('message', () => {
  try {
    database.pragma('wal_checkpoint(passive)')
  } catch (error) {
    console.error('the journal of the log could not be copied into its file', error)
  }
  parentPort?.postMessage('done')
})
