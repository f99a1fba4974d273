import { createHash, randomBytes } from 'node:crypto'

const uuidForm = /^([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})$/

/** The lower-case, dashed form; null where `text` is no uuid. */
export function readUuid(text: string): string | null {
  const parts = uuidForm.exec(text.trim().toLowerCase())
  return parts === null ? null : parts.slice(1).join('-')
}

/** A new uuid of version 7: its first 48 bits are `at`, epoch milliseconds. */
export function uuidV7(at: number): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(Math.max(0, Math.floor(at)), 0, 6)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  return dashed(bytes)
}

function dashed(bytes: Buffer): string {
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** The uuid of version 5 (RFC 9562) of `name`: the same name gives the same uuid for ever. `space` is a uuid. */
export function uuidV5(space: string, name: string): string {
  const bytes = createHash('sha1')
    .update(Buffer.from(space.replaceAll('-', ''), 'hex'))
    .update(name, 'utf8')
    .digest()
    .subarray(0, 16)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  return dashed(bytes)
}

/** The time inside a uuid of version 7, epoch milliseconds; null for other versions. `uuid` is lower-case and dashed. */
export function timeOfUuid(uuid: string): number | null {
  return uuid[14] === '7' ? Number.parseInt(uuid.slice(0, 8) + uuid.slice(9, 13), 16) : null
}
