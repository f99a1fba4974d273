import { KindredError, type Within } from '@kindred/model'
import { type TimeWindow, timeWindow } from '../time.ts'
import type { Planning } from './reading.ts'

/** The milliseconds of a window that stands at `step` of a condition. Errors: `segment/invalid`; `segment/unsupported` for windows by the person's own zone. */
export function plannedWindow(within: Within | undefined, { context, path }: Pick<Planning, 'context' | 'path'>, step = 'within'): TimeWindow {
  if (within !== undefined && 'zone' in within && within.zone === 'person')
    throw new KindredError('segment/unsupported', { path: `${path}.${step}.zone`, what: 'zone: person' })
  try {
    return timeWindow(within, context)
  } catch (error) {
    if (error instanceof RangeError) throw new KindredError('segment/invalid', { path: `${path}.${step}`, reason: error.message })
    throw error
  }
}
