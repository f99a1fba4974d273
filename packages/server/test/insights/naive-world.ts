import type { Properties } from '@kindred/model'

/** What the plain reading reads: events of people as they are today. */
export interface NaiveWorld {
  events: { event: string; person: number; timestamp: number; session: string; properties: Properties }[]
  persons: Map<number, Properties>
  lists: Map<number, Set<number>>
}
