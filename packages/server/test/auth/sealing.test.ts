import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { installationKey, seal, unseal } from '../../src/auth/sealing.ts'

const folder = mkdtempSync(join(tmpdir(), 'kindred-sealing-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('the key of an installation is made once, for its owner alone, and found again', () => {
  const keyFile = join(folder, 'made.key')
  const key = installationKey({ keyFile })
  expect(statSync(keyFile).mode & 0o777).toBe(0o600)
  expect(Buffer.from(readFileSync(keyFile, 'utf8'), 'base64')).toEqual(key)
  expect(installationKey({ keyFile })).toEqual(key)
})

test('what is sealed is told by its own key alone, and not once it was changed', () => {
  const key = installationKey({ keyFile: join(folder, 'one.key') })
  const sealed = seal('whsec_ a secret', key)
  expect(unseal(sealed, key)).toBe('whsec_ a secret')
  expect(sealed.includes('secret')).toBe(false)
  expect(() => unseal(sealed, installationKey({ keyFile: join(folder, 'another.key') }))).toThrow()
  expect(() => unseal(Buffer.concat([sealed.subarray(0, -1), Buffer.from([(sealed.at(-1) ?? 0) ^ 1])]), key)).toThrow()
})

test('a file that holds no key, or cannot be made, is named', () => {
  const keyFile = join(folder, 'broken.key')
  writeFileSync(keyFile, 'too short\n')
  expect(() => installationKey({ keyFile })).toThrow(`The key file ${keyFile} cannot be used: it does not hold 32 bytes`)
  expect(() => installationKey({ keyFile: join(folder, 'nowhere', 'a.key') })).toThrow(expect.objectContaining({ code: 'server/key-file' }))
})
