import { type Condition, type SegmentDefinition, segmentDefinitionSchema } from '@kindred/model'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { guessRoles } from '../../src/data/guess-roles.ts'
import { definitionForms, readDefinition } from '../../src/segments/forms.ts'

const words = { roles: { events: {}, properties: {} }, segmentName: String }
const text = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
  fc.constantFrom(
    'yes',
    'no',
    'null',
    '~',
    '1',
    '1e3',
    '0x1A',
    '2026-03-31',
    '- a',
    'a: b',
    '#',
    '*a',
    '&a',
    '!!str',
    'a\nb',
    ' a ',
    '"',
    "'",
    '|',
    '>',
    '%',
    '@',
    '`',
    'true',
    '.inf',
    '<<',
  ),
)
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (Object.is(value, -0) ? 0 : value))
const leaf: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ property: text, is: fc.oneof(text, number, fc.boolean(), fc.array(fc.oneof(text, number, fc.boolean()), { maxLength: 3 })) }),
  fc.record({ property: text, between: fc.tuple(number, number), ignoringCase: fc.boolean() }),
  fc.record({ did: text, where: fc.array(fc.record({ property: text, contains: text }), { maxLength: 2 }) }),
)
const condition = fc.letrec<{ tree: Condition }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.record({ not: tie('tree') }),
    fc.record({ all: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
  ),
})).tree

test('any definition comes back from YAML and from JSON as it was', () => {
  fc.assert(
    fc.property(condition, (where) => {
      const definition: SegmentDefinition = segmentDefinitionSchema.parse({ where })
      const forms = definitionForms(definition, words)
      expect(readDefinition(forms.yaml, 'yaml')).toEqual(definition)
      expect(readDefinition(forms.json, 'json')).toEqual(definition)
    }),
    { numRuns: 500 },
  )
})

test('a tree may be as deep as it may be large', () => {
  const deep = `{"where":${'{"all":['.repeat(498)}{"property":"a","exists":true}${']}'.repeat(498)}}`
  expect(readDefinition(deep, 'json')).toEqual({ unit: 'person', ...(JSON.parse(deep) as object) })
})

test.each(['json', 'yaml'] as const)('a tree too deep to read is refused, not a crash (%s)', (form) => {
  const deep =
    form === 'json'
      ? `{"where":${'{"not":'.repeat(5000)}{"property":"a","exists":true}${'}'.repeat(5001)}`
      : `where: ${'{not: '.repeat(5000)}{property: a, exists: true}${'}'.repeat(5000)}`
  expect(() => readDefinition(deep, form)).toThrow(expect.objectContaining({ code: 'segment/invalid' }))
})

test.each([
  [
    ['order_completed', 'Order Refunded', '$pageview'],
    ['revenue', 'items', 'currency'],
    { order: ['order_completed'], refund: ['Order Refunded'] },
    { value: 'revenue', items: 'items', currency: 'currency' },
  ],
  [
    ['purchase', 'view_item', 'add_to_cart', 'begin_checkout'],
    ['value', 'item_category'],
    { order: ['purchase'], product_viewed: ['view_item'], added_to_cart: ['add_to_cart'], checkout_started: ['begin_checkout'] },
    { value: 'value', category: 'item_category' },
  ],
  [
    ['checkout_completed', 'product_added_to_cart', 'search_submitted'],
    ['totalPrice', 'lineItems'],
    { order: ['checkout_completed'], added_to_cart: ['product_added_to_cart'], search: ['search_submitted'] },
    { value: 'totalPrice', items: 'lineItems' },
  ],
  [['Order Completed', 'Products Searched'], [], { order: ['Order Completed'], search: ['Products Searched'] }, {}],
  [['clicked', 'reordered'], ['colour'], {}, {}],
])('roles are guessed from known names: %j', (...[events, properties, eventRoles, propertyRoles]) => {
  expect(guessRoles(events, properties)).toEqual({ events: eventRoles, properties: propertyRoles })
})
