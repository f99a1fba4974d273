import { KindredError } from '@kindred/model'

/** What any question to the store may end in. */
export const queryErrors = ['query/timeout', 'query/memory', 'query/too-complex'] as const

/** ClickHouse's own numbers for the ends of a question that are not a fault of ours. */
const timeoutExceeded = 159
const tooSlow = 160
const memoryLimitExceeded = 241
const queryWasCancelled = 394
const valueThrown = 395

/** Statements beyond what the engine reads: too long, too deep, or too large once names are written out. */
const tooComplex: ReadonlySet<number | undefined> = new Set([167, 168, 306, 718])
/** Said of such statements too, and of faults; only its words tell. */
const [syntaxError, badArguments] = [62, 36]

/** An engine error as callers see it; anything unforeseen is passed on as it is. */
export function queryError(error: unknown, seconds: number): unknown {
  const code = clickhouseCode(error)
  if (code === timeoutExceeded || code === tooSlow) return new KindredError('query/timeout', { seconds }, { cause: error })
  if (code === memoryLimitExceeded) return new KindredError('query/memory', {}, { cause: error })
  // The one thing that a statement of ours throws: what it was to read of what is kept was taken away since it was compiled.
  if (code === valueThrown) return new KindredError('query/outdated', {}, { cause: error })
  if (tooComplex.has(code) || isTooComplex(code, String(error))) return new KindredError('query/too-complex', {}, { cause: error })
  if (code === queryWasCancelled) return new KindredError('query/cancelled', {}, { cause: error })
  return error
}

function isTooComplex(code: number | undefined, message: string): boolean {
  return (code === syntaxError && message.includes('Max query size exceeded')) || (code === badArguments && message.includes('Query tree is too big'))
}

function clickhouseCode(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined
  if ('clickhouseCode' in error && typeof error.clickhouseCode === 'number') return error.clickhouseCode
  const found = /Code: (\d+)\./.exec(error.message)
  return found?.[1] === undefined ? undefined : Number(found[1])
}
