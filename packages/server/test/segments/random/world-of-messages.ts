import type { Properties } from '@kindred/model'
import fc from 'fast-check'
import type { ConsentEntry } from '../naive/history.ts'

/** What messages, surveys, places and the ledger of consents add to a random world. */
const properties = (shape: Record<string, fc.Arbitrary<unknown>>) => fc.record(shape, { requiredKeys: [] }) as fc.Arbitrary<Properties>

const told = {
  campaign: fc.constantFrom('spring', 'winter'),
  campaign_id: fc.constant('c1'),
  flow_name: fc.constantFrom('welcome', 'other'),
  channel: fc.constantFrom('email', 'SMS', 'mobile_push', 'letter'),
}
const names = ['email_opened', 'message_opened', 'Email Opened', 'sms_clicked', 'Email Link Clicked', 'Unsubscribed', 'email_sent', 'Received SMS'] as const
const said = fc.constantFrom<unknown>('5', 4, 'Great', '', null, ['a', 'b'], true)
const questions = fc.constantFrom<unknown>(
  [
    { id: 'q-a', question: 'How?' },
    { id: 'q-b', question: 'Why?' },
  ],
  [{ id: 'q-b', question: 'Why?', response: 'Great' }],
  [],
)
const answers = {
  $survey_name: fc.constantFrom('NPS', 'Other'),
  $survey_id: fc.constantFrom('s1', 's2'),
  $survey_questions: questions,
  $survey_response: said,
  $survey_response_1: said,
  '$survey_response_q-a': said,
  score: said,
}
export const messageEvents = fc.oneof(
  fc.record({ event: fc.constantFrom(...names), properties: properties(told) }),
  fc.record({ event: fc.constantFrom('survey sent', 'survey_answered'), properties: properties(answers) }),
)

const latitude = fc.integer({ min: -60, max: 60 })
const longitude = fc.integer({ min: -90, max: 90 })
const located = {
  $geoip_country_code: fc.constantFrom('IE', 'DE', 'US'),
  $geoip_country_name: fc.constantFrom('Ireland', 'Germany'),
  $geoip_city_name: fc.constantFrom('Dublin', 'Berlin'),
  $geoip_postal_code: fc.constantFrom('D02 X285', '10115'),
  $geoip_latitude: latitude,
  $geoip_longitude: longitude,
}
export const eventPlace = fc.oneof({ weight: 2, arbitrary: fc.constant<Properties>({}) }, { weight: 1, arbitrary: properties(located) })
export const personPlace = properties({
  ...located,
  shipping_country: fc.constantFrom('IE', 'Germany', 'usa'),
  shipping_city: fc.constantFrom('dublin', 'Boston'),
  shipping_postcode: fc.constantFrom('10115', 'd02 x285', '12'),
  city: fc.constantFrom('Dublin', 'Berlin'),
  postal_code: fc.constantFrom('D02X285', '12'),
  latitude,
  longitude,
})

export const consents = fc.array(
  fc.record({
    personId: fc.nat({ max: 1_000_000 }),
    channel: fc.constantFrom('email', 'sms'),
    purpose: fc.constantFrom('marketing', 'analytics'),
    state: fc.constantFrom<ConsentEntry['state']>('granted', 'withdrawn'),
    day: fc.integer({ min: 0, max: 70 }),
  }),
  { maxLength: 25 },
)
