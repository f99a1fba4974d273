import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { KindredError } from '@kindred/model'
import type { Config } from '../config.ts'

/** What must be read again and told to nobody, in the form in which it is kept. `key` has 32 bytes. */
export function seal(text: string, key: Buffer): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
}

/** Throws where it was sealed with another key, or changed since. */
export function unseal(sealed: Uint8Array, key: Buffer): string {
  const bytes = Buffer.from(sealed)
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12)).setAuthTag(bytes.subarray(12, 28))
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
}

const keyBytes = 32
const keys = new Map<string, Buffer>()

/**
 * The key of this installation: it lies beside the data and not in them, so that a copy of the data tells no secret. Made when it is first needed. Errors:
 * `server/key-file`.
 */
export function installationKey({ keyFile }: Pick<Config, 'keyFile'>): Buffer {
  const key = keys.get(keyFile) ?? readKey(keyFile)
  keys.set(keyFile, key)
  return key
}

function readKey(keyFile: string): Buffer {
  const refuse = (reason: string) => new KindredError('server/key-file', { file: keyFile, reason })
  try {
    writeFileSync(keyFile, `${randomBytes(keyBytes).toString('base64')}\n`, { mode: 0o600, flag: 'wx', flush: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw refuse((error as Error).message)
  }
  const key = Buffer.from(readFileSync(keyFile, 'utf8').trim(), 'base64')
  if (key.length !== keyBytes) throw refuse(`it does not hold ${keyBytes} bytes in base64`)
  return key
}
