import type { SourceRow } from '@kindred/model'

const libWords: Record<string, string> = {
  web: 'posthog-js, in the browser',
  js: 'posthog-js-lite',
  'posthog-node': 'posthog-node',
  'posthog-python': 'posthog-python',
  'posthog-react-native': 'posthog-react-native',
  'posthog-ios': 'posthog-ios',
  'posthog-android': 'posthog-android',
  'analytics.js': 'Segment analytics.js',
  '@segment/analytics-next': 'Segment analytics.js',
  '@segment/analytics-node': 'Segment for Node',
  'analytics-node': 'Segment for Node',
}
const sourceWords: Record<SourceRow['source'], string> = {
  posthog: 'HTTP API',
  segment: 'Segment’s HTTP API',
  import: 'Imported files',
  webhook: 'Webhooks',
  demo: 'Demo shop',
  api: 'HTTP API',
}

/** Who sent events, in words: the SDK where they name one, else the way they came in. */
export function senderWords({ source, lib }: Pick<SourceRow, 'source' | 'lib'>): string {
  if (source === 'import' || source === 'demo') return sourceWords[source]
  return lib === '' ? sourceWords[source] : (libWords[lib] ?? lib)
}
