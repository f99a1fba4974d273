import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe } from 'vitest'
import { openSqliteLog } from '../../src/log/sqlite.ts'
import { logConformance } from './conformance.ts'

describe('the log in a SQLite file', () => {
  let folder: string
  let opened = 0
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'kindred-log-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  logConformance(({ again = false, deduplicationDays = 30, logDays = 7 }) => {
    if (!again) opened += 1
    return openSqliteLog({ path: join(folder, `${opened}.sqlite`), deduplicationDays, logDays })
  })
})
