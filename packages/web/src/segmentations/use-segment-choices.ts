import type { Segment } from '@kindred/model'
import { useProjectList } from '../api/project.ts'
import { choicesOfPeople } from './choices-of-people.ts'

/** The project's segments of people, to choose from. */
export function useSegmentChoices(): { value: string; label: string }[] {
  const { data } = useProjectList<Segment>('segments')
  return choicesOfPeople(data ?? [])
}
