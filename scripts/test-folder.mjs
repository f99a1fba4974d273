/** Set up before the server's tests: a folder for all that they write. Processes of tests are ended without a word, so that none of them could clear up after itself. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

let folder

export function setup() {
  folder ??= mkdtempSync(join(tmpdir(), 'kindred-tests-'))
  process.env.TEST_FOLDER = folder
}

export function teardown() {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
}
