import { KindredError } from '@kindred/model'

/** What `reckon` answers. Errors: `segment/invalid` at `path` for a moment that the calendar does not have. */
export function inCalendar<Reckoned>(path: string, reckon: () => Reckoned): Reckoned {
  try {
    return reckon()
  } catch (error) {
    if (error instanceof RangeError) throw new KindredError('segment/invalid', { path, reason: error.message })
    throw error
  }
}
