import { queryErrors } from '../store/clickhouse/query-error.ts'

/** What a definition may be refused for, and what the question it makes may end in. */
export const definitionErrors = ['segment/invalid', 'segment/not-found', 'segment/cycle', 'segment/too-large', 'segment/too-deep', ...queryErrors] as const
