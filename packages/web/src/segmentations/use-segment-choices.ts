import type { Segment, SegmentationSave } from '@kindred/model'
import { useProjectList } from '../api/project.ts'
import { choicesOf, type Held, heldBy } from './held.ts'

/** Whom a segmentation sorts, and the project's segments of them, to choose from. */
export function useSegmentChoices(save: Pick<SegmentationSave, 'scope' | 'groups'>): { held: Held; choices: { value: string; label: string }[] } {
  const { data: segments = [] } = useProjectList<Segment>('segments')
  const held = heldBy(save, segments)
  return { held, choices: choicesOf(held, segments) }
}
