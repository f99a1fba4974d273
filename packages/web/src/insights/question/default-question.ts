import { type EventDefinition, type Status, type TrendsQuery, trendsQuerySchema } from '@kindred/model'

/** Events that programs send for their own book-keeping: they tell nothing about what people want. */
const visits = new Set(['$pageview', '$screen'])

export const isMeaningful = (event: Pick<EventDefinition, 'name'>): boolean => !event.name.startsWith('$') || visits.has(event.name)

/** The most used meaningful event; where there is none, the most used at all. */
export function mostUsed(events: readonly EventDefinition[]): EventDefinition | null {
  const byCount = [...events].sort((a, b) => b.count - a.count)
  return byCount.find(isMeaningful) ?? byCount[0] ?? null
}

const day = 86_400_000

/**
 * What the page opens on: the most used event by day over the last 30 days, or over the last 30 days that hold data where
 * the data ended long ago (an import of old orders). null while the project has no events.
 */
export function defaultQuestion(events: readonly EventDefinition[], status: Pick<Status, 'lastEventAt'>, now: number): TrendsQuery | null {
  const event = mostUsed(events)
  if (event === null) return null
  return trendsQuerySchema.parse({ series: [{ event: event.name, measure: 'total' }], range: recentRange(status, now) })
}

/** The last 30 days, or the last 30 days with data. Dates are written in UTC: a day more at either end does no harm. */
export function recentRange({ lastEventAt }: Pick<Status, 'lastEventAt'>, now: number): TrendsQuery['range'] {
  if (lastEventAt === null || now - lastEventAt < 30 * day) return { from: '-30d' }
  return { from: isoDay(lastEventAt - 30 * day), to: isoDay(lastEventAt) }
}

const isoDay = (at: number): string => new Date(at).toISOString().slice(0, 10)
