import { type JsonValue, type Operator, type OperatorName, operatorProblem, operatorShape } from '@kindred/model'
import fc from 'fast-check'

const words = fc.constantFrom(
  'a',
  'A',
  'ab',
  'shoes',
  'Shoes',
  'ß',
  'ẞ',
  'ς',
  'Σ',
  '5',
  '5.0',
  '-0',
  '1e21',
  'true',
  '12',
  ' 12',
  '2021-04-05',
  '2021-04-05T10:00:00',
  '1617580800',
  '1.2.3',
  'v1.2',
  '😀',
  "a'b",
  'a\\b',
  'a\nb',
  '%',
  '"',
  '',
  '\u0000',
  '\u0001',
  '\u0001[1]',
)
const addresses = fc.constantFrom(
  'a@example.com',
  'A.B@Example.COM',
  'a@b@example.com',
  'Bo <a@example.com>',
  'https://example.com',
  'https://u:p@www.example.com.:8080/a/b/?a=1&a=2&b=x+y#f',
  'HTTP://Example.com?a=%31&c',
  '//example.com/a',
  'example.com/a',
  '/a/b/',
  '/a//?a=%E2%82%AC&%61=%zz%4&a=%ff',
  '/?a=',
  '?a=1',
  'https://[::1]:80/a',
  'https://example.com#/a?a=1',
  'mailto:a@example.com',
  '+353 86 123 4567',
  '+1 (416) 555-0100',
  '+1-212-555-0100',
  '+18765550100',
  '+77011234567',
  '+79161234567',
  '+44 1481 123456',
  '+18005550100',
  '00353861234567',
  '+999123456',
)
const domains = fc.constantFrom('example.com', 'EXAMPLE.com', 'www.example.com', 'example', 'a', '')
const paths = fc.constantFrom('/', '', '/a', 'a', '/a/', '/a/b', '/A', '/a/b/')
const numbers = fc.oneof(
  fc.constantFrom(0, -0, 5, 12, 1e21, 1e-7, 2 ** 53, -(2 ** 53), 2 ** 53 + 2, 2 ** 63, 1617580800, 1617580800000, 1.5, 1e300),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .map((value) => Math.round(value * 100) / 100)
    .filter(Number.isFinite),
)
const scalars = fc.oneof(words, words, addresses, fc.string({ unit: 'binary' }), numbers, fc.boolean(), numbers.map(String))
export const values: fc.Arbitrary<JsonValue | undefined> = fc.oneof(
  { weight: 6, arbitrary: scalars },
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.constant(undefined) },
  { weight: 2, arbitrary: fc.array(fc.oneof(scalars, fc.constant(null)), { maxLength: 4 }) },
  {
    weight: 2,
    arbitrary: fc.array(
      fc.dictionary(fc.constantFrom('a', 'b', 'a.b'), fc.oneof(scalars, fc.constant(null), fc.array(scalars, { maxLength: 2 })), {
        maxKeys: 3,
        noNullPrototype: true,
      }),
      { maxLength: 3 },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<JsonValue>({}, { a: 1 }, { a: { b: null } }, { a: { b: '' } }, [{ a: 1 }], [[1]], { '': 1 }, { a: [{ b: 1 }] }, [
      { a: [{ b: [1] }] },
      1,
      'x',
    ]),
  },
)
const texts = fc.oneof(words, fc.string({ unit: 'binary', maxLength: 5 }))
const textOrList = fc.oneof(texts, fc.array(texts, { maxLength: 3 }))
const scalarOrList = fc.oneof(scalars, fc.array(scalars, { maxLength: 3 }))
const moments = fc.constantFrom('2021-04-05', '1965-03-01', '2021-04-05T10:00:00', '2021-04-05T00:00Z', '2021-03-28T02:30', '2299-12-31')
const dayCounts = fc.constantFrom('0 days', '1 day', '5 days', '52 weeks', '400 days')
const durations = fc.constantFrom('1 day', '30 days', '500 weeks', '999999 hours')
const numberPair = fc.tuple(numbers, numbers)
const versions = fc.constantFrom('1.2.3', 'v1.2', '12', '0.2.3', '0.0.3', '5', '1.2.3-beta')
const truth = fc.constant<true>(true)
const textConditions = fc
  .oneof(
    fc.constantFrom('is', 'isNot').chain((name) => scalarOrList.map((operand) => ({ [name]: operand }))),
    fc.constantFrom('contains', 'notContains', 'startsWith', 'endsWith').chain((name) => textOrList.map((operand) => ({ [name]: operand }))),
    fc.constantFrom<object>({ matches: '^a' }, { notMatches: '[[:digit:]]' }, { longerThan: 1 }, { shorterThan: 2 }, { is: '€' }, { is: 'x y' }),
  )
  .chain((operator) => fc.constantFrom<object>(operator, { ...operator, ignoringCase: true }))
const itemConditions = fc.oneof(
  textConditions,
  fc.constantFrom<object>({ exists: true }, { missing: true }),
  fc.constantFrom('equals', 'notEquals', 'moreThan', 'atMost').chain((name) => numbers.map((operand) => ({ [name]: operand }))),
)
const operands: { [Name in OperatorName]: fc.Arbitrary<unknown> } = {
  exists: truth,
  missing: truth,
  is: scalarOrList,
  isNot: scalarOrList,
  contains: textOrList,
  notContains: textOrList,
  startsWith: textOrList,
  endsWith: textOrList,
  matches: fc.constantFrom('^a', 'a.b', '[[:alpha:]]+$', '\\p{Lu}', '(a|b)c?', '^$', '\\d{2,}', '(?i)SHOES', '\\s'),
  notMatches: fc.constantFrom('^a', '.'),
  longerThan: fc.nat({ max: 6 }),
  shorterThan: fc.nat({ max: 6 }),
  equals: numbers,
  notEquals: numbers,
  moreThan: numbers,
  atLeast: numbers,
  lessThan: numbers,
  atMost: numbers,
  between: numberPair,
  notBetween: numberPair,
  before: moments,
  after: moments,
  on: moments,
  betweenDates: fc.tuple(moments, moments),
  withinLast: durations,
  withinNext: durations,
  moreThanAgo: durations,
  moreThanAhead: durations,
  anniversaryWithinNext: dayCounts,
  anniversaryWithinLast: dayCounts,
  length: fc.oneof(
    fc.constantFrom('equals', 'notEquals', 'moreThan', 'atLeast', 'lessThan', 'atMost').chain((name) => fc.nat({ max: 3 }).map((count) => ({ [name]: count }))),
    fc.constantFrom({ between: [1, 2] }, { notBetween: [1, 2] }, { atLeast: 1.5 }),
  ),
  someItem: textConditions,
  someItemWhere: fc.array(
    fc.tuple(fc.constantFrom('a', 'b', 'a.b'), itemConditions).map(([property, operator]) => ({ property, ...operator })),
    { minLength: 1, maxLength: 2 },
  ),
  domainIs: fc.oneof(domains, fc.array(domains, { maxLength: 2 })),
  domainIsNot: fc.oneof(domains, textOrList),
  pathIs: fc.oneof(paths, fc.array(paths, { maxLength: 2 }), textOrList),
  pathStartsWith: fc.oneof(paths, fc.array(paths, { maxLength: 2 }), textOrList),
  queryParameter: fc
    .tuple(fc.constantFrom('a', 'b', 'c'), fc.oneof(textConditions, fc.constant({ exists: true })))
    .map(([name, operator]) => ({ name, ...operator })),
  countryCodeIs: fc.subarray(['IE', 'us', 'CA', 'JM', 'RU', 'KZ', 'GB', 'GG'], { minLength: 1 }),
  hasAnyOf: scalarOrList,
  hasAllOf: scalarOrList,
  hasNoneOf: scalarOrList,
  versionEquals: versions,
  versionNotEquals: versions,
  versionMoreThan: versions,
  versionAtLeast: versions,
  versionLessThan: versions,
  versionAtMost: versions,
  versionTilde: versions,
  versionCaret: versions,
}
export const operators: fc.Arbitrary<Operator> = fc
  .constantFrom(...(Object.keys(operatorShape) as OperatorName[]))
  .chain((name) => fc.record({ name: fc.constant(name), operand: operands[name], ignoringCase: fc.boolean() }) as fc.Arbitrary<Operator>)
  .filter((operator) => operatorProblem(operator) === null)
