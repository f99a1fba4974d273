import fc from 'fast-check'
import { livedWithin } from './when.ts'

const about = { consent: fc.constantFrom('email', 'sms'), purpose: fc.constantFrom('marketing', 'analytics') }

export const consent = fc.oneof(
  fc.record({ ...about, is: fc.constantFrom('given', 'refused'), since: livedWithin }, { requiredKeys: ['consent', 'purpose', 'is'] }),
  fc.record({ ...about, is: fc.constant('neverAsked') }),
)
