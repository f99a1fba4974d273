import type { Segment } from '@kindred/model'
import { useMemo } from 'react'
import { useProjectList } from '../api/project.ts'
import { formatDate } from '../app/format.ts'
import { useChoosableProperties, useEvents } from '../data/known-names.ts'
import type { Labels } from './question/words.ts'

/** Readable names for the events, properties and segments of the project; a name not known is shown as it is. */
export function useLabels(): Labels {
  const { data: events } = useEvents()
  const { data: properties } = useChoosableProperties()
  const { data: segments } = useProjectList<Segment>('segments')
  return useMemo(() => {
    const event = new Map(events?.map((each) => [each.name, each.label]))
    const property = new Map(properties?.map((each) => [`${each.of}:${each.name}`, each.label]))
    const segment = new Map(segments?.map((each) => [each.id, each.name]))
    return {
      event: (name) => event.get(name) ?? name,
      property: (of, name) => property.get(`${of}:${name}`) ?? name,
      segment: (id) => segment.get(id) ?? `segment ${id}`,
      date: (day) => (/^\d{4}-\d{2}-\d{2}/.test(day) ? formatDate(Date.parse(`${day.slice(0, 10)}T00:00:00Z`), 'UTC') : day),
    }
  }, [events, properties, segments])
}
