import { BlockList, isIP } from 'node:net'

/** The address a request came from: of the connection, or, where that is a proxy of ours, what the proxy says. */
export type ClientAddress = (connection: string, forwardedFor: string | string[] | undefined) => string

const loopback = ['127.0.0.0/8', '::1']
const ipv4InIpv6 = /^::ffff:(?=\d+\.)/i

/**
 * `proxies` are the addresses (10.0.0.5), networks (10.0.0.0/8) or the word loopback whose X-Forwarded-For is believed. Read from its end: each proxy adds
 * who called it, so the first address that is no proxy of ours is the sender; whatever stands before it, the sender may have made up.
 * Errors: an entry that is none of these.
 */
export function clientAddress(proxies: readonly string[]): ClientAddress {
  const trusted = new BlockList()
  for (const proxy of proxies.flatMap((entry) => (entry === 'loopback' ? loopback : [entry]))) trust(trusted, proxy)
  const isTrusted = (address: string) => isIP(address) !== 0 && trusted.check(address, family(address))
  return (connection, forwardedFor) => {
    const chain = [...String(forwardedFor ?? '').split(','), connection].map(bare).filter((address) => isIP(address) !== 0)
    return chain.findLast((address) => !isTrusted(address)) ?? chain[0] ?? bare(connection)
  }
}

function trust(list: BlockList, proxy: string): void {
  const [address = '', length] = proxy.split('/')
  const longest = isIP(address) === 6 ? 128 : 32
  const bits = length === undefined ? longest : Number(length)
  if (isIP(address) === 0 || !Number.isInteger(bits) || bits < 0 || bits > longest) {
    throw new Error(`KINDRED_TRUSTED_PROXIES has ${proxy}, which is no address, no network such as 10.0.0.0/8, and not the word loopback.`)
  }
  list.addSubnet(address, bits, family(address))
}

const family = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4')

/** Without brackets, port, zone, and the form in which a socket writes an IPv4 address in IPv6. */
function bare(text: string): string {
  const address = text
    .trim()
    .replace(/^\[(.*)\](:\d+)?$/, '$1')
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
  return address.replace(/%.*$/, '').replace(ipv4InIpv6, '')
}
