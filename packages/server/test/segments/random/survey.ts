import fc from 'fast-check'
import { livedWithin } from './when.ts'

const operator = fc.constantFrom<object>(
  { atLeast: 3 },
  { notEquals: 4 },
  { is: ['5', 'Great'] },
  { isNot: 'Great' },
  { exists: true },
  { missing: true },
  { hasAnyOf: ['a', 'Great'] },
  { length: { equals: 2 } },
)
export const survey = fc
  .tuple(
    fc.record({ name: fc.constantFrom('NPS', 's1'), question: fc.constantFrom('How?', 'q-a', 'Why?', 'score', '0', '1') }, { requiredKeys: ['question'] }),
    operator,
    livedWithin,
  )
  .map(([asked, of, when]) => ({ survey: asked, ...of, ...(when === undefined ? {} : { within: when }) }))
