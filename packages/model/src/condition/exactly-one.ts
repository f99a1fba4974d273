import type { z } from 'zod'

/** The shape with every key optional. */
export const optional = <Shape extends Record<string, z.ZodType>>(shape: Shape) =>
  Object.fromEntries(Object.entries(shape).map(([key, value]) => [key, value.optional()])) as { [Key in keyof Shape]: z.ZodOptional<Shape[Key]> }

/** Refuses an object that has none, or several, of the names. */
export function exactlyOneOf<Schema extends z.ZodType<object>>(schema: Schema, names: readonly string[], what: string): Schema {
  return schema.refine((value) => names.filter((name) => name in value).length === 1, { error: `give exactly one ${what}: ${names.join(', ')}` }) as Schema
}
/** Refuses an object that has several of the names. */
export function atMostOneOf<Schema extends z.ZodType<object>>(schema: Schema, names: readonly string[]): Schema {
  return schema.refine((value) => names.filter((name) => name in value).length <= 1, { error: `give one of ${names.join(', ')}, not several` }) as Schema
}
