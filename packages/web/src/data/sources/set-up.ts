interface Step {
  title: string
  code: string
}
interface Place {
  token: string
  /** Where Kindred is reached, without a slash at the end. */
  host: string
}
export interface SourceSetUp {
  label: string
  says: string
  steps: (place: Place) => Step[]
  /** Whether an event came from here, by the way in and the SDK that it names. */
  sent: (sender: { source: string; lib: string }) => boolean
}

export type SourceKind = 'site' | 'server' | 'segment-site' | 'segment-server' | 'http'

const order = `{\n  order_id: '1001',\n  revenue: 59.9,\n  currency: 'EUR',\n  items: [{ product: 'Trail shoe', category: 'shoes', price: 59.9, quantity: 1 }],\n}`
const bare = (host: string) => host.replace(/^https?:\/\//, '')

/** The set-up of each kind of source, ready to paste. */
export const sources: Record<SourceKind, SourceSetUp> = {
  site: {
    label: 'posthog-js',
    says: 'For web sites. The posthog-js SDK works unchanged: only api_host is different.',
    sent: ({ source, lib }) => source === 'posthog' && (lib === 'web' || lib === 'js'),
    steps: ({ token, host }) => [
      { title: 'Install', code: 'npm install posthog-js' },
      { title: 'Start it on every page', code: `import posthog from 'posthog-js'\n\nposthog.init('${token}', { api_host: '${host}' })` },
      {
        title: 'Or, on a page without a build, in its head',
        code: `<script src="${host}/static/array.js"></script>\n<script>\n  posthog.init('${token}', { api_host: '${host}' })\n</script>`,
      },
      { title: 'Say who it is, at sign-in or at the order', code: `posthog.identify('customer-42', { email: 'alice@example.com', country: 'Ireland' })` },
      { title: 'Say what was bought', code: `posthog.capture('order_completed', ${order})` },
    ],
  },
  server: {
    label: 'posthog-node',
    says: 'For Node servers. The posthog-node SDK works unchanged: only host is different.',
    sent: ({ source, lib }) => source === 'posthog' && lib === 'posthog-node',
    steps: ({ token, host }) => [
      { title: 'Install', code: 'npm install posthog-node' },
      {
        title: 'Send an event',
        code: `import { PostHog } from 'posthog-node'\n\nconst posthog = new PostHog('${token}', { host: '${host}' })\n\nposthog.capture({\n  distinctId: 'customer-42',\n  event: 'order_completed',\n  properties: { revenue: 59.9, currency: 'EUR', $set: { email: 'alice@example.com' } },\n})\nawait posthog.shutdown()`,
      },
    ],
  },
  'segment-site': {
    label: 'Segment analytics.js',
    says: 'For web sites that use Segment’s SDK. The write key is the project token, and Segment’s own delivery points here.',
    sent: ({ source, lib }) => source === 'segment' && !/node/.test(lib),
    steps: ({ token, host }) => [
      { title: 'Install', code: 'npm install @segment/analytics-next' },
      {
        title: 'Start it on every page',
        code: `import { AnalyticsBrowser } from '@segment/analytics-next'\n\nconst analytics = new AnalyticsBrowser()\nanalytics.load({\n  writeKey: '${token}',\n  cdnSettings: {\n    integrations: { 'Segment.io': { apiKey: '${token}', apiHost: '${bare(host)}/v1', protocol: '${host.startsWith('https') ? 'https' : 'http'}' } },\n  },\n})\nanalytics.page()`,
      },
      {
        title: 'Or, where a page has Segment’s snippet, change the address in it',
        code: `t.src = '${host}/analytics.js/v1/' + key + '/analytics.min.js'\nanalytics._cdn = '${host}'\nanalytics.load('${token}')`,
      },
      { title: 'Say who it is', code: `analytics.identify('customer-42', { email: 'alice@example.com', address: { country: 'Ireland' } })` },
      { title: 'Say what was bought', code: `analytics.track('Order Completed', { order_id: '1001', revenue: 59.9, currency: 'EUR' })` },
    ],
  },
  'segment-server': {
    label: 'Segment for Node',
    says: 'For servers that use Segment’s SDK. The write key is the project token; only host is different.',
    sent: ({ source, lib }) => source === 'segment' && /node/.test(lib),
    steps: ({ token, host }) => [
      { title: 'Install', code: 'npm install @segment/analytics-node' },
      {
        title: 'Send an event',
        code: `import { Analytics } from '@segment/analytics-node'\n\nconst analytics = new Analytics({ writeKey: '${token}', host: '${host}' })\n\nanalytics.identify({ userId: 'customer-42', traits: { email: 'alice@example.com' } })\nanalytics.track({ userId: 'customer-42', event: 'Order Completed', properties: { revenue: 59.9, currency: 'EUR' } })\nawait analytics.closeAndFlush()`,
      },
    ],
  },
  http: {
    label: 'Any program',
    says: 'One POST with JSON. Send up to a few thousand events at a time as a batch.',
    sent: ({ source, lib }) => source === 'posthog' && lib === '',
    steps: ({ token, host }) => [
      {
        title: 'One event',
        code: `curl -X POST '${host}/i/v0/e/' \\\n  -H 'content-type: application/json' \\\n  -d '{"api_key":"${token}","event":"order_completed","distinct_id":"customer-42","properties":{"revenue":59.9,"currency":"EUR"}}'`,
      },
      {
        title: 'Several at once',
        code: `curl -X POST '${host}/batch/' \\\n  -H 'content-type: application/json' \\\n  -d '{"api_key":"${token}","batch":[{"event":"product_viewed","distinct_id":"customer-42","properties":{"product":"Trail shoe"}},{"event":"order_completed","distinct_id":"customer-42","properties":{"revenue":59.9}}]}'`,
      },
    ],
  },
}
