import Database from 'better-sqlite3'

/** The catalog's file as every thread opens it: readers beside one writer, a commit is on disk when it returns. */
export function openSqlite(path: string): Database.Database {
  const database = new Database(path, { timeout: 30_000 })
  database.pragma('journal_mode = wal')
  database.pragma('synchronous = full')
  database.pragma('secure_delete = on')
  return database
}
