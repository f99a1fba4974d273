import { type Case, NotSupported } from './case.ts'
import type { Failure } from './run-case.ts'

/** Areas of questions that Kindred does not have yet. */
const notBuilt: ReadonlySet<string> = new Set(['funnels', 'lifecycle', 'retention', 'stickiness'])

/** What an error of a case comes to: left out where its area is not built, else a failure, so that what is built cannot begin to refuse unseen. */
export function outcomeOfError(error: unknown, { area }: Pick<Case, 'area'>): Failure | NotSupported {
  if (error instanceof NotSupported && notBuilt.has(area)) return error
  const said = error instanceof Error ? error.message : String(error)
  return { problem: error instanceof NotSupported ? `refused as not supported: ${said}` : said, expected: 'an answer', got: 'an error' }
}
