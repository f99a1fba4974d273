/**
 * One definition → plan → ClickHouse SQL or a sentence. Insights compile here too and share the same expressions.
 * Pure: no connection, no clock of its own.
 */
export * from './columns.ts'
export * from './context.ts'
export * from './event-match.ts'
export * from './measure.ts'
export * from './operator/operator.ts'
export * from './people.ts'
export * from './property.ts'
export * from './sql.ts'
