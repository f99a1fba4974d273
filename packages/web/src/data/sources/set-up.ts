interface Step {
  title: string
  code: string
}
interface Place {
  token: string
  /** Where Kindred is reached, without a slash at the end. */
  host: string
}
interface SourceSetUp {
  label: string
  says: string
  steps: (place: Place) => Step[]
}

export type SourceKind = 'site' | 'server' | 'http'

/** The set-up of each kind of source, ready to paste. */
export const sources: Record<SourceKind, SourceSetUp> = {
  site: {
    label: 'Web site',
    says: 'The posthog-js SDK works unchanged: only api_host is different.',
    steps: ({ token, host }) => [
      { title: 'Install', code: 'npm install posthog-js' },
      { title: 'Start it on every page', code: `import posthog from 'posthog-js'\n\nposthog.init('${token}', { api_host: '${host}' })` },
      { title: 'Say who it is, at sign-in or at the order', code: `posthog.identify('customer-42', { email: 'alice@example.com', country: 'Ireland' })` },
      {
        title: 'Say what was bought',
        code: `posthog.capture('order_completed', {\n  order_id: '1001',\n  value: 59.9,\n  currency: 'EUR',\n  items: [{ product: 'Trail shoe', category: 'shoes', price: 59.9, quantity: 1 }],\n})`,
      },
    ],
  },
  server: {
    label: 'Node server',
    says: 'The posthog-node SDK works unchanged: only host is different.',
    steps: ({ token, host }) => [
      { title: 'Install', code: 'npm install posthog-node' },
      {
        title: 'Send an event',
        code: `import { PostHog } from 'posthog-node'\n\nconst posthog = new PostHog('${token}', { host: '${host}' })\n\nposthog.capture({\n  distinctId: 'customer-42',\n  event: 'order_completed',\n  properties: { value: 59.9, currency: 'EUR', $set: { email: 'alice@example.com' } },\n})\nawait posthog.shutdown()`,
      },
    ],
  },
  http: {
    label: 'Any program',
    says: 'One POST with JSON. Send up to a few thousand events at a time as a batch.',
    steps: ({ token, host }) => [
      {
        title: 'One event',
        code: `curl -X POST '${host}/i/v0/e/' \\\n  -H 'content-type: application/json' \\\n  -d '{"api_key":"${token}","event":"order_completed","distinct_id":"customer-42","properties":{"value":59.9,"currency":"EUR"}}'`,
      },
      {
        title: 'Several at once',
        code: `curl -X POST '${host}/batch/' \\\n  -H 'content-type: application/json' \\\n  -d '{"api_key":"${token}","batch":[{"event":"product_viewed","distinct_id":"customer-42","properties":{"product":"Trail shoe"}},{"event":"order_completed","distinct_id":"customer-42","properties":{"value":59.9}}]}'`,
      },
    ],
  },
}
