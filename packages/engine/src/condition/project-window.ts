import { KindredError, type Within } from '@kindred/model'
import { type TimeWindow, timeWindow } from '../time.ts'
import type { Planning } from './reading.ts'

/** The window that `within` beside a condition means, in the project's zone. Errors: `segment/invalid`, `segment/unsupported` for days of each person's zone. */
export function projectWindow(within: Within | undefined, { context, path }: Pick<Planning, 'context' | 'path'>): TimeWindow {
  if (within !== undefined && 'zone' in within && within.zone === 'person') {
    throw new KindredError('segment/unsupported', { path: `${path}.within.zone`, what: 'zone: person' })
  }
  try {
    return timeWindow(within, context)
  } catch (error) {
    if (error instanceof RangeError) throw new KindredError('segment/invalid', { path: `${path}.within`, reason: error.message })
    throw error
  }
}
