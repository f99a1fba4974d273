import fc from 'fast-check'
import { comparison, eventChoice, filter } from './parts.ts'
import { during, livedWithin } from './when.ts'

const property = fc.constantFrom('price', 'size', '$browser', 'category')
const number = fc.constantFrom(0, 1, 2, 10, 20.5, 0.3)
const measured = fc.tuple(property, comparison(number)).map(([name, compared]) => ({ property: name, ...compared }))
const measures = ['sum', 'avg', 'min', 'max', 'median', 'distinct'] as const
const asked = fc.oneof(
  fc.constant({}),
  comparison(fc.integer({ min: 0, max: 4 })).map((count) => ({ count })),
  comparison(fc.constantFrom(0, 25, 50, 66, 100)).map((share) => ({ share })),
  fc.tuple(fc.constantFrom(...measures), measured).map(([name, each]) => ({ [name]: each })),
)
const meant = fc.record({ did: eventChoice, where: fc.array(filter, { maxLength: 3 }), within: livedWithin, during }, { requiredKeys: ['did'] })

export const did = fc.tuple(meant, asked).map(([events, measure]) => ({ ...events, ...measure }))

const side = fc
  .tuple(
    meant,
    fc.oneof(
      fc.constant({}),
      fc.tuple(fc.constantFrom(...measures), property).map(([name, each]) => ({ [name]: { property: each } })),
    ),
  )
  .map(([events, measure]) => ({ ...events, ...measure }))
export const compare = fc.record(
  {
    compare: side,
    is: fc.constantFrom('moreThan', 'atLeast', 'lessThan', 'atMost', 'equals', 'notEquals'),
    than: side,
    times: fc.constantFrom(0.5, 1, 2),
  },
  { requiredKeys: ['compare', 'is', 'than'] },
)
export const time = during.map((each) => ({ time: each }))
