import { type CompileContext, planDefinition, type SegmentInfo } from '@kindred/engine'
import { type Condition, type Properties, partsOf, type SegmentDefinition, segmentDefinitionSchema } from '@kindred/model'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { History, Question } from './naive/history.ts'
import { naiveMembers } from './naive/members.ts'
import { leaves } from './random/leaves.ts'
import { randomTraits } from './random/trait.ts'
import { history, now, roles } from './random/world.ts'

/** Few values, of all types, which the operands are taken from too: conditions of one property often meet, and often do not. */
const texts = ['x', 'X', 'xy', 'ſ', 's', '5', '5.0', 'true', '1.2.3', '2.0.0', '2026-03-25', '2026-03-31', '2026-04-02T10:00:00Z']
const numbers = [0, 4, 5, 5.5, 6]
const dates = ['2026-03-01', '2026-03-25', '2026-03-31', '2026-04-02', '2026-03-31T12:00:00Z']
const lengths = ['0 days', '1 day', '6 days', '7 days', '30 days']
const value = fc.oneof(
  fc.constantFrom<unknown>(...texts, ...numbers, true, null, ''),
  fc.array(fc.constantFrom<unknown>(...texts, ...numbers), { maxLength: 3 }),
)
const some = fc.oneof(fc.constantFrom(...texts), fc.array(fc.constantFrom(...texts), { maxLength: 3 }))
const pair = (of: readonly unknown[]) => fc.tuple(fc.constantFrom(...of), fc.constantFrom(...of))
const named = (names: readonly string[], operand: fc.Arbitrary<unknown>) =>
  fc.tuple(fc.constantFrom(...names), operand).map(([name, each]) => ({ [name]: each }))
const comparison = fc.oneof(
  named(['equals', 'notEquals', 'moreThan', 'atLeast', 'lessThan', 'atMost'], fc.constantFrom(...numbers)),
  named(['between', 'notBetween'], pair(numbers)),
)
const ordered = (each: object) => !Object.values(each).some((operand) => Array.isArray(operand) && operand[0] > operand[1])
const operator = fc.oneof(
  fc.constantFrom({ exists: true }, { missing: true }),
  fc
    .tuple(named(['is', 'isNot', 'contains', 'notContains', 'startsWith', 'endsWith', 'hasAnyOf', 'hasAllOf', 'hasNoneOf'], some), fc.boolean())
    .map(([each, ignoringCase]) => ({ ...each, ignoringCase })),
  named(['matches', 'notMatches'], fc.constantFrom('^x', '[0-9]$', 'S')),
  named(['longerThan', 'shorterThan'], fc.integer({ min: 0, max: 4 })),
  comparison,
  named(['before', 'after', 'on'], fc.constantFrom(...dates)),
  named(['betweenDates'], pair(dates)),
  named(['withinLast', 'withinNext', 'moreThanAgo', 'moreThanAhead'], fc.constantFrom(...lengths)),
  named(
    ['versionEquals', 'versionNotEquals', 'versionMoreThan', 'versionAtLeast', 'versionLessThan', 'versionAtMost'],
    fc.constantFrom('1.2.3', '1.2', '2.0.0'),
  ),
  named(['versionTilde', 'versionCaret'], fc.constantFrom('1.2.3', '1', '2')),
  comparison.map((length) => ({ length })),
)
const property = operator.map((each) => ({ property: 'value', ...each }))
const count = named(['equals', 'notEquals', 'atLeast', 'atMost', 'moreThan', 'lessThan'], fc.integer({ min: 0, max: 3 }))
const did = fc.record(
  {
    did: fc.constantFrom<unknown>('order', 'view', { role: 'order' }),
    where: fc.subarray([
      { property: 'category', is: 'shoes' },
      { property: 'price', moreThan: 5 },
    ]),
    within: fc.constantFrom({ last: '7 days' }, { last: '30 days' }, { period: 'this month' }),
    count,
  },
  { requiredKeys: ['did'] },
)
const counted = fc.oneof(
  did,
  fc.record({ session: fc.constantFrom([], [{ property: 'pages', atLeast: 1 }]), count }),
  fc.record({ message: fc.constantFrom('sent', 'opened'), count }),
  fc.record({ observed: fc.constantFrom('1 day', '7 days', '30 days') }),
  fc.record({ did: fc.constant('order'), sum: comparison.filter(ordered).map((each) => ({ property: 'price', ...each })) }),
  fc.constantFrom<unknown>({ in: 90 }, { in: 91 }, { in: 90, joinedWithin: '7 days' }, { property: 'country', is: 'Ireland' }),
  pair([0, 30, 60, 100])
    .filter(([from, to]) => Number(from) < Number(to))
    .map(([from, to]) => ({ bucket: { from, to } })),
  fc.record({ consent: fc.constant('email'), purpose: fc.constant('marketing'), is: fc.constantFrom('given', 'refused', 'neverAsked') }),
  leaves.compare?.arbitrary ?? did,
)

const groups = (leaf: fc.Arbitrary<unknown>) =>
  fc.letrec<{ tree: unknown }>((tie) => {
    const parts = fc.array(tie('tree'), { minLength: 2, maxLength: 3 })
    return {
      tree: fc.oneof(
        { maxDepth: 3 },
        { weight: 4, arbitrary: leaf },
        { weight: 1, arbitrary: fc.record({ not: tie('tree') }) },
        { weight: 3, arbitrary: parts.map((all) => ({ all })) },
        { weight: 1, arbitrary: parts.map((any) => ({ any })) },
        { weight: 1, arbitrary: parts.chain((of) => fc.record({ atLeast: fc.integer({ min: 1, max: of.length }), of: fc.constant(of) })) },
      ),
    }
  }).tree
const definition = (leaf: fc.Arbitrary<unknown>) =>
  fc
    .array(groups(leaf), { minLength: 2, maxLength: 3 })
    .map((all): SegmentDefinition => segmentDefinitionSchema.parse(JSON.parse(JSON.stringify({ where: { all } }))))

const segments = new Map<number, SegmentDefinition>([[91, segmentDefinitionSchema.parse({ where: { property: 'country', is: 'Ireland' } })]])
const question: Question = { now, timezone: 'UTC', weekStart: 'monday', roles, watermark: 100, segments, traits: randomTraits }
const context: CompileContext = {
  projectId: 1,
  now,
  timezone: 'UTC',
  weekStart: 'monday',
  currency: 'EUR',
  roles,
  hasOverrides: false,
  segments: new Map<number, SegmentInfo>([
    [90, { name: 'A list', kind: 'frozen' }],
    ...[...segments].map(([id, each]) => [id, { name: 'Irish', kind: 'rule', definition: each }] as const),
  ]),
}

/** What a warning says that nobody meets: the group that the row stands in, or the condition that the path leads to. */
function hopeless({ where }: SegmentDefinition, { path, reason }: { path: string; reason: string }): Condition[] {
  if (!reason.startsWith('nobody can meet this')) return []
  let [found, group, at] = [where, where, 'where']
  for (;;) {
    const next = partsOf(found).find(({ step }) => path === `${at}.${step}` || path.startsWith(`${at}.${step}.`))
    if (next === undefined) return [reason.includes('together with') ? group : found]
    group = found
    found = next.part
    at = `${at}.${next.step}`
  }
}

function expectNobody(given: SegmentDefinition, world: History): number {
  const told = planDefinition(given, context).warnings.flatMap((warning) => hopeless(given, warning).map((where) => ({ warning, where })))
  const found = told.map(({ warning, where }) => ({ warning, members: naiveMembers({ ...given, where }, world, question) }))
  expect({ given, found }).toEqual({ given, found: found.map(({ warning }) => ({ warning, members: [] })) })
  return found.length
}

const runs = 20 * Number(process.env.KINDRED_RUNS ?? 5)

test('no value at all meets what is warned of as impossible', () => {
  let told = 0
  fc.assert(
    fc.property(fc.array(value, { minLength: 30, maxLength: 30 }), fc.array(definition(property), { minLength: 10, maxLength: 10 }), (values, definitions) => {
      const people = values.map((each, index) => ({ id: index + 1, properties: { value: each } as Properties, deleted: false }))
      for (const each of definitions) told += expectNobody(each, { people, events: [], merges: new Map(), lists: new Map() })
    }),
    { numRuns: runs },
  )
  expect(told).toBeGreaterThan(runs)
})

test('nobody, whatever they did, meets what is warned of as impossible', () => {
  let told = 0
  fc.assert(
    fc.property(history, fc.array(definition(counted), { minLength: 20, maxLength: 20 }), (world, definitions) => {
      for (const each of definitions) told += expectNobody(each, world)
    }),
    { numRuns: runs / 10 },
  )
  expect(told).toBeGreaterThan(runs / 10)
})
