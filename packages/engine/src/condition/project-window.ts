import { KindredError, type Within } from '@kindred/model'
import { type TimeWindow, timeWindow } from '../time.ts'
import type { Planning } from './reading.ts'

type Place = Pick<Planning, 'context' | 'path'>

/** The window that stands at `step` of a condition, in the project's zone. Errors: `segment/invalid`; `segment/unsupported` for days of each person's zone. */
export function projectWindow(within: Within | undefined, { context, path }: Place, step = 'within'): TimeWindow {
  if (within !== undefined && 'zone' in within) refusePersonZone(within.zone, `${path}.${step}.zone`)
  return inCalendar(`${path}.${step}`, () => timeWindow(within, context))
}

/** What `reckon` answers. Errors: `segment/invalid` at `path` for a moment that the calendar does not have. */
export function inCalendar<Reckoned>(path: string, reckon: () => Reckoned): Reckoned {
  try {
    return reckon()
  } catch (error) {
    if (error instanceof RangeError) throw new KindredError('segment/invalid', { path, reason: error.message })
    throw error
  }
}

/** Errors: `segment/unsupported` where days are to be counted in each person's own zone. */
export function refusePersonZone(zone: 'project' | 'person' | undefined, path: string): void {
  if (zone === 'person') throw new KindredError('segment/unsupported', { path, what: 'zone: person' })
}
