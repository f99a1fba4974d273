import fc from 'fast-check'
import { comparison, eventChoice, filter, within } from './parts.ts'

export const did = fc
  .record(
    {
      did: eventChoice,
      where: fc.array(filter, { maxLength: 3 }),
      count: comparison(fc.integer({ min: 0, max: 4 })),
      sum: comparison(fc.constantFrom(0, 10, 20.5, 0.3)).map((each) => ({ property: 'price', ...each })),
      within,
    },
    { requiredKeys: ['did'] },
  )
  .map(({ count, ...rest }) => (rest.sum === undefined && count !== undefined ? { ...rest, count } : rest))
