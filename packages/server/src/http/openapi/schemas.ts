import {
  conditionKindSchemas,
  conditionSchema,
  eventChoiceSchema,
  filterSchema,
  importMappingSchema,
  insightQuerySchema,
  ownSessionFilterSchema,
  propertyConditionSchema,
  segmentDefinitionSchema,
  serverEventSchema,
  traitConditionSchema,
  unreadServerEvent,
} from '@kindred/model'
import { z } from 'zod'
import type { JsonSchema } from './shapes.ts'

type Side = 'input' | 'output'

/**
 * Schemas that have a name of their own in the document. `shape` is what a reader should see where the schema itself reads by kind
 * first and so cannot tell its shape.
 */
const named = new Map<z.core.$ZodType, { name: string; shape: z.ZodType }>([
  [conditionSchema, { name: 'Condition', shape: z.union(Object.values(conditionKindSchemas)) }],
  [propertyConditionSchema, { name: 'PropertyCondition', shape: propertyConditionSchema }],
  [traitConditionSchema, { name: 'TraitCondition', shape: traitConditionSchema }],
  [ownSessionFilterSchema, { name: 'SessionFilter', shape: ownSessionFilterSchema }],
  [filterSchema, { name: 'Filter', shape: filterShape() }],
  [eventChoiceSchema, { name: 'EventChoice', shape: eventChoiceSchema }],
  [insightQuerySchema, { name: 'InsightQuery', shape: insightQuerySchema }],
  [segmentDefinitionSchema, { name: 'SegmentDefinition', shape: segmentDefinitionSchema }],
  [unreadServerEvent, { name: 'ServerEvent', shape: serverEventSchema }],
  [importMappingSchema, { name: 'ImportMapping', shape: importMappingSchema }],
])

function filterShape(): z.ZodType {
  const ofProperty = z.intersection(z.object({ of: z.enum(['event', 'person']) }), propertyConditionSchema)
  const ofTrait = z.intersection(z.object({ of: z.literal('trait') }), traitConditionSchema)
  const ofSession = z.intersection(z.object({ of: z.literal('session') }), ownSessionFilterSchema)
  return z.union([ofProperty, ofTrait, ofSession, z.strictObject({ in: z.number().int() }), z.strictObject({ notIn: z.number().int() })])
}

/** Turns the schemas that the code checks with into those of the document, and gathers the named ones as its components. */
export class DocumentSchemas {
  readonly components: Record<string, JsonSchema> = {}

  /** What a caller may send. */
  request(schema: z.ZodType): JsonSchema {
    return this.#convert(schema, 'input')
  }

  /** What a caller gets. It may get more keys one day, so it is not closed. */
  reply(schema: z.ZodType): JsonSchema {
    return this.#convert(schema, 'output')
  }

  #convert(schema: z.ZodType, io: Side): JsonSchema {
    const own = named.get(schema)
    return own === undefined ? this.#written(schema, io) : this.#referred(own, io)
  }

  #written(schema: z.ZodType, io: Side): JsonSchema {
    const {
      $schema: _,
      $defs,
      ...written
    } = z.toJSONSchema(schema, {
      io,
      unrepresentable: 'any',
      override: ({ zodSchema, jsonSchema }) => {
        const inner = zodSchema._zod.def.type === 'pipe' ? (zodSchema._zod.def as z.core.$ZodPipeDef).out : zodSchema
        const own = zodSchema === (schema as z.core.$ZodType) ? undefined : (named.get(zodSchema) ?? named.get(inner))
        if (own !== undefined) replaceBy(jsonSchema, this.#referred(own, io))
        tidy(jsonSchema, io)
      },
    }) as JsonSchema
    for (const [name, definition] of Object.entries(($defs ?? {}) as Record<string, JsonSchema>)) {
      this.components[componentName(name)] ??= withoutId(pointToComponents(definition))
    }
    return withoutId(pointToComponents(written))
  }

  #referred({ name, shape }: { name: string; shape: z.ZodType }, io: Side): JsonSchema {
    // A reply has every default filled in, so its shape is another one.
    const written = io === 'output' && defaultsMatter.has(name) ? `${name}Read` : name
    if (!(written in this.components)) {
      this.components[written] = {}
      this.components[written] = this.#written(shape, io)
    }
    return { $ref: `#/components/schemas/${written}` }
  }
}

const defaultsMatter = new Set(['InsightQuery', 'SegmentDefinition', 'ImportMapping'])

function replaceBy(target: JsonSchema, source: JsonSchema): void {
  for (const key of Object.keys(target)) delete target[key]
  Object.assign(target, source)
}

/** Leaves out what says nothing: the bounds of a safe integer, and in replies that nothing else may come. */
function tidy(schema: JsonSchema, io: Side): void {
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum
  if (io === 'output' && schema.additionalProperties === false) delete schema.additionalProperties
}

function pointToComponents(schema: JsonSchema): JsonSchema {
  const text = JSON.stringify(schema).replace(/"#\/\$defs\/([^"]+)"/g, (_whole, name: string) => `"#/components/schemas/${componentName(name)}"`)
  return JSON.parse(text) as JsonSchema
}

/** Of all that holds itself only `z.json()` has no name of its own; a second such schema needs a `meta({ id })`. */
const componentName = (name: string) => (name.startsWith('__schema') ? 'JsonValue' : name)

function withoutId({ id: _, ...schema }: JsonSchema): JsonSchema {
  return schema
}
