import type { SavedInsight } from '@kindred/model'
import { SimpleGrid, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useProject, useProjectList, useStatus } from '../../api/project.ts'
import { IconPlus } from '../../app/icons.tsx'
import { ButtonLink, PlainLink } from '../../app/links.tsx'
import { Loaded } from '../../app/loaded.tsx'
import { Page } from '../../app/page.tsx'
import { useEvents, useProperties } from '../../data/known-names.ts'
import { NothingYet } from '../explorer/insight-page.tsx'
import { defaultQuestion } from '../question/default-question.ts'
import { writeSearch } from '../question/search.ts'
import { ChartSkeleton } from '../results/chart-skeleton.tsx'
import { Glance } from './glance.tsx'
import classes from './list.module.css'
import { SavedTable } from './saved-table.tsx'
import { startingQuestions } from './starting-questions.ts'

/** What the data says at a glance, questions to start from, and the saved ones. */
export function InsightsPage() {
  const saved = useProjectList<SavedInsight>('insights')
  const events = useEvents()
  const status = useStatus()
  const project = useProject()
  if (events.data?.length === 0 && saved.data?.length === 0) return <NothingYet />
  const opensOn = events.data && status.data && defaultQuestion(events.data, status.data, { at: Date.now(), zone: project.data?.timezone })
  return (
    <Page
      title="Insights"
      says="Who does what, how often, and what it is worth."
      actions={
        <ButtonLink to="/insights/new" leftSection={<IconPlus size={16} aria-hidden />}>
          New insight
        </ButtonLink>
      }
    >
      <Stack gap="xl">
        {opensOn ? <Glance opensOn={opensOn} /> : opensOn === undefined && <ChartSkeleton />}
        <StartingQuestions />
        <Loaded query={saved}>{(insights) => <SavedTable insights={insights} />}</Loaded>
      </Stack>
    </Page>
  )
}

function StartingQuestions() {
  const { data: events } = useEvents()
  const { data: properties } = useProperties()
  const { data: project } = useProject()
  const { data: status } = useStatus()
  if (!events || !properties || !project || !status) return <Skeleton height={160} />
  const questions = startingQuestions({ events, properties, project, status, now: Date.now() })
  if (questions.length === 0) return null
  return (
    <section aria-label="Questions to start from">
      <Title order={2} mb="xs">
        Questions to start from
      </Title>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="sm">
        {questions.map(({ name, says, query }) => (
          <PlainLink key={name} to="/insights/new" search={{ ...writeSearch(query) }} className={classes.card}>
            <Text fw={600}>{name}</Text>
            <Text c="dimmed">{says}</Text>
          </PlainLink>
        ))}
      </SimpleGrid>
    </section>
  )
}
