import { type EventChoice, type Measure, propertyMeasures, type TrendsQuery } from '@kindred/model'
import { eventRoleWords } from '../../data/role-words.ts'
import { sessionFactWords } from '../../data/session-facts.ts'
import { rangeWords } from './ranges.ts'

export const measureWords: Record<Measure, string> = {
  total: 'Times it happened',
  people: 'Different people',
  sum: 'Sum of',
  average: 'Average of',
  median: 'Median of',
  p75: '75th percentile of',
  p90: '90th percentile of',
  p95: '95th percentile of',
  p99: '99th percentile of',
  min: 'Smallest',
  max: 'Largest',
  weeklyActive: 'People active in 7 days',
  monthlyActive: 'People active in 30 days',
  sessions: 'Different sessions',
  averagePerPerson: 'Times per person, average',
  minPerPerson: 'Times per person, fewest',
  maxPerPerson: 'Times per person, most',
  medianPerPerson: 'Times per person, median',
  p90PerPerson: 'Times per person, 90th percentile',
  p99PerPerson: 'Times per person, 99th percentile',
}

export const needsProperty = (measure: Measure): boolean => (propertyMeasures as readonly Measure[]).includes(measure)

/** Readable names of what the project calls its events and properties. */
export interface Labels {
  event: (name: string) => string
  property: (of: 'event' | 'person', name: string) => string
  segment: (id: number) => string
  date: (day: string) => string
}

function eventWords(choice: EventChoice, labels: Pick<Labels, 'event'>): string {
  if (typeof choice === 'string') return labels.event(choice)
  if ('role' in choice) return eventRoleWords[choice.role].label
  return 'anyOf' in choice ? choice.anyOf.map(labels.event).join(' or ') : 'Any event'
}

export function seriesWords(series: Pick<TrendsQuery['series'][number], 'event' | 'measure' | 'property' | 'name'>, labels: Labels): string {
  if (series.name) return series.name
  const event = eventWords(series.event, labels)
  if (series.measure === 'total') return event
  if (series.measure === 'people') return `People: ${lower(event)}`
  if (series.property === undefined) return `${event}: ${lower(measureWords[series.measure])}`
  return `${event}: ${lower(measureWords[series.measure])} ${labels.property('event', series.property)}`
}

/** A name for the question, offered when it is saved: `Order by Country, 30 days and today`. */
export function questionWords(query: TrendsQuery, labels: Labels): string {
  const what =
    query.formulas.length > 0
      ? query.formulas.map((formula) => lettersInWords(formula, query, labels)).join(', ')
      : query.series.map((each) => seriesWords(each, labels)).join(', ')
  const by = query.breakdown === undefined ? '' : ` by ${breakdownWords(query.breakdown, labels)}`
  return `${what}${by}, ${lower(rangeWords(query.range, labels.date))}`
}

function breakdownWords(breakdown: NonNullable<TrendsQuery['breakdown']>, labels: Labels): string {
  if ('segments' in breakdown) return breakdown.segments.map((id) => (id === 0 ? 'everyone' : labels.segment(id))).join(', ')
  if (breakdown.of === 'session') return sessionFactWords[breakdown.property].words
  return labels.property(breakdown.of, breakdown.property)
}

/** `B / A` as `Order / Product viewed`. */
export function lettersInWords(formula: string, query: Pick<TrendsQuery, 'series'>, labels: Labels): string {
  return formula.replace(/\b[A-Za-z]\b/g, (letter) => {
    const series = query.series[letter.toUpperCase().charCodeAt(0) - 65]
    return series === undefined ? letter : seriesWords(series, labels)
  })
}

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)
