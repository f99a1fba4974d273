import type { Segment } from '@kindred/model'
import { useProjectList } from '../api/project.ts'

/** The project's segments of people, to choose from. */
export function useSegmentChoices(): { value: string; label: string }[] {
  const { data } = useProjectList<Segment>('segments')
  return (data ?? [])
    .filter(({ definition }) => definition === null || definition.unit === 'person')
    .map(({ id, name }) => ({ value: String(id), label: name }))
}
