import type { PeoplePage, Point, Segment } from '@kindred/model'
import { api } from '../../api/client.ts'
import { downloadPost } from '../../api/download.ts'
import { projectPath, useProjectId } from '../../api/project.ts'
import { PeopleDrawer } from '../../people/people-drawer.tsx'
import type { ShownAnswer } from '../answer/shown-answer.ts'

export interface OpenedPoint {
  point: Point
  /** What the number is of. */
  title: string
  /** The answer it was read from: its people are counted as of the same moment, so that both agree. */
  shown: ShownAnswer
}

/** The people behind a number of an answer. */
export function PointPeople({ opened, onClose }: { opened: OpenedPoint | null; onClose: () => void }) {
  const project = useProjectId()
  if (opened === null) return null
  const { point, title, shown } = opened
  const asked = { query: shown.query, point, watermark: shown.answer.watermark, at: shown.answer.at }
  const path = (rest: string) => projectPath(project, `insights/${rest}`)
  return (
    <PeopleDrawer
      opened
      onClose={onClose}
      title={title}
      queryKey={[project, asked]}
      load={(page, signal) => api.post<PeoplePage>(path('people'), { ...asked, ...page }, { signal })}
      saveSegment={(choice) => api.post<Segment>(path('segment'), { ...asked, ...choice })}
      exportPeople={(format) => downloadPost(path('people/export'), { ...asked, format }, `people.${format}`)}
    />
  )
}
