import type { TrendsQuery } from '@kindred/model'
import { Group, Paper, Title } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useProject } from '../../api/project.ts'
import { TextLink } from '../../app/links.tsx'
import { Failure } from '../../app/loaded.tsx'
import { showAnswer } from '../answer/shown-answer.ts'
import { useAnswer } from '../answer/use-answer.ts'
import { type OpenedPoint, PointPeople } from '../explorer/point-people.tsx'
import { writeSearch } from '../question/search.ts'
import { questionWords } from '../question/words.ts'
import { ChartSkeleton } from '../results/chart-skeleton.tsx'
import { Result } from '../results/result.tsx'
import { useLabels } from '../use-labels.ts'

/** The most useful question of the project, answered; a click goes on from there. */
export function Glance({ opensOn }: { opensOn: TrendsQuery }) {
  // Kept as it was when the page opened: the latest event moves while events stream in.
  const [query] = useState(opensOn)
  const labels = useLabels()
  const { data: project } = useProject()
  const result = useAnswer(query)
  const [opened, setOpened] = useState<OpenedPoint | null>(null)
  const shown = useMemo(
    () => (result.data === undefined || project === undefined ? null : showAnswer(result.data.answer, { query: result.data.query, labels, project })),
    [result.data, labels, project],
  )
  return (
    <Paper withBorder p="md" component="section" aria-label="At a glance" bg="var(--kindred-surface)">
      <Group justify="space-between" mb="sm">
        <Title order={2}>{questionWords(query, labels)}</Title>
        <TextLink to="/insights/new" search={{ ...writeSearch(query) }}>
          Ask more
        </TextLink>
      </Group>
      {result.error && <Failure error={result.error} retry={result.refetch} />}
      {shown === null ? (
        !result.error && <ChartSkeleton />
      ) : (
        <Result shown={shown} asTable={false} onOpen={(point, title) => setOpened({ point, title, shown })} />
      )}
      <PointPeople opened={opened} onClose={() => setOpened(null)} />
    </Paper>
  )
}
