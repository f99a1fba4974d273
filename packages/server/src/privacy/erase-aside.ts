import type { ErasedPlace } from '@kindred/model'
import type Database from 'better-sqlite3'
import type { Named } from './named.ts'

interface Scope {
  projectId: number
  named: Named
  /** What came later is somebody else's. Epoch milliseconds. */
  until: number
  /** false: only counts. */
  erase: boolean
}
interface Kept {
  id: number
  text: string
  more: string
}

const rowsAtOnce = 500
const erasedRow = '(erased)'

/** Events set aside, rows that imports refused and inserts on their way that speak of the deleted people: taken out, or counted. */
export function eraseAside(catalog: Database.Database, scope: Scope): ErasedPlace[] {
  return [
    { place: 'quarantine', removed: eraseQuarantine(catalog, scope), left: null },
    { place: 'refused rows of imports', removed: eraseRejects(catalog, scope), left: null },
    { place: 'outbox', removed: countOutbox(catalog, scope), left: null },
  ]
}

function eraseQuarantine(catalog: Database.Database, scope: Scope): number {
  const { named } = scope
  const page = catalog.prepare<[number, number, number], Kept>(
    `select id, body as text, detail as more from quarantine where project_id = ? and received_at <= ? and id > ? order by id limit ${rowsAtOnce}`,
  )
  const remove = catalog.prepare<[number]>('delete from quarantine where id = ?')
  const isNamed = ({ text, more }: Kept) => named.isIn(text) || named.isIn(more) || named.isRowOf(text)
  return eachPage(catalog, { page: (after) => page.all(scope.projectId, scope.until, after), isNamed, remove: scope.erase ? (id) => remove.run(id) : null })
}

function eraseRejects(catalog: Database.Database, scope: Scope): number {
  const { named } = scope
  const page = catalog.prepare<[number, number, number, string], Kept>(
    `select r.rowid as id, r.row as text, r.reason as more from import_rejects r join imports i on i.id = r.import_id
     where i.project_id = ? and i.created_at <= ? and r.rowid > ? and r.row != ? order by r.rowid limit ${rowsAtOnce}`,
  )
  const empty = catalog.prepare<[string, number]>(`update import_rejects set row = ?, reason = '' where rowid = ?`)
  return eachPage(catalog, {
    page: (after) => page.all(scope.projectId, scope.until, after, erasedRow),
    isNamed: ({ text, more }) => named.isIn(text) || named.isIn(more),
    remove: scope.erase ? (id) => empty.run(erasedRow, id) : null,
  })
}

interface Pages {
  page: (after: number) => Kept[]
  isNamed: (row: Kept) => boolean
  remove: ((id: number) => unknown) | null
}

/** A few rows are one transaction, so that nobody waits long. */
function eachPage(catalog: Database.Database, { page, isNamed, remove }: Pages): number {
  let found = 0
  for (let after = 0; ; ) {
    const rows = page(after)
    const last = rows.at(-1)
    if (last === undefined) return found
    after = last.id
    const named = rows.filter(isNamed)
    found += named.length
    if (remove !== null && named.length > 0)
      catalog
        .transaction(() => {
          for (const { id } of named) remove(id)
        })
        .immediate()
  }
}

/** Inserts are never changed on their way: they were waited for, so there is none. */
function countOutbox(catalog: Database.Database, { named }: Scope): number {
  let found = 0
  for (const { rows } of catalog.prepare<[], { rows: Buffer }>('select rows from outbox').iterate()) {
    for (const line of rows.toString('utf8').split('\n')) if (named.isRowOf(line)) found += 1
  }
  return found
}
