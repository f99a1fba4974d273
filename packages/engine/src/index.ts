/**
 * One definition → plan → ClickHouse SQL or a sentence. Insights compile here too and share the same expressions.
 * Pure: no connection, no clock of its own.
 */
export * from './columns.ts'
export * from './condition/did.ts'
export * from './condition/plan.ts'
export * from './context.ts'
export * from './event-match.ts'
export * from './insight/index.ts'
export * from './measure.ts'
export * from './operator/operator.ts'
export * from './people.ts'
export * from './property.ts'
export * from './segment/diff.ts'
export * from './segment/members.ts'
export * from './segment/plan-definition.ts'
export * from './segment/preview.ts'
export * from './segment/reasons.ts'
export * from './segment/sentence.ts'
export * from './session/person-sessions.ts'
export * from './sql.ts'
export * from './subject.ts'
export * from './time.ts'
