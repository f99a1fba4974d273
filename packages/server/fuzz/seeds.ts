import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A request that a real sender makes, before anything is done to it. */
export interface Seed {
  /** With its query. */
  url: string
  headers: Record<string, string>
  body: unknown
}

const properties = { $lib: 'posthog-js', amount: 12.5, currency: 'EUR', items: [{ sku: 'a', price: 2 }], $set: { plan: 'pro' }, $groups: { company: 'acme' } }
const event = { event: 'purchase', distinct_id: 'u1', uuid: '0190aaaa-bbbb-7ccc-8ddd-eeeeeeeeeeee', timestamp: '2026-01-02T03:04:05.678Z', properties }
const identify = {
  event: '$identify',
  distinct_id: 'u1',
  properties: { $anon_distinct_id: 'a1', token: 'TOKEN' },
  $set: { email: 'a@x.io' },
  $set_once: { first: 1 },
}
const track = {
  type: 'track',
  messageId: 'm1',
  userId: 'u1',
  anonymousId: 'a1',
  event: 'Order Completed',
  properties: { total: 5 },
  context: { ip: '127.0.0.1', page: { url: 'https://x.io' } },
}

/** Requests of every form, for where no recorded ones are at hand. */
const own: Seed[] = [
  {
    url: '/batch/',
    headers: {},
    body: { api_key: 'TOKEN', batch: [event, identify, { ...event, event: '$create_alias', properties: { alias: 'a2' } }], sent_at: '2026-01-02T03:04:06Z' },
  },
  { url: '/e/?ip=1&_=1767323045678&ver=1.2', headers: { 'content-type': 'text/plain' }, body: { ...event, properties: { ...properties, token: 'TOKEN' } } },
  { url: '/i/v0/e/?ip=0', headers: {}, body: [{ ...event, api_key: 'TOKEN' }, identify] },
  { url: '/i/v1/analytics/events', headers: { authorization: 'Bearer TOKEN' }, body: { batch: [{ ...event, options: { process_person_profile: false } }] } },
  { url: '/engage/', headers: {}, body: { token: 'TOKEN', $distinct_id: 'u1', $set: { name: 'A' } } },
  { url: '/capture/', headers: {}, body: { api_key: 'TOKEN', ...event, offset: 5000 } },
  {
    url: '/v1/batch',
    headers: { authorization: `Basic ${Buffer.from('TOKEN:').toString('base64')}` },
    body: { batch: [track, { ...track, type: 'identify', traits: { email: 'b@x.io' } }], sentAt: '2026-01-02T03:04:06Z' },
  },
  { url: '/v1/t', headers: { 'content-type': 'text/plain' }, body: { ...track, writeKey: 'TOKEN' } },
  { url: '/v1/group', headers: {}, body: { type: 'group', writeKey: 'TOKEN', userId: 'u1', groupId: 'g1', traits: { name: 'Acme' } } },
]

const recorded = join(process.env.KINDRED_SHARED ?? '../shared', 'reference/sdk-captures.jsonl')
const capturePath = /^\/(batch|e|i\/v\d\/|capture|track|engage|v1\/(t|p|i|g|a|s|b|batch|track|page|identify|group|alias|screen)\b)/

/** Our own and, where the file is there, requests recorded from real SDKs. Every token is the word TOKEN. */
export function readSeeds(): Seed[] {
  if (!existsSync(recorded)) return own
  const lines = readFileSync(recorded, 'utf8').trim().split('\n')
  const seeds = lines.map((line) => JSON.parse(withToken(line)) as Seed & { method: string })
  const posts = seeds.filter(({ method, url, body }) => method === 'POST' && capturePath.test(url) && body !== null)
  return [...own, ...posts.map(({ url, headers, body }) => ({ url, headers: kept(headers), body }))]
}

function withToken(line: string): string {
  return line.replace(/phc_\w+|"(writeKey|api_key|token)":"[^"]*"/g, (_found, name?: string) => (name === undefined ? 'TOKEN' : `"${name}":"TOKEN"`))
}

/** How a body is packed is decided anew for each request. */
function kept({ authorization, 'content-type': type }: Record<string, string>): Record<string, string> {
  return {
    ...(authorization !== undefined && { authorization: `Basic ${Buffer.from('TOKEN:').toString('base64')}` }),
    ...(type !== undefined && { 'content-type': type }),
  }
}
