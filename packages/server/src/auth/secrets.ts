import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits in letters that fit a URL and a header. */
export function randomSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** What is kept of a secret of `randomSecret`. It has 256 bits of its own, so a plain hash is enough: there is nothing to guess. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url')
}
