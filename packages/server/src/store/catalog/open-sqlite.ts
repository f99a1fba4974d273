import Database from 'better-sqlite3'

/** The catalog's file as every thread opens it: readers beside one writer, a commit is on disk when it returns. */
export function openSqlite(path: string): Database.Database {
  const database = new Database(path, { timeout: 30_000 })
  database.pragma('journal_mode = wal')
  database.pragma('synchronous = full')
  // Zeroes what costs no extra write: a batch in the outbox is megabytes, deleted a second later. Erasing a person asks for more by itself.
  database.pragma('secure_delete = fast')
  // The same pages are written again and again (the outbox, people of the moment), so folding the journal less often folds each page once.
  database.pragma('wal_autocheckpoint = 8192')
  database.pragma('cache_size = -32768')
  return database
}
