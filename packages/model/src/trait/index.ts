/** Computed traits: named values of people and accounts. */
export * from './api.ts'
export * from './built-in.ts'
export * from './definition.ts'
export * from './parts.ts'
