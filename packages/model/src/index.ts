/**
 * What the product talks about: events, people, conditions, insights, errors and the shapes of the API. No I/O, no SQL.
 */
export * from './api.ts'
export * from './condition.ts'
export * from './errors.ts'
export * from './event.ts'
export * from './hidden.ts'
export * from './insight.ts'
export * from './labels.ts'
export * from './mapping.ts'
export * from './roles.ts'
export * from './value.ts'
export * from './value-date.ts'
export * from './value-match.ts'
export * from './value-pattern.ts'
export * from './value-version.ts'
