import type { PropertyFact } from '@kindred/model'

/** Where a value came from. */
export const sourceWords: Record<PropertyFact['source'], string> = {
  posthog: 'from an SDK',
  segment: 'from Segment',
  import: 'from an import',
  webhook: 'from a webhook',
  demo: 'from the demo',
  api: 'from the API',
}
