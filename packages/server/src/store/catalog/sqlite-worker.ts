import { parentPort, workerData } from 'node:worker_threads'
import type { Statement } from 'better-sqlite3'
import { openSqlite } from './open-sqlite.ts'
import type { SqliteReply, SqliteRequest } from './sqlite-worker-dialect.ts'

/** Answers the catalog's statements one after another, in the order they come. */
const database = openSqlite((workerData as { path: string }).path)
const statements = new Map<string, Statement<unknown[]>>()
const keptStatements = 500

function run({ id, sql, parameters }: SqliteRequest): SqliteReply {
  try {
    let statement = statements.get(sql)
    if (statement === undefined) {
      statement = database.prepare<unknown[]>(sql)
      if (statements.size >= keptStatements) statements.clear()
      statements.set(sql, statement)
    }
    if (statement.reader) return { id, rows: statement.all(...parameters), changes: 0, insertId: 0 }
    const { changes, lastInsertRowid } = statement.run(...parameters)
    return { id, rows: [], changes, insertId: Number(lastInsertRowid) }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN'
    return { id, error: error instanceof Error ? error.message : String(error), code }
  }
}

parentPort?.on('message', (request: SqliteRequest) => {
  parentPort?.postMessage(run(request))
})
