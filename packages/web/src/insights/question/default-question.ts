import { type EventDefinition, type Status, type TrendsQuery, trendsQuerySchema } from '@kindred/model'
import { recentRange } from '../../home/recent-range.ts'

/** Events that programs send for their own book-keeping: they tell nothing about what people want. */
const visits = new Set(['$pageview', '$screen'])

const isMeaningful = (event: Pick<EventDefinition, 'name'>): boolean => !event.name.startsWith('$') || visits.has(event.name)

/** The most used meaningful event; where there is none, the most used at all. */
export function mostUsed(events: readonly EventDefinition[]): EventDefinition | null {
  const byCount = [...events].sort((a, b) => b.count - a.count)
  return byCount.find(isMeaningful) ?? byCount[0] ?? null
}

/**
 * What the page opens on: the most used event by day over the last 30 days, or over the last 30 days that hold data where
 * the data ended long ago (an import of old orders). null while the project has no events.
 */
export function defaultQuestion(
  events: readonly EventDefinition[],
  { lastEventAt }: Pick<Status, 'lastEventAt'>,
  now: { at: number; zone?: string },
): TrendsQuery | null {
  const event = mostUsed(events)
  if (event === null) return null
  return trendsQuerySchema.parse({ series: [{ event: event.name, measure: 'total' }], range: recentRange(lastEventAt, now.zone, now.at).range })
}
