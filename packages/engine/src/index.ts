/**
 * One definition → plan → ClickHouse SQL or a sentence. Insights compile here too and share the same expressions.
 * Pure: no connection, no clock of its own.
 */
export * from './columns.ts'
export * from './sql.ts'
