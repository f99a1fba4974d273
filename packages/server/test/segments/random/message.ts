import fc from 'fast-check'
import { comparison } from './parts.ts'
import { livedWithin } from './when.ts'

export const message = fc.record(
  {
    message: fc.constantFrom('sent', 'opened', 'clicked', 'unsubscribed'),
    channel: fc.constantFrom('email', 'sms', 'push'),
    campaign: fc.oneof(fc.constantFrom('spring', 'c1'), fc.constant(['spring', 'c1'])),
    flow: fc.constant('welcome'),
    count: comparison(fc.integer({ min: 0, max: 3 })),
    within: livedWithin,
  },
  { requiredKeys: ['message'] },
)
