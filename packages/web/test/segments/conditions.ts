import { type Condition, conditionKindSchemas, conditionSchema, measureNames, operatorNames, placeNamesAsked } from '@kindred/model'
import fc from 'fast-check'
import type { z } from 'zod'

/**
 * Conditions of every kind, made from the schemas of the model themselves: a new key of the language is tried without a word here. Of keys that exclude
 * each other one is taken; what the schema's own checks refuse is thrown away.
 */

const ranks = ['top', 'bottom', 'topPercent', 'bottomPercent', 'decile', 'quintile']
const exclusive: readonly (readonly string[])[] = [
  [...new Set<string>([...operatorNames, 'sameAs', 'rank'])],
  [...measureNames],
  [...placeNamesAsked],
  ranks,
  ['wholeDays', 'wholeMonths', 'full'],
  ['km', 'miles'],
]

interface Def {
  type: string
  shape?: Record<string, z.ZodType>
  innerType?: z.ZodType
  options?: z.ZodType[]
  entries?: Record<string, string>
  values?: (string | number | boolean)[]
  element?: z.ZodType
  items?: z.ZodType[]
}
interface Check {
  check: string
  value?: number
  minimum?: number
  pattern?: RegExp
  format?: string
}
interface Limits {
  min: number
  max: number
  whole: boolean
  length: number
  pattern?: RegExp
}

const defOf = (schema: z.ZodType): Def & { checks?: { _zod: { def: Check } }[] } => schema._zod.def as unknown as Def

function limitsOf(schema: z.ZodType): Limits {
  const limits: Limits = { min: -1000, max: 1000, whole: false, length: 0 }
  for (const { check, value = 0, minimum = 0, pattern } of (defOf(schema).checks ?? []).map((each) => each._zod.def)) {
    if (check === 'greater_than') limits.min = Math.max(limits.min, value)
    if (check === 'less_than') limits.max = Math.min(limits.max, value)
    if (check === 'number_format') limits.whole = true
    if (check === 'min_length') limits.length = minimum
    if (pattern !== undefined) limits.pattern = pattern
  }
  return limits
}

/** Values that a schema takes; its own checks are asked at the end, by `parsed`. */
function valuesOf(schema: z.ZodType): fc.Arbitrary<unknown> {
  const def = defOf(schema)
  switch (def.type) {
    case 'object':
      return objects(def.shape ?? {}).filter((value) => schema.safeParse(value).success)
    case 'optional':
    case 'default':
      return valuesOf(def.innerType as z.ZodType)
    case 'union':
      return fc.oneof(...(def.options ?? []).map(valuesOf))
    case 'enum':
      return fc.constantFrom(...Object.values(def.entries ?? {}))
    case 'literal':
      return fc.constantFrom(...(def.values ?? []))
    case 'string':
      return texts(limitsOf(schema))
    case 'number':
      return numbers(limitsOf(schema))
    case 'boolean':
      return fc.boolean()
    case 'array':
      return fc.array(valuesOf(def.element as z.ZodType), { minLength: limitsOf(schema).length, maxLength: Math.max(limitsOf(schema).length, 3) })
    case 'tuple':
      return fc.tuple(...(def.items ?? []).map(valuesOf))
    default:
      throw new Error(`no values are made for a schema of the type ${def.type} yet`)
  }
}

const texts = ({ length, pattern }: Limits): fc.Arbitrary<string> =>
  pattern === undefined ? fc.oneof(fc.constantFrom('shoes', 'IE', 'a b'), fc.string({ minLength: length, maxLength: 8 })) : fc.stringMatching(pattern)

const numbers = ({ min, max, whole }: Limits): fc.Arbitrary<number> => {
  const integers = fc.integer({ min: Math.ceil(min), max: Math.floor(max) })
  return whole
    ? integers
    : fc.oneof(
        integers,
        fc.double({ min, max, noNaN: true }).map((value) => (Object.is(value, -0) ? 0 : value)),
      )
}

function objects(shape: Record<string, z.ZodType>): fc.Arbitrary<Record<string, unknown>> {
  const keys = Object.keys(shape)
  const optional = keys.filter((key) => defOf(shape[key] as z.ZodType).type === 'optional')
  const groups = exclusive.map((group) => group.filter((key) => optional.includes(key))).filter((group) => group.length > 1)
  const free = optional.filter((key) => !groups.some((group) => group.includes(key)))
  const required = keys.filter((key) => !optional.includes(key))
  const taken = fc.tuple(fc.tuple(...groups.map((group) => fc.option(fc.constantFrom(...group), { freq: 6, nil: null }))), fc.subarray(free))
  return taken.chain(([chosen, others]) => {
    const named = [...required, ...chosen.filter((key) => key !== null), ...others]
    return fc.record(Object.fromEntries(named.map((key) => [key, valuesOf(shape[key] as z.ZodType)])))
  })
}

const groups = ['all', 'any', 'not', 'of', 'people', 'account'] as const
type LeafKind = Exclude<keyof typeof conditionKindSchemas, (typeof groups)[number]>
export const leafKinds = Object.keys(conditionKindSchemas).filter((kind) => !(groups as readonly string[]).includes(kind)) as LeafKind[]

/** Conditions of one kind that holds no others, as the language reads them. */
export const leavesOf = (kind: LeafKind): fc.Arbitrary<Condition> =>
  valuesOf(conditionKindSchemas[kind] as z.ZodType)
    .filter(isCondition)
    .map((value) => conditionSchema.parse(value))

const isCondition = (value: unknown): boolean => conditionSchema.safeParse(value).success
const leaves = fc.oneof(...leafKinds.map(leavesOf))
/** So that a row and its `observed` come up by themselves. */
const pairs: fc.Arbitrary<Condition> = fc.constantFrom(
  { all: [{ not: { did: 'paid', within: { last: '30 days' } } }, { observed: '30 days' }] },
  { all: [{ did: 'paid', count: { atMost: 2 }, within: { ago: ['60 days', '30 days'] } }, { observed: '60 days' }] },
  { all: [{ not: { did: 'paid', within: { last: '30 days' } } }, { observed: '31 days' }] },
)
const counted = fc.constantFrom('any' as const, 'all' as const, 'none' as const, { atLeast: 2 }, { share: { between: [10, 50] as [number, number] } })

/** Whole trees. Nothing is negated twice: that is written as what it means. */
export const { condition: conditions } = fc.letrec<{ condition: Condition }>((tie) => {
  const parts = fc.array(tie('condition'), { minLength: 1, maxLength: 3 })
  return {
    condition: fc.oneof(
      { depthSize: 'small' },
      leaves,
      pairs,
      parts.map((all) => ({ all })),
      parts.map((any) => ({ any })),
      fc.tuple(fc.integer({ min: 1, max: 3 }), parts).map(([atLeast, of]) => ({ atLeast: Math.min(atLeast, of.length), of })),
      tie('condition').map((not) => ('not' in not ? not : { not })),
      fc.tuple(counted, tie('condition')).map(([people, where]) => ({ people, where })),
      fc.tuple(counted, tie('condition')).map(([account, where]) => ({ account, type: 'company', where })),
    ),
  }
})
