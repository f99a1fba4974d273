import { KindredError } from '@kindred/model'

/** ClickHouse's own numbers for the ends of a question that are not a fault of ours. */
const timeoutExceeded = 159
const tooSlow = 160
const memoryLimitExceeded = 241
const queryWasCancelled = 394
const valueThrown = 395

/** An engine error as callers see it; anything unforeseen is passed on as it is. */
export function queryError(error: unknown, seconds: number): unknown {
  const code = clickhouseCode(error)
  if (code === timeoutExceeded || code === tooSlow) return new KindredError('query/timeout', { seconds }, { cause: error })
  if (code === memoryLimitExceeded) return new KindredError('query/memory', {}, { cause: error })
  // The one thing that a statement of ours throws: what it was to read of what is kept was taken away since it was compiled.
  if (code === valueThrown) return new KindredError('query/outdated', {}, { cause: error })
  if (code === queryWasCancelled) return new KindredError('query/cancelled', {}, { cause: error })
  return error
}

function clickhouseCode(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined
  if ('clickhouseCode' in error && typeof error.clickhouseCode === 'number') return error.clickhouseCode
  const found = /Code: (\d+)\./.exec(error.message)
  return found?.[1] === undefined ? undefined : Number(found[1])
}
