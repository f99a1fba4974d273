import type { BucketCondition } from '@kindred/model'
import type { Asked } from './history.ts'

export function bucket({ bucket: { salt, from, to } }: BucketCondition, { subject }: Asked): boolean {
  const drawn = (xxHash32(`${salt}:${subject.id}`) * 100) / 2 ** 32
  return drawn >= from && drawn < to
}

const primes = [0x9e3779b1, 0x85ebca77, 0xc2b2ae3d, 0x27d4eb2f, 0x165667b1] as const
const rotated = (value: number, by: number) => (value << by) | (value >>> (32 - by))

/** xxHash32 of a text's UTF-8 bytes with seed 0, as its specification says: github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md. */
export function xxHash32(text: string): number {
  const bytes = new TextEncoder().encode(text)
  const view = new DataView(bytes.buffer)
  let at = 0
  let hash: number = primes[4]
  if (bytes.length >= 16) {
    const lanes = [primes[0] + primes[1], primes[1], 0, -primes[0]].map((lane) => lane | 0)
    for (; at + 16 <= bytes.length; at += 16) {
      lanes.forEach((lane, index) => {
        lanes[index] = Math.imul(rotated((lane + Math.imul(view.getUint32(at + 4 * index, true), primes[1])) | 0, 13), primes[0])
      })
    }
    hash = [1, 7, 12, 18].reduce((sum, by, index) => sum + rotated(lanes[index] ?? 0, by), 0)
  }
  hash = (hash + bytes.length) | 0
  for (; at + 4 <= bytes.length; at += 4) hash = Math.imul(rotated((hash + Math.imul(view.getUint32(at, true), primes[2])) | 0, 17), primes[3])
  for (; at < bytes.length; at++) hash = Math.imul(rotated((hash + Math.imul(bytes[at] ?? 0, primes[4])) | 0, 11), primes[0])
  hash = Math.imul(hash ^ (hash >>> 15), primes[1])
  hash = Math.imul(hash ^ (hash >>> 13), primes[2])
  return (hash ^ (hash >>> 16)) >>> 0
}
