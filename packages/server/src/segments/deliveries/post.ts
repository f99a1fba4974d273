import { lookup } from 'node:dns/promises'
import http from 'node:http'
import https from 'node:https'
import { BlockList, isIP } from 'node:net'
import { KindredError } from '@kindred/model'
import type { Config } from '../../config.ts'

const patience = 30_000
const longestWait = 60_000

/** Addresses of this machine and of networks behind it: nobody may make the server speak to them, unless its operator allowed it. */
const inside = new BlockList()
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const) {
  inside.addSubnet(network, bits, 'ipv4')
}
for (const [network, bits] of [
  ['::', 127],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  inside.addSubnet(network, bits, 'ipv6')
}

/** `said`: what the receiver answered, or why it did not. */
type Answer = { said: string } & ({ ok: true } | { ok: false; again: boolean; wait?: number })

/** Errors: `segment/webhook` for an address that the server may not speak to. */
export async function checkAddress(config: Pick<Config, 'privateWebhooks'>, url: string): Promise<void> {
  await addressOf(config, new URL(url))
}

/** Looked up once and then spoken to by number: a name that answers another address the second time leads nowhere else. */
async function addressOf({ privateWebhooks }: Pick<Config, 'privateWebhooks'>, url: URL): Promise<{ address: string; family: number }> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const refuse = (reason: string) => new KindredError('segment/webhook', { reason })
  if (url.username !== '' || url.password !== '') throw refuse('it holds a password; the signature tells the receiver who sends')
  const found = isIP(host) === 0 ? await lookup(host).catch(() => undefined) : { address: host, family: isIP(host) }
  if (found === undefined) throw refuse(`nobody knows the host ${host}`)
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(found.address)?.[1]
  const isInside = mapped === undefined ? inside.check(found.address, found.family === 6 ? 'ipv6' : 'ipv4') : inside.check(mapped, 'ipv4')
  if (isInside && !privateWebhooks) throw refuse(`${host} is an address inside the network; the operator can allow it with KINDRED_PRIVATE_WEBHOOKS`)
  return found
}

interface Posted {
  body: string
  headers: Record<string, string>
  signal: AbortSignal
}

/** One try. Redirects are not followed. */
export async function postTo(config: Pick<Config, 'privateWebhooks'>, text: string, { body, headers, signal }: Posted): Promise<Answer> {
  const url = new URL(text)
  try {
    const { address, family } = await addressOf(config, url)
    const { request } = url.protocol === 'https:' ? https : http
    return await new Promise<Answer>((resolve, reject) => {
      const sent = request(
        url,
        {
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), 'user-agent': 'Kindred' },
          lookup: (_host, options, found) => (options.all === true ? found(null, [{ address, family }]) : found(null, address, family)),
          timeout: patience,
          signal,
        },
        (reply) => {
          reply.resume()
          resolve(answerOf(reply.statusCode ?? 0, reply.headers['retry-after']))
        },
      )
      sent.on('timeout', () => sent.destroy(new Error(`no answer within ${patience / 1000} s`)))
      sent.on('error', reject)
      sent.end(body)
    })
  } catch (error) {
    const again = !(error instanceof KindredError)
    return { ok: false, again, said: error instanceof Error ? error.message : String(error) }
  }
}

/** A receiver that is busy or broken is tried again; one that refuses is not. */
function answerOf(status: number, retryAfter: string | undefined): Answer {
  const said = `the receiver answered ${status}`
  if (status >= 200 && status < 300) return { ok: true, said }
  const again = status === 408 || status === 429 || status >= 500
  const seconds = Number(retryAfter)
  const wait = Number.isFinite(seconds) && seconds > 0 ? { wait: Math.min(seconds * 1000, longestWait) } : {}
  return { ok: false, again, said, ...wait }
}
