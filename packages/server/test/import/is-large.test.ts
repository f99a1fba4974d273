import { mkdtempSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { isLarge } from '../../src/imports/is-large.ts'

const megabyte = 1024 * 1024
const temporaryFolder = () => mkdtempSync(join(tmpdir(), 'kindred-large-'))

test.each([
  ['text', 'uuid,event\n', 32],
  ['Parquet', 'PAR1', 4],
])('a file of %s is large by what it holds, not by what it takes on disk', async (_, head, megabytes) => {
  const path = join(temporaryFolder(), 'file')
  writeFileSync(path, head)
  truncateSync(path, megabytes * megabyte - 1)
  expect(await isLarge(path)).toBe(false)
  truncateSync(path, megabytes * megabyte)
  expect(await isLarge(path)).toBe(true)
})

test('a file of gzip is large by what it says it holds', async () => {
  const path = join(temporaryFolder(), 'file')
  writeFileSync(path, gzipSync(Buffer.alloc(32 * megabyte - 1, 'a')))
  expect(await isLarge(path)).toBe(false)
  writeFileSync(path, gzipSync(Buffer.alloc(32 * megabyte, 'a')))
  expect(await isLarge(path)).toBe(true)
  truncateSync(path, 3)
  expect(await isLarge(path)).toBe(false)
})

test('what cannot be read is not large: whoever opens it says why', async () => {
  const folder = temporaryFolder()
  expect(await isLarge(join(folder, 'none'))).toBe(false)
  expect(await isLarge(folder)).toBe(false)
  writeFileSync(join(folder, 'empty'), '')
  expect(await isLarge(join(folder, 'empty'))).toBe(false)
})
