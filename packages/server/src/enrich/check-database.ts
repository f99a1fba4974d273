import { isIP } from 'node:net'
import type { Reader } from 'maxmind'
import type { GeoRecord } from './geo-record.ts'

/** Networks looked at one after the other; a database of more is tried at as many places spread over all addresses. */
const mostNetworks = 50_000
/** In degrees: less than the width of an atom. */
const nextToNothing = 1e-15
const bits = { 4: 32n, 6: 128n } as const

/** Reads records all over the database, since a file may open well and be broken inside. Errors: the first record that cannot be read. */
export function checkDatabase(reader: Reader<never>): void {
  const version = reader.metadata.ipVersion === 4 ? 4 : 6
  const end = 1n << bits[version]
  const step = end / BigInt(mostNetworks)
  const isSmall = reader.metadata.nodeCount <= mostNetworks
  for (let address = 0n, looked = 0; address < end && looked < 2 * mostNetworks; looked++) {
    const text = addressText(address, version)
    const prefix = lookUp(reader, text)
    const size = 1n << (bits[version] - BigInt(prefix))
    // The next network, or, in a large database, the next place.
    address = isSmall ? (address / size + 1n) * size : address + step
  }
  // A large database of both kinds keeps IPv4 in a corner too small to be met by such steps.
  if (isSmall || version === 4) return
  const ofFour = (1n << 32n) / BigInt(mostNetworks)
  for (let address = 0n; address < 1n << 32n; address += ofFour) lookUp(reader, addressText(address, 4))
}

/** The length of the prefix of the address' network. */
function lookUp(reader: Reader<never>, address: string): number {
  if (isIP(address) === 0) throw new Error(`${address} is not an address`)
  try {
    const [record, prefix] = reader.getWithPrefixLength(address)
    checkCoordinates(record)
    return prefix
  } catch (error) {
    throw new Error(`its record for ${address} cannot be read (${error instanceof Error ? error.message : error})`, { cause: error })
  }
}

/** A number of the wrong width is not noticed by reading it: what comes out is next to nothing, or beyond the poles. */
function checkCoordinates(record: GeoRecord | null): void {
  for (const [value, most] of [
    [record?.location?.latitude, 90],
    [record?.location?.longitude, 180],
  ] as const) {
    if (typeof value === 'number' && !(Math.abs(value) <= most && (value === 0 || Math.abs(value) > nextToNothing)))
      throw new Error(`${value} is no coordinate`)
  }
}

function addressText(address: bigint, version: 4 | 6): string {
  const [parts, width, base, joint] = version === 4 ? ([4, 8n, 10, '.'] as const) : ([8, 16n, 16, ':'] as const)
  const text: string[] = []
  for (let part = parts - 1; part >= 0; part--) text.push(((address >> (BigInt(part) * width)) & ((1n << width) - 1n)).toString(base))
  return text.join(joint)
}
