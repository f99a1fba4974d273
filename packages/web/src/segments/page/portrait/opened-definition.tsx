import type { PeoplePage, Segment, SegmentDefinition } from '@kindred/model'
import { lazy, Suspense, useState } from 'react'
import { api } from '../../../api/client.ts'
import { projectPath, useProjectId } from '../../../api/project.ts'
import { ReachWords } from '../../reach-words.tsx'
import { useReach } from '../../use-reach.ts'

const PeopleDrawer = lazy(async () => ({ default: (await import('../../../people/people-drawer.tsx')).PeopleDrawer }))

/** A number of the portrait as it was opened: in words, and whom it counts. */
export interface OpenedNumber {
  title: string
  definition: SegmentDefinition
}

interface OpenedDefinitionProps {
  opened: OpenedNumber | null
  onClose: () => void
}

/** The people behind a number of the portrait; they can be saved as a segment. Their list is loaded when the first number is opened. */
export function OpenedDefinition({ opened, onClose }: OpenedDefinitionProps) {
  const project = useProjectId()
  const reach = useReach(opened === null ? undefined : { definition: opened.definition, watermark: undefined })
  // The last one stays in view while the drawer closes.
  const [shown, setShown] = useState(opened)
  if (opened !== null && opened !== shown) setShown(opened)
  if (shown === null) return null
  const { title, definition } = shown
  const path = (rest: string) => projectPath(project, rest)
  return (
    <Suspense fallback={null}>
      <PeopleDrawer
        opened={opened !== null}
        onClose={onClose}
        title={title}
        queryKey={[project, 'definition', definition]}
        reach={reach !== undefined && <ReachWords reach={reach} display="block" />}
        load={(page, signal) => api.post<PeoplePage>(path('segments/people'), { definition, ...page }, { signal })}
        saveSegment={({ name, mode }) => api.post<Segment>(path(mode === 'freeze' ? 'segments/freeze' : 'segments'), { name, definition })}
      />
    </Suspense>
  )
}
