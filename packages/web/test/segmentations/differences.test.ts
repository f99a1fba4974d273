import type { SegmentComparison, SegmentDifference } from '@kindred/model'
import { expect, test } from 'vitest'
import { differenceCondition } from '../../src/segmentations/difference-condition.ts'
import { sideWords, signedDifference, whatDiffers } from '../../src/segmentations/difference-words.ts'
import { joined } from '../../src/segmentations/joined.ts'

const numbers = { a: 0.5, b: 0.25, difference: 0.25, low: 0.1, high: 0.4, effect: 0.5 }
const differences: Record<string, SegmentDifference> = {
  ordered: { kind: 'event', name: 'order', label: 'Order', ...numbers },
  stage: { kind: 'traitValue', name: 'lifecycle_stage', label: 'Lifecycle stage', value: 'repeat', isList: false, ...numbers },
  category: { kind: 'traitValue', name: 'preferred_product_categories', label: 'Preferred product categories', value: 'Hats', isList: true, ...numbers },
  spent: { kind: 'trait', name: 'total_spent', label: 'Total spent', ...numbers },
  average: { kind: 'trait', name: 'average_order_value', label: 'Average order value', ...numbers },
  orders: { kind: 'trait', name: 'total_orders', label: 'Total orders', ...numbers },
  country: { kind: 'value', name: 'standard.country', label: 'Country', value: 'Ireland', ...numbers },
  tag: { kind: 'value', name: 'tags', label: 'Tags', value: 'a', ...numbers },
}
const each = <Told>(tell: (difference: SegmentDifference) => Told) => Object.fromEntries(Object.entries(differences).map(([name, one]) => [name, tell(one)]))

test('a share opens whom it counts, and a mean opens nobody', () => {
  expect(each(differenceCondition)).toEqual({
    ordered: { did: 'order', within: { last: '90 days' } },
    stage: { trait: 'lifecycle_stage', is: ['repeat'] },
    category: { trait: 'preferred_product_categories', hasAnyOf: ['Hats'] },
    spent: null,
    average: null,
    orders: null,
    country: { property: 'standard.country', is: ['Ireland'] },
    tag: { property: 'tags', hasAnyOf: ['a'] },
  })
})

test('differences are said in words, means of money as money', () => {
  expect(each(whatDiffers)).toMatchObject({
    stage: 'Lifecycle stage: repeat',
    spent: 'Total spent, on average',
    average: 'Average order value',
    orders: 'Total orders, on average',
  })
  expect(each((one) => sideWords(one, 0.5, 'EUR'))).toMatchObject({ stage: '50%', spent: '€0.50', orders: '0.5', country: '50%' })
  expect(each((one) => signedDifference(one, -0.25, 'EUR'))).toMatchObject({ stage: '−25 pts', spent: '−€0.25', orders: '−0.25' })
  expect(each((one) => signedDifference(one, 1234.5, 'EUR'))).toMatchObject({ spent: '+€1,235', orders: '+1,235' })
})

test('traits that come later take their place among what was told', () => {
  const told = (effects: number[], leftOut: string[]): SegmentComparison => ({
    unit: 'person',
    a: { id: 1, name: 'Fans', size: 40 },
    b: { id: null, name: 'Everyone else', size: 60 },
    differences: effects.map((effect) => ({ kind: 'event', name: String(effect), label: '', ...numbers, effect })),
    examined: 2 * effects.length,
    leftOut: leftOut.map((name) => ({ name, label: name })),
    watermark: 7,
    at: 1,
  })
  expect(joined([])).toBeUndefined()
  const whole = joined([told([-0.9, 0.2], []), told([0.5, -0.1], ['slow'])])
  expect(whole?.differences.map(({ effect }) => effect)).toEqual([-0.9, 0.5, 0.2, -0.1])
  expect(whole).toMatchObject({ examined: 8, leftOut: [{ name: 'slow' }], a: { size: 40 } })
})
