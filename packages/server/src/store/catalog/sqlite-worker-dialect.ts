import type { Worker } from 'node:worker_threads'
import {
  CompiledQuery,
  type DatabaseConnection,
  type DatabaseIntrospector,
  type Dialect,
  type DialectAdapter,
  type Driver,
  type Kysely,
  type QueryCompiler,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import { startWorker } from '../../worker.ts'

/** One statement for the worker, and its answer. */
export interface SqliteRequest {
  id: number
  sql: string
  parameters: readonly unknown[]
}
export type SqliteReply = { id: number } & ({ rows: unknown[]; changes: number; insertId: number } | { error: string; code: string })

/** Kysely's SQLite dialect over a worker thread: better-sqlite3 is synchronous and would hold the event loop for as long as the disk takes. */
export class SqliteWorkerDialect implements Dialect {
  readonly #path: string

  constructor(path: string) {
    this.#path = path
  }

  createDriver(): Driver {
    return new SqliteWorkerDriver(this.#path)
  }

  createQueryCompiler(): QueryCompiler {
    return new SqliteQueryCompiler()
  }

  createAdapter(): DialectAdapter {
    return new SqliteAdapter()
  }

  createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
    return new SqliteIntrospector(db)
  }
}

/** One worker with one SQLite connection; transactions take turns. */
class SqliteWorkerDriver implements Driver {
  readonly #path: string
  #connection: SqliteWorkerConnection | undefined
  /** The end of the line: each user of the connection waits for the one before. */
  #turn: Promise<void> = Promise.resolve()
  #endTurn: () => void = () => undefined

  constructor(path: string) {
    this.#path = path
  }

  async init(): Promise<void> {
    this.#connection = new SqliteWorkerConnection(startWorker(new URL('./sqlite-worker.ts', import.meta.url), { workerData: { path: this.#path } }))
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    const before = this.#turn
    let end: () => void = () => undefined
    this.#turn = new Promise((resolve) => {
      end = resolve
    })
    await before
    this.#endTurn = end
    if (this.#connection === undefined) throw new Error('the catalog is closed')
    return this.#connection
  }

  async releaseConnection(): Promise<void> {
    this.#endTurn()
  }

  // `immediate` takes the write lock at once: a deferred transaction that read first could not be granted it later (SQLITE_BUSY).
  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'))
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('rollback'))
  }

  async destroy(): Promise<void> {
    await this.#connection?.close()
    this.#connection = undefined
  }
}

class SqliteWorkerConnection implements DatabaseConnection {
  readonly #worker: Worker
  readonly #waiting = new Map<number, (reply: SqliteReply) => void>()
  #failed: Error | undefined
  #lastId = 0

  constructor(worker: Worker) {
    this.#worker = worker
    worker.on('message', (reply: SqliteReply) => {
      this.#waiting.get(reply.id)?.(reply)
      this.#waiting.delete(reply.id)
    })
    worker.on('error', (error) => {
      this.#failed = error
      for (const [id, answer] of this.#waiting) answer({ id, error: error.message, code: 'WORKER' })
      this.#waiting.clear()
    })
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const reply = await this.#send(query)
    if ('error' in reply) throw Object.assign(new Error(reply.error), { code: reply.code })
    return { rows: reply.rows as Row[], numAffectedRows: BigInt(reply.changes), insertId: BigInt(reply.insertId) }
  }

  // Nothing in the catalog is large enough to stream; features page instead.
  // biome-ignore lint/correctness/useYield: the interface asks for a generator
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('the catalog is read in pages')
  }

  async close(): Promise<void> {
    await this.#worker.terminate()
  }

  #send(query: CompiledQuery): Promise<SqliteReply> {
    if (this.#failed !== undefined) throw this.#failed
    const request: SqliteRequest = { id: ++this.#lastId, sql: query.sql, parameters: query.parameters }
    return new Promise((resolve) => {
      this.#waiting.set(request.id, resolve)
      this.#worker.postMessage(request)
    })
  }
}
