import type { InsightAnswer, PeoplePage, Segment, TrendsInput } from '@kindred/model'
import { api } from '../api/client.ts'
import { downloadPost } from '../api/download.ts'
import { projectPath, useProjectId } from '../api/project.ts'
import type { OpenedPoint } from './opened-point.ts'
import { PeopleDrawer } from './people-drawer.tsx'

export interface PeopleBehindProps {
  query: TrendsInput
  /** The answer, so that the list holds exactly the people that were counted: those known then, in the days of then. */
  asOf?: Pick<InsightAnswer, 'watermark' | 'at'>
  opened: OpenedPoint | null
  onClose: () => void
}

/** The people behind one number of an insight, counted by the same query; can be saved as a segment and exported. */
export function PeopleBehind({ query, asOf, opened, onClose }: PeopleBehindProps) {
  const project = useProjectId()
  const question = { query, point: opened?.point, watermark: asOf?.watermark, at: asOf?.at }
  const path = (rest: string) => projectPath(project, `insights/${rest}`)
  return (
    <PeopleDrawer
      opened={opened !== null}
      onClose={onClose}
      title={opened?.title ?? ''}
      queryKey={[project, question]}
      load={(page, signal) => api.post<PeoplePage>(path('people'), { ...question, ...page }, { signal })}
      saveSegment={(choice) => api.post<Segment>(path('segment'), { ...question, ...choice })}
      exportPeople={(format) => downloadPost(path('people/export'), { ...question, format }, `people.${format}`)}
    />
  )
}
