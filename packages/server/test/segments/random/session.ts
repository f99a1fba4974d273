import fc from 'fast-check'
import { comparison } from './parts.ts'
import { livedWithin } from './when.ts'

const number = (property: string, max: number) => comparison(fc.integer({ min: 0, max })).map((each) => ({ property, ...each }))
const filter = fc.oneof(
  number('number', 3),
  number('pages', 3),
  number('events', 4),
  number('length', 200_000),
  fc.record({ property: fc.constant('bounced'), is: fc.boolean() }),
  fc.record({ property: fc.constant('bounced'), missing: fc.constant(true) }),
  fc.record({ property: fc.constantFrom('entry_page', 'exit_page'), is: fc.constantFrom('/', '/cart') }),
  fc.record({ property: fc.constantFrom('channel', 'landing_url', 'source'), isNot: fc.constantFrom('Email', 'https://shop.example/') }),
)

export const session = fc.record(
  { session: fc.array(filter, { maxLength: 2 }), count: comparison(fc.integer({ min: 0, max: 3 })), within: livedWithin },
  { requiredKeys: ['session'] },
)
