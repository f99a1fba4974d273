import fc from 'fast-check'
import { comparison, eventChoice, filter } from './parts.ts'
import { zone } from './when.ts'

const form = fc.constantFrom<object>(
  { each: '36 hours' },
  { each: '7 days' },
  { each: '2 weeks' },
  { each: '1 day', calendar: true },
  { each: '3 days', calendar: true, current: true },
  { each: '1 week', calendar: true },
  { each: '2 weeks', calendar: true },
  { each: '1 week', calendar: true, current: true },
  { each: '1 month', calendar: true },
  { each: '1 month', calendar: true, current: true },
  { each: '1 quarter', calendar: true, current: true },
  { each: '1 year', calendar: true, current: true },
  { each: '1 week', wholeDays: true },
  { each: '1 month', wholeDays: true },
  { each: '5 days', wholeDays: true, current: true },
)
const periods = fc
  .tuple(form, fc.integer({ min: 1, max: 6 }), zone)
  .chain(([each, of, zone]) => fc.integer({ min: 1, max: of }).map((atLeast) => ({ ...each, of, atLeast, zone })))

export const regularly = fc.record(
  { regularly: eventChoice, where: fc.array(filter, { maxLength: 2 }), times: comparison(fc.integer({ min: 0, max: 3 })), periods },
  { requiredKeys: ['regularly', 'periods'] },
)
