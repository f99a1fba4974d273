import fc from 'fast-check'
import { eventChoice, filter } from './parts.ts'
import { livedWithin } from './when.ts'

const length = fc.constantFrom('0 minutes', '36 hours', '5 days', '1 week', '30 days', '60 days')
const choice = fc.oneof({ weight: 4, arbitrary: fc.constantFrom('order', 'view', 'cart') }, { weight: 1, arbitrary: eventChoice })
const rest = {
  where: fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, fc.array(filter, { minLength: 1, maxLength: 1 })),
  within: fc.option(length, { nil: undefined }),
  after: fc.constantFrom(undefined, undefined, 'previous', 'first'),
  same: fc.option(fc.tuple(fc.nat(), fc.constantFrom('category', 'size', 'tags', '$browser'), fc.constantFrom(undefined, undefined, 'category', 'tags')), {
    nil: undefined,
    freq: 3,
  }),
}
const step = fc.record({ absent: fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, { weight: 2, arbitrary: fc.constant(true) }), of: choice, ...rest })
const written = ({ absent, of, where, within: length, after }: ReturnType<typeof step.generate>['value']) => ({
  ...(absent ? { absent: of } : { did: of }),
  ...(where === undefined ? {} : { where }),
  ...(length === undefined ? {} : { within: length, ...(after === undefined ? {} : { after }) }),
})

export const sequence = fc
  .record({
    first: step,
    others: fc.array(step, { minLength: 1, maxLength: 3 }),
    within: fc.oneof(fc.constant(undefined), livedWithin),
    strict: fc.constantFrom(undefined, undefined, undefined, true as const),
  })
  .map(({ first, others, within: whole, strict }) => {
    const steps = [{ ...first, absent: false, within: undefined, same: undefined }, ...others]
    return {
      sequence: steps.map((each, index) => {
        const before = steps.flatMap(({ absent }, place) => (place < index && !absent ? [place + 1] : []))
        const [which = 0, property, of] = each.same ?? []
        const sameAs = { step: before[which % before.length], ...(of === undefined ? {} : { of }) }
        const one = written(each)
        return each.same === undefined || before.length === 0 ? one : { ...one, where: [...(each.where ?? []), { property, sameAs }] }
      }),
      ...(whole === undefined ? {} : { within: whole }),
      ...(strict === undefined ? {} : { strict }),
    }
  })
